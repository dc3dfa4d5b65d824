import type pg from 'pg';
import type { Lasts } from './batch.ts';

/** What one checkpoint says beside the position: of each partition that was written to since the one before; no first: not known. */
export type Stretch = Readonly<{ firsts: Lasts; lasts: Lasts }>;

export const readCheckpoint = async (
  client: pg.ClientBase,
  prefix: string,
): Promise<Readonly<{ incarnation: string; position: number }> | undefined> => {
  const { rows } = await client.query<{ incarnation: string; position: string }>(
    'SELECT incarnation, position FROM relay.checkpoints WHERE prefix = $1',
    [prefix],
  );
  return rows[0] && { incarnation: rows[0].incarnation, position: Number(rows[0].position) };
};

const CHECKPOINT = `
  INSERT INTO relay.checkpoints AS kept (prefix, incarnation, position) VALUES ($1, $2, $3)
  ON CONFLICT (prefix) DO UPDATE SET position = excluded.position WHERE kept.position <= excluded.position`;

const PARTITIONS = `
  INSERT INTO relay.partitions AS kept (topic, partition, last, first, before)
  SELECT topic, partition, last, first, 0 FROM unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) AS sent (topic, partition, last, first)
  ON CONFLICT (topic, partition) DO UPDATE SET before = kept.last, first = greatest(excluded.first, kept.last + 1), last = excluded.last
  WHERE kept.last < excluded.last`;

/** Only while this epoch leads: throws PostgreSQL's SW010 when another one does. */
export const writeCheckpoint = async (
  client: pg.ClientBase,
  { prefix, incarnation, epoch }: Readonly<{ prefix: string; incarnation: string; epoch: string }>,
  position: number,
  { firsts, lasts }: Stretch,
): Promise<void> => {
  const places = [...lasts.keys()].map(place => ({ place, at: place.lastIndexOf('/') }));
  await client.query('BEGIN');
  try {
    await client.query("SELECT store.hold_lead('relay', $1)", [epoch]);
    await client.query(CHECKPOINT, [prefix, incarnation, position]);
    await client.query(PARTITIONS, [
      places.map(({ place, at }) => place.slice(0, at)),
      places.map(({ place, at }) => Number(place.slice(at + 1))),
      [...lasts.values()],
      places.map(({ place }) => firsts.get(place) ?? 1),
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

/** How many partitions each topic had when something was last published. */
export const recordedPartitions = async (
  client: pg.ClientBase,
  topics: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await client.query<{ topic: string; count: number }>(
    'SELECT topic, count(*)::int AS count FROM relay.partitions WHERE topic = ANY ($1) GROUP BY topic',
    [topics],
  );
  return new Map(rows.map(({ topic, count }) => [topic, count]));
};
