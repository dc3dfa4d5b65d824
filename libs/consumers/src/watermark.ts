import type pg from 'pg';
import { LOG, type Place } from './place.ts';
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

/** Kafka has brought more than the log's watermark says: to read the log from there would give effects twice. */
export class AheadOnKafka extends Error {
  override readonly name = 'AheadOnKafka';
  constructor(consumer: string, position: string) {
    super(`${consumer} was fed through Kafka up to ${position}: rebuild it before it reads the log`);
  }
}

/** Topics of another name bring the log from its beginning: what of it had its effect is known when the old ones are drained. */
export class NotDrained extends Error {
  override readonly name = 'NotDrained';
  constructor(consumer: string, topic: string) {
    super(
      `${consumer} has not had all of ${topic}: let it drain them before it gets others (another TOPIC_PREFIX), or rebuild it`,
    );
  }
}

// What was read from the log itself, a rebuild included, or from topics of another name, need not come again through Kafka.
const FIRST = `
  INSERT INTO watermarks (consumer, topic, partition, incarnation, position)
  SELECT $1, $2, $3, current, greatest($4, (
    SELECT position FROM watermarks WHERE (consumer, topic, partition) = ($1, '${LOG.topic}', ${LOG.partition})))
  FROM store.incarnation() AS current
  ON CONFLICT DO NOTHING`;
// The same category under another prefix: drained, when the consumer is at the end of each partition; then it has had all
// up to where the relay was with that prefix.
const GENERATIONS = `
  SELECT published.topic, bool_and(coalesce(mark.position, 0) >= published.last) AS drained, min(checkpoint.position) AS through
  FROM relay.partitions AS published
  JOIN relay.checkpoints AS checkpoint ON published.topic = checkpoint.prefix || '.' || substring($2 from '[^.]*$')
  LEFT JOIN watermarks AS mark
    ON mark.consumer = $1 AND (mark.topic, mark.partition) = (published.topic, published.partition)
  WHERE published.topic <> $2
    AND EXISTS (SELECT FROM watermarks AS had WHERE had.consumer = $1 AND had.topic = published.topic)
  GROUP BY published.topic`;
// Of any place, too: topics of another name must not make a consumer forget the life that it was filled from.
const READ = `
  SELECT current, position,
    (SELECT incarnation FROM watermarks WHERE consumer = $1 AND incarnation <> current LIMIT 1) AS other,
    (SELECT max(position) FROM watermarks WHERE consumer = $1 AND topic <> '${LOG.topic}') AS on_kafka
  FROM store.incarnation() AS current
  LEFT JOIN watermarks ON (consumer, topic, partition) = ($1, $2, $3)`;

type Row = Readonly<{ current: string; position: string | null; other: string | null; on_kafka: string | null }>;

/** How far a consumer is, in which life of the log. */
export type Watermark = Readonly<{ incarnation: string; position: number }>;

/**
 * At this place; where the log or other topics were left, or 0, when it comes for the first time. Throws `OtherIncarnation`,
 * `AheadOnKafka`, `NotDrained`.
 */
export const watermarkAt = async (pool: pg.Pool, consumer: string, place: Place): Promise<Watermark> => {
  const { topic, partition } = place;
  const read = async (): Promise<Row | undefined> =>
    (await pool.query<Row>(READ, [consumer, topic, partition])).rows[0];
  let row = await read();
  if (row && row.position === null && row.other === null) {
    const before = topic === LOG.topic ? 0 : await drainedThrough(pool, consumer, topic);
    await pool.query(FIRST, [consumer, topic, partition, before]);
    row = await read();
  }
  const { current = 'none', position, other, on_kafka } = row ?? {};
  if (other) throw new OtherIncarnation(consumer, other, current);
  if (topic === LOG.topic && Number(on_kafka) > Number(position)) throw new AheadOnKafka(consumer, on_kafka ?? '');
  return { incarnation: current, position: Number(position) };
};

const drainedThrough = async (pool: pg.Pool, consumer: string, topic: string): Promise<number> => {
  type Generation = { topic: string; drained: boolean; through: string };
  const { rows } = await pool.query<Generation>(GENERATIONS, [consumer, topic]);
  for (const each of rows) if (!each.drained) throw new NotDrained(consumer, each.topic);
  return Math.max(0, ...rows.map(({ through }) => Number(through)));
};

export type Move = Readonly<{
  consumer: string;
  skipsOf: string;
  place: Place;
  incarnation: string;
  from: number;
  through: number;
}>;

// A log that began another life meanwhile is no longer this one.
const MOVE = `
  WITH moved AS (
    UPDATE watermarks SET position = $6, moved_at = clock_timestamp()
    WHERE (consumer, topic, partition) = ($1, $2, $3) AND incarnation = $4 AND position = $5
      AND store.incarnation() = $4 RETURNING 1
  )
  SELECT EXISTS (SELECT FROM moved) AS moved,
    EXISTS (SELECT FROM parked_streams WHERE consumer = $1) OR EXISTS (SELECT FROM skips WHERE consumer = $7) AS concerned`;

// The lock on what is parked makes a replay that is about to end and this batch wait for each other.
const CONCERNED = `
  WITH parked AS (
    SELECT stream FROM parked_streams WHERE consumer = $1 AND stream = ANY ($2::text[]) FOR SHARE
  )
  SELECT ARRAY (SELECT stream FROM parked) AS parked,
    ARRAY (SELECT position::text FROM skips WHERE consumer = $3 AND position = ANY ($4::bigint[])) AS skipped`;

/** What of a batch is parked or skipped. */
export type Concerned = Readonly<{ parked: ReadonlySet<string>; skipped: ReadonlySet<number> }>;

const NOTHING: Concerned = { parked: new Set(), skipped: new Set() };

/** Compare-and-set in the caller's transaction. Throws `Overtaken`. Answers what of the batch is parked or skipped. */
export const moveWatermark = async (
  client: pg.ClientBase,
  move: Move,
  batch: readonly Delivery[],
): Promise<Concerned> => {
  const { consumer, skipsOf, place, incarnation, from, through } = move;
  const { rows } = await client.query<{ moved: boolean; concerned: boolean }>({
    name: 'slipway-move-watermark',
    text: MOVE,
    values: [consumer, place.topic, place.partition, incarnation, from, through, skipsOf],
  });
  if (!rows[0]?.moved) throw new Overtaken(`${consumer} at ${place.topic}/${place.partition} is no longer at ${from}`);
  return rows[0].concerned && batch.length > 0 ? concernedIn(client, move, batch) : NOTHING;
};

export const concernedIn = async (
  client: pg.ClientBase,
  { consumer, skipsOf }: Pick<Move, 'consumer' | 'skipsOf'>,
  batch: readonly Delivery[],
): Promise<Concerned> => {
  const streams = [...new Set(batch.map(event => event.stream))];
  const { rows } = await client.query<{ parked: string[]; skipped: string[] }>({
    name: 'slipway-concerned',
    text: CONCERNED,
    values: [consumer, streams, skipsOf, batch.map(event => event.position)],
  });
  const { parked = [], skipped = [] } = rows[0] ?? {};
  return { parked: new Set(parked), skipped: new Set(skipped.map(Number)) };
};
