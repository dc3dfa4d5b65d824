import { quantileOf, typicalP99 } from './visible.ts';

const second = (nth: number, ...delays: readonly number[]) =>
  delays.map((delay, index) => ({ at: nth * 1_000 + index, delay }));

test('one stall is one second of many', () => {
  const delays = [...second(0, 5, 20), ...second(1, 900, 800), ...second(2, 30, 5)];
  expect(typicalP99(delays)).toBe(30);
  expect(quantileOf(delays, 0.99)).toBe(900);
});

test('what is late all the time is late in every second', () =>
  expect(typicalP99([...second(0, 1, 5_000), ...second(1, 4_000), ...second(2, 3_000)])).toBe(4_000));

test('of nothing there is no figure', () => {
  expect(typicalP99([])).toBeUndefined();
  expect(quantileOf([], 0.5)).toBeUndefined();
});
