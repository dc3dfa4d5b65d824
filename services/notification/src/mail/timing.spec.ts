import { dueAt, isTimeZone } from './timing.ts';

const timeZone = 'Europe/Berlin';
const quietHours = { from: '22:00', to: '07:00', timeZone };

test('at once, when nothing is said', () =>
  expect(dueAt(undefined, '2026-03-02T09:10:00Z')).toBe('2026-03-02T09:10:00Z'));

test.each([
  ['every hour, at the full one', { every: 'hour', timeZone }, '2026-03-02T09:10:00Z', '2026-03-02T10:00:00Z'],
  [
    'of a zone with half hours',
    { every: 'hour', timeZone: 'Asia/Kolkata' },
    '2026-03-02T09:10:00Z',
    '2026-03-02T09:30:00Z',
  ],
  ['a full hour begins the next', { every: 'hour', timeZone }, '2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z'],
  ['daily, later today', { every: 'day', hour: 17, timeZone }, '2026-03-02T09:10:00Z', '2026-03-02T16:00:00Z'],
  ['daily, tomorrow', { every: 'day', hour: 8, timeZone }, '2026-03-02T09:10:00Z', '2026-03-03T07:00:00Z'],
  [
    'over the change to summer time',
    { every: 'day', hour: 8, timeZone },
    '2026-03-28T09:10:00Z',
    '2026-03-29T06:00:00Z',
  ],
  [
    'at an hour that does not exist that day',
    { every: 'day', hour: 2, timeZone },
    '2026-03-28T09:10:00Z',
    '2026-03-29T01:00:00Z',
  ],
] as const)('a digest %s', (_, digest, instant, due) => expect(dueAt({ digest }, instant)).toBe(due));

test.each([
  ['by day', '2026-03-02T09:10:00Z', '2026-03-02T09:10:00Z'],
  ['in the evening', '2026-03-02T21:30:00Z', '2026-03-03T06:00:00Z'],
  ['after midnight', '2026-03-03T01:30:00Z', '2026-03-03T06:00:00Z'],
  ['at their end', '2026-03-03T06:00:00Z', '2026-03-03T06:00:00Z'],
  ['in the night of the change to summer time', '2026-03-28T22:30:00Z', '2026-03-29T05:00:00Z'],
])('quiet hours %s', (_, instant, due) => expect(dueAt({ quietHours }, instant)).toBe(due));

test('quiet hours within a day', () => {
  const lunch = { from: '12:00', to: '13:00', timeZone };
  expect(dueAt({ quietHours: lunch }, '2026-03-02T11:30:00Z')).toBe('2026-03-02T12:00:00Z');
  expect(dueAt({ quietHours: lunch }, '2026-03-02T12:30:00Z')).toBe('2026-03-02T12:30:00Z');
});

test('a digest that would come in quiet hours waits for their end', () =>
  expect(dueAt({ digest: { every: 'hour', timeZone }, quietHours }, '2026-03-02T20:30:00Z')).toBe(
    '2026-03-03T06:00:00Z',
  ));

test('a zone is one, or not', () =>
  expect(['Europe/Berlin', 'UTC', 'Mars/Base', ''].map(isTimeZone)).toEqual([true, true, false, false]));
