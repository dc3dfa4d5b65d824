import type { Admin, Kafka, KafkaMessage } from 'kafkajs';
import { type Partitioned, placeName } from './batch.ts';
import { administered } from './topics.ts';

/** Offsets of a partition, from the first to before the last. */
export type Span = Partitioned & Readonly<{ from: bigint; to: bigint }>;

/** Without a record for this long it gives up. */
const STALLED_MS = 30_000;

/** What each partition holds that holds something. Topics that are not there are passed. */
export const spansOf = (kafka: Kafka, topics: readonly string[]): Promise<readonly Span[]> =>
  administered(kafka, async admin => {
    const spans: Span[] = [];
    // One after the other: when one fails, kafkajs would get the answers of the others after it has hung up.
    for (const topic of await existing(admin, topics))
      for (const { partition, high, low } of await admin.fetchTopicOffsets(topic))
        spans.push({ topic, partition, from: BigInt(low), to: BigInt(high) });
    return spans.filter(({ from, to }) => to > from);
  });

export const existing = async (admin: Admin, topics: readonly string[]): Promise<readonly string[]> => {
  const all = new Set(await admin.listTopics());
  return topics.filter(topic => all.has(topic));
};

/**
 * Hands over every record of these spans, of each partition in order, as they come; waits for `take` before it fetches
 * more. Throws when the broker stalls, or what `take` threw.
 */
export const readSpans = async (
  kafka: Kafka,
  spans: readonly Span[],
  take: (place: Partitioned, records: readonly KafkaMessage[]) => Promise<void>,
): Promise<void> => {
  if (spans.length === 0) return;
  // kafkajs reads through groups only: this one is made for the purpose and goes with it.
  const groupId = `slipway-reader-${crypto.randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  const left = new Map(spans.map(span => [placeName(span), { ...span }]));
  const { promise: complete, resolve, reject } = Promise.withResolvers<void>();
  complete.catch(() => undefined);
  const timer = setTimeout(() => reject(new Error('the records of the topics could not be read in time')), STALLED_MS);
  // What a broker says that has just begun is tried again by kafkajs, from the join on.
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (!restart) reject(error);
  });
  consumer.on(consumer.events.GROUP_JOIN, () => {
    for (const { topic, partition, from } of left.values()) consumer.seek({ topic, partition, offset: `${from}` });
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set(spans.map(({ topic }) => topic))], fromBeginning: false });
    await consumer.run({
      autoCommit: false,
      eachBatch: async payload => {
        const { topic, partition, messages } = payload.batch;
        const span = left.get(placeName({ topic, partition }));
        // Before it has come to the beginning of the span, and behind its end, there is nothing for us.
        const wanted = span ? messages.filter(({ offset }) => isWithin(BigInt(offset), span)) : [];
        const last = wanted.at(-1);
        if (!span || !last) return;
        await take({ topic, partition }, wanted).catch((error: unknown) => {
          left.clear(); // nothing more is handed over
          reject(error);
        });
        timer.refresh();
        await payload.heartbeat();
        span.from = BigInt(last.offset) + 1n;
        if (span.from >= span.to) left.delete(placeName(span));
        if (left.size === 0) resolve();
      },
    });
    await complete;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
    await administered(kafka, admin => admin.deleteGroups([groupId])).catch(() => undefined);
  }
};

const isWithin = (offset: bigint, { from, to }: Span): boolean => offset >= from && offset < to;
