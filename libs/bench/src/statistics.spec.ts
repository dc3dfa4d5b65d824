import { ratioOf, summaryOf } from './statistics.ts';

test('the median of an even number of rounds lies between the two in the middle', () => {
  expect(summaryOf([4, 1, 3, 2])).toEqual({ median: 2.5, lowest: 1, highest: 4, rounds: [4, 1, 3, 2] });
});

test('of no rounds there is no figure', () => {
  expect(summaryOf([])).toBeUndefined();
});

test('a round that was slow for both leaves the ratio as it is', () => {
  expect(ratioOf([300, 30, 330], [100, 10, 100])).toMatchObject({ median: 3, lowest: 3, highest: 3.3 });
});

test('there is no ratio to what was not measured', () => {
  expect(ratioOf([300, 30], [100, undefined])).toBeUndefined();
  expect(ratioOf([300], [0])).toBeUndefined();
});
