import { instantOf, type Timing } from './times.ts';

type Case = [text: string, said: string, timing?: Timing];

test.each<Case>([
  ['2025-03-02T20:20:00Z', '2025-03-02T20:20:00Z'],
  ['2025-03-02 20:20', '2025-03-02T19:20:00Z', { timeZone: 'Europe/Berlin' }],
  ['2025-07-02 20:20', '2025-07-02T18:20:00Z', { timeZone: 'Europe/Berlin' }],
  ['2021-04-28 21:50:00 +0200', '2021-04-28T19:50:00Z'],
  ['2021-02-25 21:23:34 UTC', '2021-02-25T21:23:34Z'],
  ['2025-03-02T20:20:00.000+0100', '2025-03-02T19:20:00Z'],
  ['02.03.2025 20:20', '2025-03-02T19:20:00Z', { format: 'dd.MM.yyyy HH:mm', timeZone: 'Europe/Berlin' }],
  ['3/2/2025 20:20:05 -05:00', '2025-03-03T01:20:05Z', { format: 'MM/dd/yyyy HH:mm:ss XXX' }],
  ['1740946800', '2025-03-02T20:20:00Z', { format: 'epoch-seconds' }],
  ['1740946800123', '2025-03-02T20:20:00.123Z', { format: 'epoch-milliseconds' }],
])('%s is %s', (text, instant, timing = {}) => expect(instantOf(text, timing)).toBe(instant));

test.each<Case>([
  ['2025-03-02 20:20:00', 'time-without-zone'],
  ['2025-03-02', 'time-without-zone'],
  ['yesterday', 'unreadable-time'],
  ['2025-02-30T20:20:00Z', 'no-such-time'],
  // Clocks went from 2:00 to 3:00, and from 3:00 back to 2:00.
  ['2025-03-30 02:30', 'no-such-time', { timeZone: 'Europe/Berlin' }],
  ['2025-10-26 02:30', 'ambiguous-time', { timeZone: 'Europe/Berlin' }],
  ['2025-03-02', 'unreadable-time', { format: 'dd.MM.yyyy', timeZone: 'UTC' }],
  ['soon', 'unreadable-time', { format: 'epoch-seconds' }],
])('%s is %s', (text, code, timing = {}) =>
  expect(() => instantOf(text, timing)).toThrow(expect.objectContaining({ code })),
);
