import { partitionOf, topicOf } from './place.ts';

// The published values of FNV-1a, 32 bits, and answers that were given once: another hash, and the order within streams
// is lost at the next start.
test.each([
  ['a', 2 ** 32, 0xe40c292c],
  ['foobar', 2 ** 32, 0xbf9cf968],
  ['release-01234567-89ab-7cde-8f01-23456789abcd', 12, 3],
  ['change-1', 12, 3],
  ['person-ö', 3, 1],
  ['', 12, 1],
])('%p of %p partitions lies in %p', (stream, partitions, partition) => {
  expect(partitionOf(stream, partitions)).toBe(partition);
});

test('a topic is named by the plural of the category, under a prefix', () => {
  expect(topicOf('slipway', 'pipelineRun')).toBe('slipway.pipeline-runs');
  expect(() => topicOf('slipway', 'gadget')).toThrow('no stream category gadget');
});
