import { type Decider, type Message, reject, specification, type Stamp, stampOf } from '@slipway/event-sourcing';
import { HISTORY_MOVES, withHistory } from './history.ts';

type Command = Message<'TakeNote' | 'BurnNote' | 'Comment'>;
type NoteEvent = Message<'NoteTaken' | 'NoteBurnt', Stamp>;

const stamp = stampOf('person-00000000-0000-4000-8000-000000000001');
const note: Decider<Command, NoteEvent, boolean, 'not-found'> = {
  initialState: false,
  decide: ({ type, stamp: by }, isTaken) => {
    if (type === 'TakeNote') return [{ type: 'NoteTaken', data: by }];
    return isTaken ? [{ type: 'NoteBurnt', data: by }] : reject('not-found', 'There is no such note.');
  },
  evolve: (isTaken, { type }) => isTaken || type === 'NoteTaken',
};
const given = specification(withHistory('note', note, { takes: ['Comment'], copied: ['ours'] }));

const origin = { system: 'jira', key: 'N-1', batch: 'b1' };
const facts = { origin, startedAt: '2025-03-02T09:00:00Z', ours: true, parts: [{ doneAt: '2025-03-02T09:00:00Z' }] };
const importing = (other: object = {}, correct = false) =>
  ({ type: 'ImportRecord', data: { facts: { ...facts, ...other }, correct }, stamp }) as const;
const imported = (other: object = {}) => ({ type: 'NoteImported', data: { ...facts, ...other, ...stamp } });
const asking = (type: Command['type']) => ({ type, data: {}, stamp }) as const;
const rejected = (code: string) => expect.objectContaining({ rejected: code });

test('one event says all of it', () => expect(given().when(importing())).toEqual([imported()]));

test('the same again changes nothing, from whichever batch, and whatever is ours', () =>
  expect(given(imported()).when(importing({ origin: { ...origin, batch: 'b2' }, ours: false }))).toEqual([]));

test('something else is refused, with the facts that differ', () =>
  expect(given(imported()).when(importing({ startedAt: '2025-03-02T10:00:00Z' }))).toEqual({
    rejected: 'imported-differently',
    reason: expect.stringContaining('startedAt') as string,
  }));

test('something else is a correction when that is meant, and counts from then on', () => {
  const other = { startedAt: '2025-03-02T10:00:00Z' };
  expect(given(imported()).when(importing(other, true))).toEqual([imported(other)]);
  expect(given(imported(), imported(other)).when(importing(other))).toEqual([]);
  expect(given(imported(), imported(other)).when(importing())).toEqual(rejected('imported-differently'));
});

test('what is yet to come is no history, however deep it stands', () => {
  expect(given().when(importing({ startedAt: '2026-03-02T09:02:00Z' }))).toEqual(rejected('in-the-future'));
  expect(given().when(importing({ parts: [{ doneAt: '2027-01-01T00:00:00Z' }] }))).toEqual(rejected('in-the-future'));
  expect(given().when(importing({ startedAt: '1970-01-01T00:00:00Z' }))).toEqual(rejected('too-long-ago'));
});

test('a record of ours is not imported over', () =>
  expect(given({ type: 'NoteTaken', data: stamp }).when(importing())).toEqual(rejected('record-not-imported')));

const COMMANDS = ['ImportRecord', 'TakeNote', 'BurnNote', 'Comment'] as const;
const HISTORIES = {
  none: [],
  live: [{ type: 'NoteTaken', data: stamp }],
  imported: [imported()],
} as const;

const refusalOf = (standing: keyof typeof HISTORY_MOVES, type: (typeof COMMANDS)[number]): string | undefined => {
  if (type === 'ImportRecord') return HISTORY_MOVES[standing].length > 0 ? undefined : 'record-not-imported';
  if (standing === 'imported') return type === 'Comment' ? 'not-found' : 'record-imported';
  return standing === 'none' && type !== 'TakeNote' ? 'not-found' : undefined;
};

describe.each(Object.entries(HISTORIES))('a record that is %s', (standing, history) => {
  test.each(COMMANDS)('%s', type => {
    const decision = given(...history).when(type === 'ImportRecord' ? importing({}, true) : asking(type));
    const code = 'rejected' in decision ? decision.rejected : undefined;
    expect(code).toBe(refusalOf(standing as keyof typeof HISTORY_MOVES, type));
  });
});
