import { ProblemException } from '@slipway/edge';
import fc from 'fast-check';
import { departureOf, departuresAfter, requireCadence } from './departures.ts';

const tuesdays = {
  start: '2026-03-03T20:00',
  timeZone: 'Europe/Berlin',
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
  durationMinutes: 120,
};
const pointerOf = (cadence: typeof tuesdays): string | undefined => {
  try {
    requireCadence(cadence);
    return undefined;
  } catch (error) {
    return error instanceof ProblemException ? error.problem.errors?.[0]?.pointer : String(error);
  }
};

test('a train leaves at the same local time, in summer and in winter', () =>
  expect(departuresAfter(tuesdays, '2026-03-10T00:00:00Z', 2)).toEqual([
    {
      departure: '2026-03-17T19:00:00.000Z',
      local: '2026-03-17T20:00:00+01:00[Europe/Berlin]',
      window: { start: '2026-03-17T19:00:00.000Z', end: '2026-03-17T21:00:00.000Z' },
    },
    {
      departure: '2026-03-31T18:00:00.000Z',
      local: '2026-03-31T20:00:00+02:00[Europe/Berlin]',
      window: { start: '2026-03-31T18:00:00.000Z', end: '2026-03-31T20:00:00.000Z' },
    },
  ]));

test('a departure is one, to the second', () => {
  expect(departureOf(tuesdays, '2026-03-17T19:00:00Z')).toMatchObject({ departure: '2026-03-17T19:00:00.000Z' });
  expect(departureOf(tuesdays, '2026-03-17T20:00:00Z')).toBeUndefined();
  expect(departureOf(tuesdays, '2026-03-10T19:00:00Z')).toBeUndefined();
  expect(departureOf(tuesdays, '2026-02-17T19:00:00Z')).toBeUndefined();
});

test('a cadence that ends has no more departures after it', () => {
  const thrice = { ...tuesdays, rrule: 'FREQ=WEEKLY;COUNT=3' };
  expect(departuresAfter(thrice, '2026-03-05T00:00:00Z', 10)).toHaveLength(2);
  expect(departuresAfter(thrice, '2027-03-05T00:00:00Z', 10)).toEqual([]);
});

test.each([
  ['/cadence/rrule', { rrule: 'FREQ=NEVER' }],
  ['/cadence/rrule', { rrule: 'FREQ=WEEKLY;BYDAY=XX' }],
  ['/cadence/rrule', { rrule: 'FREQ=WEEKLY;INTERVAL=0' }],
  ['/cadence/rrule', { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }],
  ['/cadence/rrule', { rrule: 'FREQ=WEEKLY;COUNT=2;UNTIL=20270101T000000Z' }],
  ['/cadence/timeZone', { timeZone: 'Mars/Phobos' }],
  ['/cadence/start', { start: '2026-13-03T20:00' }],
  [undefined, {}],
])('%s cannot be followed: %j', (pointer, wrong) => expect(pointerOf({ ...tuesdays, ...wrong })).toBe(pointer));

test('every departure is one, later than the one before, and opens its window', () =>
  fc.assert(
    fc.property(
      fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,TH', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=YEARLY;BYMONTH=1,7'),
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
      fc.integer({ min: 0, max: 23 }),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      (rrule, timeZone, hour, after) => {
        const start = `2026-03-03T${String(hour).padStart(2, '0')}:30`;
        const cadence = { start, timeZone, rrule, durationMinutes: 90 };
        const departures = departuresAfter(cadence, after.toISOString(), 4);
        expect(departures).toHaveLength(4);
        departures.reduce((before, { departure, local, window }) => {
          expect(Date.parse(departure)).toBeGreaterThan(before);
          expect(local.slice(11, 16)).toBe(start.slice(11));
          expect(Date.parse(window.end) - Date.parse(window.start)).toBe(90 * 60_000);
          expect(departureOf(cadence, departure)?.departure).toBe(departure);
          return Date.parse(departure);
        }, after.getTime());
      },
    ),
    { numRuns: 100 },
  ));
