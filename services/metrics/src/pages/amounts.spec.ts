import {
  amount,
  codeInWords,
  difference,
  differences,
  duration,
  moment,
  periodInShort,
  periodInWords,
  range,
  shortMoment,
  spanInWords,
} from './amounts.ts';
import { roundedUp, scaleFor } from './scale.ts';

const plain = (text: string): string => text.replaceAll(/[\u202f\u00a0]/g, ' ');

test.each([
  [null, 'ratio', 'no data'],
  [0, 'ratio', '0 %'],
  [1 / 3, 'ratio', '33.3 %'],
  [0.004, 'ratio', '0.4 %'],
  [0.0714, 'per-day', '0.071 a day'],
  [12_345.6, 'per-day', '12 345.6 a day'],
  [0, 'seconds', '0 s'],
  [59.6, 'seconds', '1 min'],
  [3_725, 'seconds', '1 h 2 min'],
  [3_599.7, 'seconds', '1 h'],
  [86_399, 'seconds', '1 d'],
  [180_000, 'seconds', '2 d 2 h'],
  [-90, 'seconds', '-1 min 30 s'],
] as const)('%s (%s): %s', (value, unit, words) => {
  expect(plain(amount(value, unit))).toBe(words);
});

test('differences have their sign, shares in points', () => {
  expect(plain(difference(0.2, 'ratio'))).toBe('+20 points');
  expect(plain(difference(-90, 'seconds'))).toBe('−1 min 30 s');
  expect(plain(difference(0, 'per-day'))).toBe('±0 a day');
  expect(plain(differences(-0.1, 0.25, 'ratio'))).toBe('−10 to +25 points');
  expect(plain(range(0.1, 0.25, 'ratio'))).toBe('10 to 25 %');
  expect(plain(range(60, 3_600, 'seconds'))).toBe('1 min to 1 h');
});

test('instants are told by the clocks of a zone', () => {
  expect(moment('2026-03-29T01:30:00.000Z', 'Europe/Berlin')).toBe('29 March 2026, 03:30');
  expect(spanInWords('2025-03-31T22:00:00.000Z', '2026-03-31T22:00:00.000Z', 'Europe/Berlin')).toBe(
    '1 April 2025 to 31 March 2026',
  );
  expect(spanInWords('2026-03-01T12:00:00.000Z', '2026-03-02T00:00:00.000Z', 'UTC')).toBe(
    '1 March 2026, 12:00 to 2 March 2026, 00:00',
  );
  expect(shortMoment('2026-12-31T23:30:00.000Z', 'Asia/Kolkata')).toBe('2027-01-01 05:00');
});

test.each([
  ['2026-03', 'March 2026', 'Mar'],
  ['2026-01', 'January 2026', 'Jan\n2026'],
  ['2026-Q2', 'Quarter 2 of 2026', '26-Q2'],
  ['2026-W09', 'Week 9 of 2026', '26-W09'],
  ['2026-03-02', '2026-03-02', '26-03-02'],
  ['2026', '2026', '2026'],
])('%s is %s, in short %s', (name, words, short) => {
  expect([periodInWords(name), periodInShort(name, false)]).toEqual([words, short]);
});

test('the first month has its year', () => {
  expect(periodInShort('2025-04', true)).toBe('Apr\n2025');
});

test('codes are sentences', () => {
  expect(codeInWords('no-rollout-finished')).toBe('No rollout finished in this period');
  expect(codeInWords('some-new-code')).toBe('Some new code');
});

describe('a scale', () => {
  test.each([
    [0.07, 0.08],
    [1, 1],
    [1.3, 1.6],
    [9.2, 10],
    [420, 500],
  ])('up to %d ends at %d', (value, end) => {
    expect(roundedUp(value)).toBeCloseTo(end, 9);
  });

  test('counts durations in what suits the longest, and shares in percent up to all of them', () => {
    expect(scaleFor('seconds', [{ value: 3_600 * 30 }])).toMatchObject({ name: 'h' });
    expect(scaleFor('seconds', [{ value: 86_400 * 3 }])).toMatchObject({ name: 'd' });
    expect(scaleFor('ratio', [{ value: 0.97, low: 0.9, high: 1 }])).toMatchObject({ name: '%', max: 100 });
  });

  test('cuts an interval that goes far beyond every value, and has one when nothing is known', () => {
    expect(scaleFor('ratio', [{ value: 0.02, low: 0, high: 0.9 }]).max).toBeCloseTo(5, 9);
    expect(scaleFor('seconds', [{ value: null }])).toMatchObject({ max: 1 });
  });

  test('of durations of none is a duration', () => {
    expect(duration(0)).toContain('s');
  });
});
