import { categoryNamed } from '@slipway/contracts';
import { categoryOf } from '@slipway/event-sourcing';

/** Where a watermark counts: a partition of a topic, or the log itself. */
export type Place = Readonly<{ topic: string; partition: number }>;

export const LOG: Place = { topic: 'event_log', partition: 0 };

/** `slipway.releases` of `release`. Throws for a category that this build does not know. */
export const topicOf = (prefix: string, category: string): string => {
  const known = categoryNamed(category);
  if (!known) throw new Error(`no stream category ${category} in contracts`);
  return `${prefix}.${known.plural}`;
};

/**
 * The partition of a stream: FNV-1a (32 bits) over its UTF-8, modulo. MUST never change: order within a stream is order
 * within a partition. More partitions are a new generation of the topic.
 */
export const partitionOf = (stream: string, partitions: number): number => {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(stream)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % partitions;
};

/** Where a stream lies on Kafka. */
export const placeOf = (prefix: string, stream: string, partitionsOf: (topic: string) => number): Place => {
  const topic = topicOf(prefix, categoryOf(stream));
  return { topic, partition: partitionOf(stream, partitionsOf(topic)) };
};
