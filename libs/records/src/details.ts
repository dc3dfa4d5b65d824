import { canonical, sortedSet } from '@slipway/canonical';
import { type ExternalRef, nameOf, type RecordFact, recordFactIn } from '@slipway/contracts';
import { type Decider, type Message, reject, type Rejection, type Stamp, type Stamped } from '@slipway/event-sourcing';

type DataOf<Type extends RecordFact['type']> = Extract<RecordFact, { type: Type }>['data'];

/** What is not said stays as it is. */
export type ChangeDetails = Message<'ChangeDetails', DataOf<'DetailsChanged'>>;
export type Comment = Message<'Comment', DataOf<'Commented'>>;
export type LinkFile = Message<'LinkFile', DataOf<'FileLinked'>>;
export type UnlinkFile = Message<'UnlinkFile', DataOf<'FileUnlinked'>>;
/** What every record that people talk about understands, beside its own commands. */
export type RecordCommand = ChangeDetails | Comment | LinkFile | UnlinkFile;
/** `${Name}DetailsChanged` and so on: see `recordFacts` of contracts. */
export type RecordEvent = Message<string, RecordFact['data'] & Stamp>;

export type RecordCode = 'no-such-file' | 'too-many-files' | 'duplicate-reference';

export const MOST_FILES = 200;

type Details = Readonly<{
  title?: string;
  owner?: string;
  hasDescription: boolean;
  labels: readonly string[];
  externalRefs: readonly ExternalRef[];
  fileIds: readonly string[];
}>;
/** A decider's own state, and beside it what the record was told. */
export type WithDetails<State> = Readonly<{ own: State; details: Details }>;

const NONE: Details = { hasDescription: false, labels: [], externalRefs: [], fileIds: [] };

/** Of a record that its own commands state anew: what is said as a detail and what is stated are one thing. */
type Restating<State> = Readonly<{
  /** Event types that say title and owner again, as far as they have them. */
  restatedBy: readonly string[];
  /** The decider's own state after a detail was told. */
  told: (own: State, fact: RecordFact) => State;
}>;

/**
 * A decider that also understands `RecordCommand`. A record may be described, commented and linked to files in any of its
 * states, after its end too: nothing that approvals bind is among it.
 */
export const withDetails = <Command extends Message, Event extends Message, State, Code extends string>(
  category: string,
  decider: Decider<Command, Event, State, Code>,
  { restatedBy, told }: Restating<State> = { restatedBy: [], told: own => own },
): Decider<Command | RecordCommand, Event | RecordEvent, WithDetails<State>, Code | RecordCode> => ({
  initialState: { own: decider.initialState, details: NONE },
  decide: (command, { own, details }) => {
    const facts = isRecordCommand(command) ? decide(command, details) : undefined;
    if (!facts) return decider.decide(command as Stamped<Command>, own);
    return 'rejected' in facts ? facts : facts.map(fact => eventOf(category, fact, command.stamp));
  },
  evolve: ({ own, details }, event) => {
    const fact = recordFactIn(category, event);
    if (fact) return { own: told(own, fact), details: evolve(details, fact) };
    const isFirst = details === NONE;
    const after = isFirst || restatedBy.includes(event.type) ? { ...details, ...statedBy(event, isFirst) } : details;
    return { own: decider.evolve(own, event as Event), details: after };
  },
});

export const RECORD_COMMANDS: readonly string[] = ['ChangeDetails', 'Comment', 'LinkFile', 'UnlinkFile'];
const isRecordCommand = (command: Stamped<Message>): command is Stamped<RecordCommand> =>
  RECORD_COMMANDS.includes(command.type);

const eventOf = (category: string, { type, data }: RecordFact, stamp: Stamp): RecordEvent => ({
  type: nameOf(category) + type,
  data: { ...data, ...stamp },
});

// A record's first event says its title, its owner and its description, whatever else it says.
const statedBy = ({ data }: Message, isFirst: boolean): Partial<Details> => {
  const { title, owner, description } = data as Readonly<Record<string, unknown>>;
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof owner === 'string' && { owner }),
    ...(isFirst && { hasDescription: typeof description === 'string' }),
  };
};

const decide = (command: RecordCommand, details: Details): readonly RecordFact[] | Rejection<RecordCode> => {
  switch (command.type) {
    case 'ChangeDetails':
      return changed(command.data, details);
    case 'Comment':
      return [{ type: 'Commented', data: command.data }];
    case 'LinkFile':
      if (details.fileIds.includes(command.data.fileId)) return [];
      if (details.fileIds.length < MOST_FILES) return [{ type: 'FileLinked', data: command.data }];
      return reject('too-many-files', `A record has at most ${MOST_FILES} files; unlink one first.`);
    case 'UnlinkFile':
      if (details.fileIds.includes(command.data.fileId)) return [{ type: 'FileUnlinked', data: command.data }];
      return reject('no-such-file', 'This file is not linked to the record.');
  }
};

const changed = (
  { title, owner, description, labels, externalRefs }: ChangeDetails['data'],
  details: Details,
): readonly RecordFact[] | Rejection<RecordCode> => {
  const keys = externalRefs?.map(({ system, key }) => `${system} ${key}`) ?? [];
  if (new Set(keys).size < keys.length)
    return reject('duplicate-reference', 'Name each external reference once: a system and a key.');
  const said = {
    ...(title !== undefined && { title }),
    ...(owner !== undefined && { owner }),
    ...(labels && { labels: sortedSet(labels) }),
    ...(externalRefs && { externalRefs: sortedSet(externalRefs) }),
  };
  const before: Readonly<Record<string, unknown>> = details;
  const news = Object.entries(said).filter(([name, value]) => canonical(value) !== canonical(before[name] ?? null));
  // Whether a text is the same as before cannot be told of a sealed one.
  const tellsDescription = typeof description === 'string' || (description === null && details.hasDescription);
  if (news.length === 0 && !tellsDescription) return [];
  return [{ type: 'DetailsChanged', data: { ...Object.fromEntries(news), ...(tellsDescription && { description }) } }];
};

const evolve = (details: Details, fact: RecordFact): Details => {
  switch (fact.type) {
    case 'DetailsChanged': {
      const { description, ...said } = fact.data;
      return { ...details, ...said, ...(description !== undefined && { hasDescription: description !== null }) };
    }
    case 'Commented':
      return details;
    case 'FileLinked':
      return { ...details, fileIds: [...details.fileIds, fact.data.fileId] };
    case 'FileUnlinked':
      return { ...details, fileIds: details.fileIds.filter(id => id !== fact.data.fileId) };
  }
};
