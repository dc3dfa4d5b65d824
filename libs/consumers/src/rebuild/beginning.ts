import type pg from 'pg';
import { inTransaction } from '../in-transaction.ts';
import { LOG } from '../place.ts';
import type { Projection } from '../subscription.ts';
import { COLUMNS, type Rebuild, shadowOf } from './rebuilds.ts';

/** So many streams at the same time, where the view allows. */
export const LANES = 2;

/** As it stands; from the beginning when it has not begun, or reads a log that is no longer this one. */
export const begun = async (pool: pg.Pool, rebuild: Rebuild, projection: Projection): Promise<Rebuild> => {
  const { rows } = await pool.query<{ incarnation: string }>('SELECT store.incarnation() AS incarnation');
  return rebuild.incarnation === rows[0]?.incarnation ? rebuild : begin(pool, rebuild, projection);
};

const BEGIN_LANES = `
  INSERT INTO watermarks (consumer, topic, partition, incarnation, position)
  SELECT $1, '${LOG.topic}', lane, store.incarnation(), 0 FROM generate_series(0, $2::int - 1) AS lane`;
const BEGUN = `
  UPDATE rebuilds SET status = 'running', incarnation = store.incarnation(), indexed = false, error = NULL,
    started_at = clock_timestamp(), skips = (SELECT count(*) FROM skips WHERE skips.consumer = rebuilds.consumer)
  WHERE id = $1 AND status IN ('asked', 'running') RETURNING ${COLUMNS}`;

/** Empty tables beside those that are read, in the life that the log has now. Throws when it was called off. */
export const begin = (pool: pg.Pool, { id, consumer }: Rebuild, projection: Projection): Promise<Rebuild> =>
  inTransaction(pool, async client => {
    const { tables, alsoWrites = [], independent = false } = projection;
    const looksUp = !('applyAll' in projection); // handlers look for rows; sets are quicker without most indexes
    await client.query('SELECT store.begin_rebuild($1, $2)', [[...tables, ...alsoWrites], looksUp]);
    await forget(client, consumer);
    await client.query(BEGIN_LANES, [shadowOf(consumer), independent ? LANES : 1]);
    const [row] = (await client.query<Rebuild>(BEGUN, [id])).rows;
    if (!row) throw new Error(`the rebuild of ${consumer} was called off`);
    return row;
  });

/** The indexes that it did without while it was filled. */
export const index = (pool: pg.Pool, { id }: Rebuild): Promise<void> =>
  inTransaction(pool, async client => {
    await client.query('SELECT store.index_rebuild()');
    await client.query('UPDATE rebuilds SET indexed = true WHERE id = $1', [id]);
  });

/** Drops what was filled. */
export const end = (
  pool: pg.Pool,
  { id, consumer }: Rebuild,
  status: 'canceled' | 'failed',
  error: string | null = null,
): Promise<void> =>
  inTransaction(pool, async client => {
    await client.query('SELECT store.abandon_rebuild()');
    await forget(client, consumer);
    await client.query('UPDATE rebuilds SET status = $2, error = $3, ended_at = clock_timestamp() WHERE id = $1', [
      id,
      status,
      error,
    ]);
  });

/** Drops what a rebuild has written down about its own way. */
export const forget = async (client: pg.ClientBase, consumer: string): Promise<void> => {
  for (const table of ['parked_events', 'parked_streams', 'watermarks'])
    await client.query(`DELETE FROM ${table} WHERE consumer = $1`, [shadowOf(consumer)]);
};
