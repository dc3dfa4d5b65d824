import type { Kafka } from 'kafkajs';
import { type Partitioned, placeName } from './batch.ts';
import { administered } from './topics.ts';

/** The last record of a partition. `position` is 0 when it is none of the relay's. */
export type LastRecord = Readonly<{ incarnation: string; position: number }>;

type End = Partitioned & Readonly<{ offset: string }>;

/** Of each partition that holds something, by `<topic>/<partition>`: what left the database, whatever the checkpoint says. */
export const lastRecords = async (
  kafka: Kafka,
  topics: readonly string[],
  timeoutMs = 30_000,
): Promise<ReadonlyMap<string, LastRecord>> => {
  const ends = await lastOffsets(kafka, topics);
  return ends.length === 0 ? new Map() : readAt(kafka, ends, timeoutMs);
};

const lastOffsets = (kafka: Kafka, topics: readonly string[]): Promise<readonly End[]> =>
  administered(kafka, async admin => {
    const ends: End[] = [];
    // One after the other: when one fails, kafkajs would get the answers of the others after it has hung up.
    for (const topic of topics)
      for (const { partition, high, low } of await admin.fetchTopicOffsets(topic))
        if (BigInt(high) > BigInt(low)) ends.push({ topic, partition, offset: (BigInt(high) - 1n).toString() });
    return ends;
  });

// kafkajs reads through groups only: this one is made for the purpose and goes with it.
const readAt = async (
  kafka: Kafka,
  ends: readonly End[],
  timeoutMs: number,
): Promise<ReadonlyMap<string, LastRecord>> => {
  const groupId = `slipway-relay-${crypto.randomUUID()}`;
  const consumer = kafka.consumer({
    groupId,
    maxWaitTimeInMs: 50,
    retry: { restartOnFailure: () => Promise.resolve(false) },
  });
  const found = new Map<string, LastRecord>();
  const { promise: complete, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error('the last records of the topics could not be read in time')),
    timeoutMs,
  );
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  complete.catch(() => undefined);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set(ends.map(({ topic }) => topic))], fromBeginning: false });
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ topic, partition, message: { headers } }) => {
        const [incarnation, position] = [
          headers?.['incarnation']?.toString() ?? '',
          Number(headers?.['position'] ?? 0),
        ];
        found.set(placeName({ topic, partition }), { incarnation, position });
        if (ends.every(end => found.has(placeName(end)))) resolve();
        return Promise.resolve();
      },
    });
    for (const end of ends) consumer.seek(end);
    await complete;
    return found;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
    await administered(kafka, admin => admin.deleteGroups([groupId])).catch(() => undefined);
  }
};
