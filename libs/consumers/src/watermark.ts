import type pg from 'pg';
import type { Place } from './place.ts';
import type { Delivery } from './subscription.ts';

/** Somebody else moved this watermark: what was done here is rolled back, and the watermark is to be read again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** The log is another one than this consumer's: a restored backup, a new database. */
export class OtherIncarnation extends Error {
  override readonly name = 'OtherIncarnation';
  constructor(consumer: string, had: string, has: string) {
    super(`${consumer} was filled from log ${had}, which is now ${has}: rebuild it from the new log`);
  }
}

const FIRST = `
  INSERT INTO watermarks (consumer, topic, partition, incarnation, position) VALUES ($1, $2, $3, $4, 0)
  ON CONFLICT DO NOTHING`;
const READ = `SELECT incarnation, position FROM watermarks WHERE (consumer, topic, partition) = ($1, $2, $3)`;

/** How far the consumer is at this place; 0 when it comes for the first time. */
export const watermarkAt = async (
  pool: pg.Pool,
  consumer: string,
  { topic, partition }: Place,
  incarnation: string,
): Promise<number> => {
  const read = () => pool.query<{ incarnation: string; position: string }>(READ, [consumer, topic, partition]);
  let [row] = (await read()).rows;
  if (!row) {
    await pool.query(FIRST, [consumer, topic, partition, incarnation]);
    [row] = (await read()).rows;
  }
  if (row?.incarnation !== incarnation) throw new OtherIncarnation(consumer, row?.incarnation ?? 'none', incarnation);
  return Number(row.position);
};

export type Move = Readonly<{ consumer: string; place: Place; incarnation: string; from: number; through: number }>;

// The lock on what is parked makes a replay that is about to end and this batch wait for each other.
const MOVE = `
  WITH moved AS (
    UPDATE watermarks SET position = $6, moved_at = clock_timestamp()
    WHERE (consumer, topic, partition) = ($1, $2, $3) AND incarnation = $4 AND position = $5 RETURNING 1
  ), parked AS (
    SELECT stream FROM parked_streams WHERE consumer = $1 AND stream = ANY ($7::text[]) FOR SHARE
  )
  SELECT EXISTS (SELECT FROM moved) AS moved, ARRAY (SELECT stream FROM parked) AS parked,
    ARRAY (SELECT position::text FROM skips WHERE consumer = $1 AND position = ANY ($8::bigint[])) AS skipped`;

type Moved = { moved: boolean; parked: string[]; skipped: string[] };

/** Compare-and-set in the caller's transaction. Throws `Overtaken`. Answers what of the batch is parked or skipped. */
export const moveWatermark = async (
  client: pg.ClientBase,
  move: Move,
  batch: readonly Delivery[],
): Promise<Pick<Moved, 'parked'> & { skipped: number[] }> => {
  const { consumer, place, incarnation, from, through } = move;
  const streams = [...new Set(batch.map(event => event.stream))];
  const positions = batch.map(event => event.position);
  const { rows } = await client.query<Moved>({
    name: 'slipway-move-watermark',
    text: MOVE,
    values: [consumer, place.topic, place.partition, incarnation, from, through, streams, positions],
  });
  const [row] = rows;
  if (!row?.moved) throw new Overtaken(`${consumer} at ${place.topic}/${place.partition} is no longer at ${from}`);
  return { parked: row.parked, skipped: row.skipped.map(Number) };
};
