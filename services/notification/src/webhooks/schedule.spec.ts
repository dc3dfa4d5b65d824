import { paceAfter, retryAfterIn, SCHEDULE, waitAfter } from './schedule.ts';

test('ten attempts, as the specification spaces them', () => {
  const offsets = SCHEDULE.map((_, nth) => SCHEDULE.slice(0, nth + 1).reduce((sum, wait) => sum + wait, 0));
  const clock = (seconds: number) =>
    [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
      .map(part => String(Math.floor(part)).padStart(2, '0'))
      .join(':');
  expect(offsets.map(clock)).toEqual(
    '00:00:05 00:05:05 00:35:05 02:35:05 07:35:05 17:35:05 31:35:05 51:35:05 75:35:05'.split(' '),
  );
  expect(waitAfter(9, 0)).toBe(24 * 3_600);
  expect(waitAfter(10, 0)).toBe(undefined);
});

test('with up to a fifth more', () => {
  expect([0, 0.5, 1].map(random => waitAfter(2, random))).toEqual([300, 330, 360]);
});

test('what the receiver asks for is the least, and no reason to try again for ever', () => {
  expect(waitAfter(1, 0, 120)).toBe(120);
  expect(waitAfter(2, 0, 120)).toBe(300);
  expect(waitAfter(10, 0, 120)).toBe(undefined);
});

test.each([
  [429, undefined, 30],
  [429, 90, 90],
  [502, undefined, 30],
  [504, undefined, 30],
  [503, 60, 60],
  [503, undefined, 0],
  [500, 60, 0],
])('after %d with Retry-After %p nothing goes there for %d s', (status, asked, pace) =>
  expect(paceAfter(status, asked)).toBe(pace),
);

test('Retry-After is a number or a date, bounded, or nothing', () => {
  const now = new Date('2026-03-02T09:00:00Z');
  const said = (header?: string) => retryAfterIn(header, now);
  expect(said('120')).toBe(120);
  expect(said('Mon, 02 Mar 2026 09:01:30 GMT')).toBe(90);
  expect(said('9999999999')).toBe(86_400);
  for (const header of [undefined, '', 'soon', '-5', '0', 'Mon, 02 Mar 2026 08:00:00 GMT'])
    expect(said(header)).toBe(undefined);
});
