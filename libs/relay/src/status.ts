import type { Kafka } from 'kafkajs';
import type pg from 'pg';
import { existing } from './spans.ts';
import { administered, topicsOf } from './topics.ts';

/** Of each prefix that was ever published under: behind the head by so many positions, the oldest of which is so old. */
export type RelayStatus = Readonly<{
  prefix: string;
  incarnation: string;
  position: number;
  lag: number;
  lagSeconds: number;
}>;

export type TopicStatus = Readonly<{ topic: string; partitions: number; records: number }>;

const STATUS = `
  SELECT prefix, incarnation, position::float8, (store.head() - position)::float8 AS lag, coalesce((
      SELECT extract(epoch FROM clock_timestamp() - sequenced_at) FROM store.event_log WHERE event_log.position = checkpoints.position + 1
    ), 0)::float8 AS "lagSeconds"
  FROM relay.checkpoints ORDER BY prefix`;

/** As the owner of the database. */
export const relayStatus = async (client: pg.ClientBase): Promise<readonly RelayStatus[]> =>
  (await client.query<RelayStatus>(STATUS)).rows;

/** How many records each topic holds; those that are not there are left out. */
export const topicStatus = (kafka: Kafka, prefix: string): Promise<readonly TopicStatus[]> =>
  administered(kafka, async admin => {
    const found: TopicStatus[] = [];
    for (const topic of await existing(admin, topicsOf(prefix))) {
      const offsets = await admin.fetchTopicOffsets(topic);
      const records = offsets.reduce((sum, { high, low }) => sum + Number(BigInt(high) - BigInt(low)), 0);
      found.push({ topic, partitions: offsets.length, records });
    }
    return found;
  });
