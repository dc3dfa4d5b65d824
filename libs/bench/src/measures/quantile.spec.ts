import { quantile, spreadOf } from './quantile.ts';

test('a quantile is a value that was there: half of the values are at or below the median', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
  expect(quantile([7], 0)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

test('a spread takes values in any order and leaves them as they are', () => {
  const values = [30, 1.234, 20];
  expect(spreadOf(values)).toEqual({ count: 3, p50: 20, p99: 30, max: 30 });
  expect(values).toEqual([30, 1.234, 20]);
});
