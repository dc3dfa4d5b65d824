import { compared } from './comparison.ts';
import { durations, ratio } from './figure.ts';
import { errorOfMedian, ofDifference, ofMedian, ofMedians, poissonScore, wilson } from './intervals.ts';
import { median, quantile } from './statistics.ts';

const counted = (numerator: number, denominator: number) => ({ numerator, denominator, population: [] });
const rate = (numerator: number, denominator: number) =>
  ratio('rate', 'ratio', counted(numerator, denominator), 'none');
const lasting = (...seconds: readonly number[]) =>
  durations(
    'time',
    seconds.map((each, index) => ({ id: `m${index}`, at: '2026-03-02T00:00:00Z', seconds: each })),
    'none',
  );

describe('the interval of a proportion', () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i: %f to %f', (numerator, denominator, low, high) => {
    const interval = wilson(numerator, denominator)!;
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('of nothing is none', () => {
    expect(wilson(0, 0)).toBeNull();
  });
});

describe('the interval of a difference of proportions', () => {
  // Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
  ])('%i of %i less %i of %i: %f to %f', (a, m, b, n, low, high) => {
    const interval = ofDifference(a / m, wilson(a, m)!, b / n, wilson(b, n)!, 'Newcombe');
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

test('the score interval of a count holds what solves (x − λ)² = z² λ', () => {
  const { low, high } = poissonScore(10, 1)!;
  for (const bound of [low, high]) expect((10 - bound) ** 2).toBeCloseTo(1.959_963_984_540_054 ** 2 * bound, 9);
  expect(poissonScore(10, 5)!.high).toBeCloseTo(high / 5, 9);
  expect([poissonScore(0, 31)?.low, poissonScore(3, 0)]).toEqual([0, null]);
});

describe('the interval of a median', () => {
  // Conover 1999, and any table of the sign test: ranks for a confidence of at least 95 %.
  test.each([
    [6, 1],
    [8, 1],
    [9, 2],
    [10, 2],
    [15, 4],
    [20, 6],
    [25, 8],
  ])('of %i values is from the one of rank %i', (count, rank) => {
    const values = Array.from({ length: count }, (_, index) => index + 1);
    expect(ofMedian(values)).toMatchObject({ low: rank, high: count + 1 - rank });
  });

  test('is none below six values', () => {
    expect(ofMedian([1, 2, 3, 4, 5])).toBeNull();
  });

  test('does not fail of many', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => index);
    const { low, high } = ofMedian(values)!;
    // The normal approximation of the ranks: half of the values, less and more z ÷ 2 of their root.
    expect(Math.abs(low - (50_000 - 0.98 * Math.sqrt(100_000)))).toBeLessThan(3);
    expect(high).toBe(99_999 - low);
  });
});

// The example of `ci.median2` in the R package statpsych (Bonett and Price): median 34.5 and 43.35, SE 4.494993.
test('the interval of a difference of medians', () => {
  const one = [32.1, 39.8, 26.3, 35, 43.1, 27, 40.9, 37.4, 34, 29.2];
  const other = [36.8, 44, 47.1, 42.7, 49, 39.6, 46.2, 31.6, 33.1, 48.4];
  expect([median(one), median(other)]).toEqual([34.5, 43.35]);
  expect(Math.hypot(errorOfMedian(one), errorOfMedian(other))).toBeCloseTo(4.494993, 5);
  const { low, high } = ofMedians(one, other)!;
  expect([low, high]).toEqual([expect.closeTo(-17.66002, 4), expect.closeTo(-0.0399751, 5)]);
  expect(ofMedians([1, 2, 3, 4], other)).toBeNull();
});

test('a quantile is interpolated', () => {
  expect([quantile([1, 2, 3, 4], 0.9), quantile([7], 0.9), quantile([], 0.9)]).toEqual([
    expect.closeTo(3.7, 9),
    7,
    null,
  ]);
});

describe('a comparison', () => {
  test('says that a rate is higher only when no difference is out of question', () => {
    expect(compared(rate(56, 70), rate(48, 80))).toMatchObject({
      verdict: 'higher',
      difference: expect.closeTo(0.2, 9),
    });
    expect(compared(rate(48, 80), rate(56, 70))).toMatchObject({ verdict: 'lower' });
    expect(compared(rate(2, 4), rate(1, 4))).toMatchObject({ verdict: 'unclear', difference: 0.25 });
  });

  test('with nothing has no difference', () => {
    expect(compared(rate(1, 4), rate(0, 0))).toEqual({
      before: { value: null, numerator: 0, denominator: 0 },
      difference: null,
      interval: null,
      verdict: 'unclear',
    });
  });

  test('of medians is by the values themselves', () => {
    const fast = lasting(1, 2, 3, 4, 5, 6, 7, 8);
    const slow = lasting(101, 102, 103, 104, 105, 106, 107, 108);
    expect(compared(slow, fast)).toMatchObject({ verdict: 'higher', difference: 100 });
    expect(compared(lasting(9, 10), lasting(1))).toMatchObject({ verdict: 'unclear', difference: 8.5, interval: null });
  });

  test('of rates per day is by their counts', () => {
    const perDay = (count: number) => ratio('often', 'per-day', counted(count, 30), 'none');
    expect(compared(perDay(60), perDay(20))).toMatchObject({ verdict: 'higher' });
    expect(compared(perDay(22), perDay(20))).toMatchObject({ verdict: 'unclear' });
  });
});
