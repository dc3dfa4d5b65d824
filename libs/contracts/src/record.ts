import type { Message } from '@slipway/event-sourcing';
import { type Static, type TObject, Type } from 'typebox';
import type { Immutable } from './contract.ts';
import { Digest, ExternalRef, Id, Pseudonym, Sealed, Title } from './values.ts';

/** A word that records are found by: `hotfix`, `team:payments`. Published as it is, so it must not name people. */
export const Label = Type.String({ minLength: 1, maxLength: 63 });

const facts = {
  /** What is said is how it is from now on, lists in whole; what is not said stays. */
  DetailsChanged: {
    title: Type.Optional(Title),
    owner: Type.Optional(Pseudonym),
    /** Null: none any more. */
    description: Type.Optional(Type.Union([Sealed, Type.Null()])),
    labels: Type.Optional(Type.Array(Label)),
    externalRefs: Type.Optional(Type.Array(ExternalRef)),
  },
  Commented: { commentId: Id, text: Sealed },
  /** A link to a file that is kept elsewhere; the digest says which bytes were meant. */
  FileLinked: {
    fileId: Id,
    name: Title,
    /** May carry a secret of the place that keeps it. */
    url: Sealed,
    digest: Digest,
    mediaType: Type.Optional(Type.String()),
  },
  FileUnlinked: { fileId: Id, reason: Type.Optional(Sealed) },
};

type Facts = typeof facts;

/** What every record that people talk about can be told, as event types of its own: `ReleaseCommented`. */
export type RecordFacts<Name extends string> = { [Fact in keyof Facts as `${Name}${Fact}`]: Facts[Fact] };

export const recordFacts = <const Name extends string>(name: Name): RecordFacts<Name> =>
  Object.fromEntries(Object.entries(facts).map(([fact, properties]) => [name + fact, properties])) as RecordFacts<Name>;

type DataOf<Fact extends keyof Facts> = Immutable<Static<TObject<Facts[Fact]>>>;

/** One of them, whichever record it is told of. */
export type RecordFact = { [Fact in keyof Facts]: Message<Fact, DataOf<Fact>> }[keyof Facts];

/** What an event of a category tells as one of these facts; undefined: it is one of the category's own. */
export const recordFactIn = (category: string, { type, data }: Message): RecordFact | undefined => {
  const fact = type.slice(category.length);
  const isOne = type.slice(0, category.length) === nameOf(category) && Object.hasOwn(facts, fact);
  return isOne ? ({ type: fact, data } as RecordFact) : undefined;
};

/** The events that a category has for itself. */
export type OwnEvent<Event extends Message> = Exclude<Event, Readonly<{ type: `${string}${keyof Facts}` }>>;

export const isOwn = <Event extends Message>(event: Event): event is OwnEvent<Event> =>
  !Object.keys(facts).some(fact => event.type.endsWith(fact));

/** `Release` of `release`: what the names of its record facts begin with. */
export const nameOf = (category: string): string => category.charAt(0).toUpperCase() + category.slice(1);
