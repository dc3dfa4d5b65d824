import { PostgresEventStore } from '@slipway/event-store';
import pg from 'pg';
import { Stopped } from '../back-off.ts';
import { deliver, type Receiver } from '../deliver.ts';
import type { LogBatch } from '../log-reader.ts';
import { LogStretches } from '../log-stretches.ts';
import { LOG, partitionOf } from '../place.ts';
import { projecting } from '../projecting.ts';
import { settingsOf, type Source } from '../source.ts';
import type { Delivery, Projection } from '../subscription.ts';
import { LANES } from './beginning.ts';
import { shadowOf } from './rebuilds.ts';

/** A transaction of handlers, which go one by one, is not to last for seconds. */
const LONGEST_BY_HANDLERS = 500;

/** The new version of a view while it is being filled, on connections of its own: one a lane, and two that read. */
export type Filling = Readonly<{
  /** Goes on from where each lane is, up to the head as it is then; answers that position. */
  fill: (signal: AbortSignal) => Promise<number>;
  close: () => Promise<void>;
}>;

/** Answers what fills the tables beside those that are read. Its handlers find them first in the search path. */
export const filling = async (source: Source, projection: Projection): Promise<Filling> => {
  const pool = await poolBeside(source.pool);
  return {
    fill: signal => fill({ ...source, pool }, projection, signal),
    close: () => pool.end(),
  };
};

// In the packet that opens each connection, so that no statement of it can ever reach the tables that are read. What is lost
// in a crash is lost with its watermark; the switch waits for the disk.
const poolBeside = async (pool: pg.Pool): Promise<pg.Pool> => {
  const { rows } = await pool.query<{ own: string }>('SELECT current_schema() AS own');
  const own = rows[0]?.own ?? '';
  const { options: given } = pool;
  const beside = new pg.Pool({
    ...given,
    password: given.password, // not among what is spread
    max: LANES + 2,
    options: `-c search_path=${own}_rebuild,${own} -c synchronous_commit=off`,
  });
  beside.on('error', () => undefined); // the query that meets it says so too
  return beside;
};

type Lane = { readonly partition: number; readonly incarnation: string; at: number };

const fill = async (source: Source, projection: Projection, signal: AbortSignal): Promise<number> => {
  const { consumer, categories } = projection;
  const lanes = await lanesOf(source.pool, projection);
  const subscription = { ...projecting(projection), consumer: shadowOf(consumer), skipsOf: consumer };
  const receiver: Receiver = { source, subscription, signal };
  const { batchSize } = settingsOf(source);
  const length = 'applyAll' in projection ? batchSize : Math.min(batchSize, LONGEST_BY_HANDLERS);
  const after = Math.min(...lanes.map(({ at }) => at));
  const log = new LogStretches(new PostgresEventStore(source.pool), categories, after, length);
  for (;;) {
    if (signal.aborted) throw new Stopped();
    const batch = await log.next();
    const parts = partsOf(batch, lanes.length);
    await Promise.all(lanes.map((lane, nth) => fillLane(receiver, lane, parts[nth] ?? [], batch.through)));
    if (!batch.isFull) return batch.through;
  }
};

/** The events of each lane: those of a stream are always of the same one. */
const partsOf = ({ events }: LogBatch, lanes: number): readonly (readonly Delivery[])[] => {
  if (lanes === 1) return [events];
  const parts = Array.from({ length: lanes }, (): Delivery[] => []);
  for (const event of events) parts[partitionOf(event.stream, lanes)]?.push(event);
  return parts;
};

/** Its part of the batch, and the news that there was nothing else for it. After a kill one lane may be ahead of the others. */
const fillLane = async (receiver: Receiver, lane: Lane, part: readonly Delivery[], through: number): Promise<void> => {
  const { partition, incarnation, at: from } = lane;
  if (through <= from) return;
  const events = part.filter(({ position }) => position > from);
  const place = { topic: LOG.topic, partition };
  await deliver(receiver, { place, incarnation, from, through, events });
  lane.at = through;
};

const LANES_OF = 'SELECT partition, incarnation, position FROM watermarks WHERE consumer = $1 ORDER BY partition';

const lanesOf = async (pool: pg.Pool, { consumer }: Projection): Promise<Lane[]> => {
  type Row = { partition: number; incarnation: string; position: string };
  const { rows } = await pool.query<Row>(LANES_OF, [shadowOf(consumer)]);
  if (rows.length === 0) throw new Error(`the rebuild of ${consumer} has no lanes`);
  return rows.map(({ partition, incarnation, position }) => ({ partition, incarnation, at: Number(position) }));
};
