import { connectKafka, topicOf } from '@slipway/consumers';
import { categories } from '@slipway/contracts';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { System } from './system.ts';

export type PublishedRecord = Readonly<{
  topic: string;
  key: Buffer;
  value: Buffer;
  headers: Readonly<Record<string, Buffer>>;
}>;

/** Every record on the topics of a system, up to what is there now. */
export const publishedRecords = async ({
  broker: { brokers, prefix },
}: System): Promise<readonly PublishedRecord[]> => {
  const kafka = connectKafka('slipway-story', brokers);
  const topics = categories.map(({ name }) => topicOf(prefix, name));
  const ends = await endsOf(kafka, topics);
  const left = new Set(ends.keys());
  const found: PublishedRecord[] = [];
  const all = Promise.withResolvers<void>();
  if (left.size === 0) all.resolve();
  const consumer = kafka.consumer({ groupId: `${prefix}.reader-${randomUUID()}`, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ topic, partition, message: { key, value, headers = {}, offset } }) => {
      const texts = Object.entries(headers).map(([name, text]) => [name, Buffer.from(String(text))] as const);
      found.push({ topic, key: key ?? Buffer.of(), value: value ?? Buffer.of(), headers: Object.fromEntries(texts) });
      const place = `${topic}/${partition}`;
      if (BigInt(offset) + 1n >= (ends.get(place) ?? 0n)) left.delete(place);
      if (left.size === 0) all.resolve();
      return Promise.resolve();
    },
  });
  await all.promise;
  await consumer.disconnect();
  return found;
};

const endsOf = async (kafka: ReturnType<typeof connectKafka>, topics: readonly string[]) => {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map<string, bigint>();
  for (const topic of topics)
    for (const { partition, high } of await admin.fetchTopicOffsets(topic))
      if (BigInt(high) > 0n) ends.set(`${topic}/${partition}`, BigInt(high));
  await admin.disconnect();
  return ends;
};

/** Every row of the events table, as the bytes that are stored. */
export const storedRows = async ({ databaseUrl }: System): Promise<readonly Buffer[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ bytes: Buffer }>(
      `SELECT convert_to(concat_ws(E'\\n', stream, version, id, type, data::text, envelope::text), 'UTF8') AS bytes FROM store.events`,
    );
    return rows.map(({ bytes }) => bytes);
  } finally {
    await client.end();
  }
};
