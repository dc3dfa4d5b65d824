import { latencyOf } from './latency-steps.ts';

const acknowledged = { a: 10, b: 20, c: 30 };
const positions = new Map(Object.entries({ a: 1, b: 2, c: 3 }));
// One round of the sequencer gave positions to two of them.
const sequenced = [
  [1, 12],
  [3, 34],
] as const;
const seen = {
  a: { received: 15, committed: 16 },
  b: { received: 40, committed: 44 },
  c: { received: 40, committed: 44 },
};

test('the steps add up to the whole: a position counts as given when the sequencer was first heard of it or a later one', () => {
  expect(latencyOf({ acknowledged, sequenced }, seen, positions)).toMatchObject({
    visible: { count: 3, p50: 14, max: 24 },
    toSequenced: { p50: 4, max: 14 },
    toReceived: { p50: 6, max: 6 },
    toCommitted: { p50: 4, max: 4 },
  });
});

test('what was appended and never seen is no figure but a failure', () => {
  const { a, b } = seen;
  expect(() => latencyOf({ acknowledged, sequenced }, { a, b }, positions)).toThrow('c was appended and not seen');
  expect(() => latencyOf({ acknowledged, sequenced: [[1, 12]] }, seen, positions)).toThrow('b was appended');
});
