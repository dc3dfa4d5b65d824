import { categoryNamed } from '@slipway/contracts';
import { categoryOf } from '@slipway/event-sourcing';
import type pg from 'pg';
import { giveEffect } from '../effect.ts';
import { inTransaction } from '../in-transaction.ts';
import { LogReader } from '../log-reader.ts';
import type { By } from '../parking.ts';
import { LOG, partitionOf } from '../place.ts';
import type { Source } from '../source.ts';
import type { Delivery, Subscription } from '../subscription.ts';
import { concernedIn } from '../watermark.ts';

const BATCH = 1_000;

type Mark = Readonly<{ topic: string; partition: number; position: number; isCurrent: boolean }>;

const MARKS = `
  SELECT topic, partition, incarnation, position, store.incarnation() AS current FROM watermarks
  WHERE consumer = $1 ORDER BY topic, partition FOR UPDATE`;
const FORGET = 'DELETE FROM watermarks WHERE consumer = $1';
const ACCEPT = `
  INSERT INTO watermarks (consumer, topic, partition, incarnation, position)
  VALUES ($1, '${LOG.topic}', ${LOG.partition}, store.incarnation(), $2)`;

const RECORD = `
  INSERT INTO rebuilds (consumer, status, actor, reason, started_at, incarnation, position, ended_at)
  VALUES ($1, 'done', $2, $3, now(), store.incarnation(), $4, clock_timestamp())`;

/**
 * Takes a consumer over into another life of the log as it is. For processes, which are not rebuilt: what they keep lies in
 * the database of the log and came back with it. What they had not had yet is read from the log, in this transaction; from
 * there they go on, over the log or Kafka. False when the log is the one that they know. Throws what a reaction throws.
 */
export const acceptLife = (source: Source, subscription: Subscription, by: By): Promise<boolean> =>
  inTransaction(source.pool, async client => {
    const { consumer, categories } = subscription;
    const marks = await marksOf(client, consumer);
    if (marks.every(({ isCurrent }) => isCurrent)) return false;
    const had = await hadBy(client, marks);
    const reader = new LogReader(source.store, categories, Math.min(...marks.map(({ position }) => position)));
    for (;;) {
      const { events, through, isFull } = await reader.next(BATCH);
      const rest = events.filter(event => !had(event));
      const concerned = await concernedIn(client, { consumer, skipsOf: consumer }, rest);
      await giveEffect(client, subscription, rest, concerned);
      if (isFull) continue;
      await client.query(FORGET, [consumer]);
      await client.query(ACCEPT, [consumer, through]);
      await client.query(RECORD, [consumer, by.actor, by.reason, through]);
      return true;
    }
  });

const marksOf = async (client: pg.ClientBase, consumer: string): Promise<readonly Mark[]> => {
  type Row = Omit<Mark, 'position' | 'isCurrent'> & Record<'incarnation' | 'current' | 'position', string>;
  const { rows } = await client.query<Row>(MARKS, [consumer]);
  return rows.map(({ topic, partition, position, incarnation, current }) => ({
    topic,
    partition,
    position: Number(position),
    isCurrent: incarnation === current,
  }));
};

const PARTITIONS = 'SELECT topic, count(*)::int AS count FROM relay.partitions WHERE topic = ANY ($1) GROUP BY topic';

/** Whether an event was had, be it from the log or from the partition that it lay in. */
const hadBy = async (client: pg.ClientBase, marks: readonly Mark[]): Promise<(event: Delivery) => boolean> => {
  const log = marks.find(({ topic }) => topic === LOG.topic)?.position ?? 0;
  const topics = [...new Set(marks.map(({ topic }) => topic))].filter(topic => topic !== LOG.topic);
  const { rows } =
    topics.length > 0 ? await client.query<{ topic: string; count: number }>(PARTITIONS, [topics]) : NONE;
  return ({ stream, position }) =>
    position <= log ||
    rows.some(({ topic, count }) => {
      const partition = partitionOf(stream, count);
      const mark = isTopicOf(topic, stream) && marks.find(each => each.topic === topic && each.partition === partition);
      return mark !== false && position <= (mark?.position ?? 0);
    });
};

const NONE = { rows: [] };

const isTopicOf = (topic: string, stream: string): boolean =>
  topic.endsWith(`.${categoryNamed(categoryOf(stream))?.plural}`);
