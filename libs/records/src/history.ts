import { canonical, isBefore, after } from '@slipway/canonical';
import { nameOf } from '@slipway/contracts';
import { type Decider, type Message, reject, type Rejection, type Stamp, type Stamped } from '@slipway/event-sourcing';

/** What a source says of a record that was: the facts of its event, `${Name}Imported`, without the stamp. */
export type Facts = Readonly<Record<string, unknown>>;

/** `correct`: when the source says something else than before, that counts from now on. */
export type ImportRecord = Message<'ImportRecord', Readonly<{ facts: Facts; correct: boolean }>>;

export type HistoryCode =
  'record-imported' | 'record-not-imported' | 'imported-differently' | 'in-the-future' | 'too-long-ago';

type Standing = 'none' | 'live' | 'imported';
export type WithHistory<State> = Readonly<{ own: State; standing: Standing; imported?: Facts }>;

/** What may be asked of a record of history, and of what is none. Everything else is the record's own matter. */
export const HISTORY_MOVES: Readonly<Record<Standing, readonly Standing[]>> = {
  none: ['imported'],
  live: [],
  imported: ['imported'],
};

type Options = Readonly<{
  /** Commands that a record of history takes. All others are refused: what happened, happened elsewhere. */
  takes?: readonly string[];
  /** Facts that are ours and may change without the source saying anything else. */
  copied?: readonly string[];
}>;

/** A decider that also keeps records of history: one event says all of it, the last one counts, and nothing moves it. */
export const withHistory = <Command extends Message, Event extends Message, State, Code extends string>(
  category: string,
  decider: Decider<Command, Event, State, Code>,
  { takes = [], copied = [] }: Options = {},
): Decider<Command | ImportRecord, Event | Message<string, object>, WithHistory<State>, Code | HistoryCode> => {
  const type = `${nameOf(category)}Imported`;
  return {
    initialState: { own: decider.initialState, standing: 'none' },
    decide: (command, state) => {
      if (isImport(command)) return importing(command, state, type, copied);
      if (state.standing === 'imported' && !takes.includes(command.type))
        return reject(
          'record-imported',
          'It is a record of history, which was imported: what happened, happened elsewhere.',
        );
      return decider.decide(command as Stamped<Command>, state.own);
    },
    evolve: ({ own, standing, imported }, event) => {
      const after = decider.evolve(own, event as Event);
      if (event.type === type) return { own: after, standing: 'imported', imported: event.data as Facts };
      return { own: after, standing: standing === 'none' ? 'live' : standing, ...(imported && { imported }) };
    },
  };
};

const isImport = (command: Stamped<Message>): command is Stamped<ImportRecord> => command.type === 'ImportRecord';

const importing = (
  { data: { facts, correct }, stamp }: Stamped<ImportRecord>,
  { standing, imported }: WithHistory<unknown>,
  type: string,
  copied: readonly string[],
): readonly Message<string, object>[] | Rejection<HistoryCode> => {
  if (!HISTORY_MOVES[standing].includes('imported'))
    return reject('record-not-imported', 'There is a record of that id that was not imported.');
  const untimely = whenUntimely(facts, stamp);
  if (untimely) return untimely;
  const differing = imported ? differences(imported, facts, copied) : [];
  if (imported && differing.length === 0) return [];
  if (imported && !correct)
    return reject(
      'imported-differently',
      `It was imported before and said something else of ${differing.join(', ')}: ask for a correction if that is meant.`,
    );
  return [{ type, data: { ...facts, ...stamp } }];
};

// Clocks differ a little; nothing of interest is older.
const AHEAD = { minutes: 1 };
const OLDEST = '1990-01-01T00:00:00Z';

const whenUntimely = (facts: Facts, { recordedAt }: Stamp): Rejection<HistoryCode> | undefined => {
  for (const [name, instant] of instantsIn(facts)) {
    if (isBefore(after(recordedAt, AHEAD), instant))
      return reject('in-the-future', `${name} is ${instant}, which is yet to come: history is what was.`);
    if (isBefore(instant, OLDEST))
      return reject('too-long-ago', `${name} is ${instant}, which is before 1990: look at how its times are written.`);
  }
  return undefined;
};

const instantsIn = (value: unknown): readonly (readonly [string, string])[] => {
  if (Array.isArray(value)) return value.flatMap(instantsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name.endsWith('At') && typeof item === 'string' ? [[name, item] as const] : instantsIn(item),
  );
};

/** Which facts are not the same. The batch and the address say where a row came from, not what it says. */
const differences = (before: Facts, now: Facts, copied: readonly string[]): readonly string[] => {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  for (const name of [...STAMP, ...copied, 'origin']) names.delete(name);
  return [...names].filter(name => said(before[name]) !== said(now[name]));
};

const said = (value: unknown): string => (value === undefined ? '' : canonical(value));

const STAMP: readonly (keyof Stamp)[] = [
  'actor',
  'onBehalfOf',
  'issuer',
  'acr',
  'amr',
  'client',
  'occurredAt',
  'recordedAt',
  'source',
];
