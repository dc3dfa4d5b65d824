import type { Message } from '@slipway/event-sourcing';
import { type Static, type TObject, Type } from 'typebox';
import type { Immutable } from './contract.ts';
import { Id, Instant, Pseudonym, Sealed, Title } from './values.ts';

const facts = {
  Added: {
    taskId: Id,
    title: Title,
    owner: Type.Optional(Pseudonym),
    /** Ascending; equal ones as they were added. */
    order: Type.Optional(Type.Integer()),
    dueAt: Type.Optional(Instant),
  },
  /** What is not said stays. */
  Changed: {
    taskId: Id,
    title: Type.Optional(Title),
    owner: Type.Optional(Pseudonym),
    order: Type.Optional(Type.Integer()),
    dueAt: Type.Optional(Instant),
  },
  Done: { taskId: Id, note: Type.Optional(Sealed) },
  Dropped: { taskId: Id, reason: Sealed },
};

type Facts = typeof facts;

/** What can be told of the tasks of a record, as event types of its own: `IncidentTaskDone`. */
export type TaskFacts<Name extends string> = { [Fact in keyof Facts as `${Name}${Fact}`]: Facts[Fact] };

export const taskFacts = <const Name extends string>(name: Name): TaskFacts<Name> =>
  Object.fromEntries(Object.entries(facts).map(([fact, properties]) => [name + fact, properties])) as TaskFacts<Name>;

type DataOf<Fact extends keyof Facts> = Immutable<Static<TObject<Facts[Fact]>>>;

/** One of them, whichever record's tasks it is told of. */
export type TaskFact = { [Fact in keyof Facts]: Message<Fact, DataOf<Fact>> }[keyof Facts];

/** What an event tells as one of these facts; undefined: it tells of no task of this name. */
export const taskFactIn = (name: string, { type, data }: Message): TaskFact | undefined => {
  const fact = type.slice(name.length);
  return type.startsWith(name) && Object.hasOwn(facts, fact) ? ({ type: fact, data } as TaskFact) : undefined;
};
