import type pg from 'pg';
import { inTransaction } from '../in-transaction.ts';
import { LOG, topicOf } from '../place.ts';
import type { Source } from '../source.ts';
import type { Projection } from '../subscription.ts';
import { forget } from './beginning.ts';
import { type Rebuild, shadowOf } from './rebuilds.ts';

/** `again`: it has to be filled anew, because an event was skipped that it may have applied. */
export type Switched = 'done' | 'again' | 'called off';

const STILL_WANTED = "SELECT FROM rebuilds WHERE id = $1 AND status = 'running' FOR UPDATE";
// Lets the transaction in hand of the consumer finish, and makes its next one wait.
const HOLD = 'SELECT incarnation, position FROM watermarks WHERE consumer = $1 ORDER BY topic, partition FOR UPDATE';
const HOLD_PARKED = 'SELECT FROM parked_streams WHERE consumer = $1 ORDER BY stream FOR UPDATE';
const SKIPS = 'SELECT count(*)::int AS skips FROM skips WHERE consumer = $1';

/**
 * Puts the new version in place of the old one: tables, watermarks and what is parked, in one transaction. The consumer
 * waits meanwhile, then finds itself overtaken and goes on from there. `catchUp` fills the rest and answers up to where.
 * Throws when the consumer would go back, or when readers hold a table for too long: then it is to be tried again.
 */
export const switchOver = (
  source: Source,
  projection: Projection,
  rebuild: Rebuild,
  catchUp: () => Promise<number>,
): Promise<Switched> =>
  inTransaction(source.pool, async client => {
    const { consumer, tables } = projection;
    // Frozen here, it must not hold up the consumer for long.
    await client.query("SET LOCAL idle_in_transaction_session_timeout = '10s'; SET LOCAL lock_timeout = '2s'");
    if ((await client.query(STILL_WANTED, [rebuild.id])).rowCount === 0) return 'called off';
    const marks = await client.query<{ incarnation: string; position: string }>(HOLD, [consumer]);
    await client.query(HOLD_PARKED, [consumer]);
    const { rows: skipped } = await client.query<{ skips: number }>(SKIPS, [consumer]);
    if (skipped[0]?.skips !== rebuild.skips) return 'again';
    const position = await catchUp();
    const ahead = marks.rows.find(mark => mark.incarnation === rebuild.incarnation && Number(mark.position) > position);
    if (ahead) throw new Error(`${consumer} is at ${ahead.position}, its rebuild at ${position}`);
    await takeOverParked(client, consumer);
    await client.query('SELECT store.finish_rebuild($1)', [tables]);
    await takeOverWatermarks(client, source, projection, rebuild, position);
    await client.query(
      "UPDATE rebuilds SET status = 'done', position = $2, ended_at = clock_timestamp() WHERE id = $1",
      [rebuild.id, position],
    );
    return 'done';
  });

const PARKED_STREAMS = `
  INSERT INTO parked_streams (consumer, stream, cause, error, attempts, parked_at)
  SELECT $1, stream, cause, error, attempts, parked_at FROM parked_streams WHERE consumer = $2`;
const PARKED_EVENTS = `
  INSERT INTO parked_events (consumer, stream, position)
  SELECT $1, stream, position FROM parked_events WHERE consumer = $2`;

const takeOverParked = async (client: pg.ClientBase, consumer: string): Promise<void> => {
  await client.query('DELETE FROM parked_events WHERE consumer = $1', [consumer]);
  await client.query('DELETE FROM parked_streams WHERE consumer = $1', [consumer]);
  await client.query(PARKED_STREAMS, [consumer, shadowOf(consumer)]);
  await client.query(PARKED_EVENTS, [consumer, shadowOf(consumer)]);
};

// Wherever it goes on: at the log, or at any partition that the relay knows. One that comes later begins where the log was left.
const WATERMARKS = `
  INSERT INTO watermarks (consumer, topic, partition, incarnation, position)
  SELECT $1, topic, partition, $2, $3 FROM (
    SELECT '${LOG.topic}' AS topic, ${LOG.partition} AS partition
    UNION SELECT topic, partition FROM watermarks WHERE consumer = $1
    UNION SELECT topic, partition FROM unnest($4::text[], $5::int[]) AS published (topic, partition)
  ) AS place
  ON CONFLICT (consumer, topic, partition) DO UPDATE
  SET incarnation = excluded.incarnation, position = excluded.position, moved_at = clock_timestamp()`;

const takeOverWatermarks = async (
  client: pg.ClientBase,
  source: Source,
  { consumer, categories }: Projection,
  { incarnation }: Rebuild,
  position: number,
): Promise<void> => {
  const partitions = source.kind === 'kafka' ? await partitionsOf(client, source.prefix, categories) : [];
  await client.query(WATERMARKS, [
    consumer,
    incarnation,
    position,
    partitions.map(({ topic }) => topic),
    partitions.map(({ partition }) => partition),
  ]);
  await forget(client, consumer);
};

type Partition = Readonly<{ topic: string; partition: number }>;

const partitionsOf = async (
  client: pg.ClientBase,
  prefix: string,
  categories: readonly string[],
): Promise<readonly Partition[]> => {
  const topics = categories.map(category => topicOf(prefix, category));
  const text = 'SELECT topic, partition FROM relay.partitions WHERE topic = ANY ($1)';
  return (await client.query<Partition>(text, [topics])).rows;
};
