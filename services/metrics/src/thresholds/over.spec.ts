import { overAt } from './over.ts';

const at = (instant: string): number => Date.parse(instant);

test('the last days are so many times 24 hours, until now', () => {
  const { said, next } = overAt({ kind: 'last-days', days: 2, zone: 'Europe/Berlin' }, at('2026-03-30T08:00:00Z'));
  expect(said).toEqual({
    from: '2026-03-28T08:00:00.000Z',
    to: '2026-03-30T08:00:00.000Z',
    zone: 'Europe/Berlin',
  });
  expect(next).toBe(at('2026-03-30T09:00:00Z'));
});

test('a month is that of the zone, over a change of its clocks too', () => {
  const { said, period } = overAt({ kind: 'calendar-month', zone: 'Europe/Berlin' }, at('2026-03-31T21:30:00Z'));
  expect(said).toEqual({
    period: '2026-03',
    from: '2026-02-28T23:00:00.000Z',
    to: '2026-03-31T21:30:00.000Z',
    zone: 'Europe/Berlin',
  });
  expect([period.to, period.now]).toEqual([at('2026-03-31T22:00:00Z'), at('2026-03-31T21:30:00Z')]);
});

test('it is judged again within an hour, and when the month changes', () => {
  const month = { kind: 'calendar-month', zone: 'Europe/Berlin' } as const;
  expect(overAt(month, at('2026-03-31T20:00:00Z')).next).toBe(at('2026-03-31T21:00:00Z'));
  expect(overAt(month, at('2026-03-31T21:30:00Z')).next).toBe(at('2026-03-31T22:00:00Z'));
  expect(overAt(month, at('2026-03-31T22:00:00Z')).said.period).toBe('2026-04');
});
