import { categoryNamed } from '@slipway/contracts';
import { partitionOf, topicOf } from '@slipway/consumers';
import { categoryOf } from '@slipway/event-sourcing';
import type { TopicMessages } from 'kafkajs';
import { type LogRow, recordOf, sizeOf } from './record.ts';

/** Below the broker's default bound of a batch, `message.max.bytes`. */
export const MAX_PARTITION_BYTES = 900_000;

/** Of one send, all partitions together: below the broker's bound of a request, `socket.request.max.bytes`. */
export const MAX_SEND_BYTES = 32 * 1024 * 1024;

export type Partitioned = Readonly<{ topic: string; partition: number }>;

/** By `<topic>/<partition>`. */
export type Lasts = ReadonlyMap<string, number>;

export type Batch = Readonly<{
  topicMessages: TopicMessages[];
  /** All rows up to this position are in it, or were on Kafka already. */
  through: number;
  /** The partitions it writes to: the position of the last record. */
  lasts: Lasts;
  /** The same: of the first. */
  firsts: Lasts;
  records: number;
}>;

export const placeName = ({ topic, partition }: Partitioned): string => `${topic}/${partition}`;

type Target = Readonly<{
  prefix: string;
  incarnation: string;
  /** How many partitions a topic has. */
  partitions: ReadonlyMap<string, number>;
  /** The last position that is on Kafka. */
  lasts: Lasts;
  maxPartitionBytes?: number;
  maxSendBytes?: number;
}>;

/** As many of the rows, from the first on, as fit in one send. Rows that Kafka has are passed: a restart repeats nothing. */
export const batchOf = (rows: readonly LogRow[], target: Target): Batch => {
  const { maxPartitionBytes = MAX_PARTITION_BYTES, maxSendBytes = MAX_SEND_BYTES } = target;
  const messages = new Map<string, TopicMessages['messages']>();
  const bytes = new Map<string, number>();
  const lasts = new Map<string, number>();
  const firsts = new Map<string, number>();
  let through = (rows[0]?.position ?? 1) - 1;
  let records = 0;
  let sendBytes = 0;
  for (const row of rows) {
    const at = placeOf(row, target);
    const place = placeName(at);
    const previous = lasts.get(place) ?? target.lasts.get(place) ?? 0;
    if (row.position > previous) {
      const record = recordOf(row, at.partition, { incarnation: target.incarnation, previous, context: at.context });
      const size = sizeOf(record);
      const filled = (bytes.get(place) ?? 0) + size;
      if (filled > maxPartitionBytes && bytes.has(place)) break;
      if (sendBytes + size > maxSendBytes && records > 0) break;
      bytes.set(place, filled);
      sendBytes += size;
      appendTo(messages, at.topic, record);
      lasts.set(place, row.position);
      if (!firsts.has(place)) firsts.set(place, row.position);
      records += 1;
    }
    through = row.position;
  }
  return {
    topicMessages: [...messages].map(([topic, all]) => ({ topic, messages: all })),
    through,
    lasts,
    firsts,
    records,
  };
};

const placeOf = ({ stream }: LogRow, { prefix, partitions }: Target): Partitioned & { context: string } => {
  const category = categoryOf(stream);
  const topic = topicOf(prefix, category);
  return {
    topic,
    partition: partitionOf(stream, partitions.get(topic) ?? 0),
    context: categoryNamed(category)?.context ?? '',
  };
};

const appendTo = <Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void => {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
};
