import type pg from 'pg';
import type { By } from '../parking.ts';

/**
 * `asked` waits for its turn, `running` fills the new version, `canceling` is about to drop it. The others are over: `failed`
 * could not go on, `done` has switched.
 */
export type RebuildStatus = 'asked' | 'running' | 'canceling' | 'canceled' | 'failed' | 'done';

export type Rebuild = Readonly<{
  id: string;
  consumer: string;
  status: RebuildStatus;
  /** Life of the log that it reads; null before it has begun. */
  incarnation: string | null;
  /** Skips of the consumer when it began. */
  skips: number;
  /** All indexes of the new version are there. */
  indexed: boolean;
}>;

/** What people see of the last rebuild of a consumer. */
export type RebuildProgress = Readonly<{
  status: RebuildStatus;
  /** Up to here the new version is filled, or was when it switched. */
  position: number;
  /** Streams that it could not go on with. */
  parkedStreams: number;
  actor: string;
  reason: string;
  askedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  error: string | null;
}>;

/** The name under which a rebuild keeps its watermarks and what it parks, until it switches. */
export const shadowOf = (consumer: string): string => `${consumer}@rebuild`;

export const COLUMNS = 'id, consumer, status, incarnation, skips, indexed';
const UNFINISHED = `status IN ('asked', 'running', 'canceling')`;

/** Asks for a rebuild. False when one of this consumer is under way. */
export const askRebuild = async (pool: pg.Pool, consumer: string, { actor, reason }: By): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `INSERT INTO rebuilds (consumer, actor, reason) VALUES ($1, $2, $3)
     ON CONFLICT (consumer) WHERE ${UNFINISHED} DO NOTHING`,
    [consumer, actor, reason],
  );
  return rowCount === 1;
};

/** Calls off the rebuild that is under way: what is read stays as it is. False when there is none. */
export const cancelRebuild = async (pool: pg.Pool, consumer: string, { actor, reason }: By): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `UPDATE rebuilds SET status = 'canceling', canceled_by = $2, cancel_reason = $3
     WHERE consumer = $1 AND status IN ('asked', 'running')`,
    [consumer, actor, reason],
  );
  return rowCount === 1;
};

/** The one to work on: one at a time in a service, first come first served, and begun ones before others. */
export const nextRebuild = async (pool: pg.Pool, consumers: readonly string[]): Promise<Rebuild | undefined> => {
  const { rows } = await pool.query<Rebuild>(
    `SELECT ${COLUMNS} FROM rebuilds WHERE ${UNFINISHED} AND consumer = ANY ($1)
     ORDER BY status = 'asked', id LIMIT 1`,
    [consumers],
  );
  return rows[0];
};

/** What it last met, for people to see; it is tried again all the same. */
export const noteFault = async (pool: pg.Pool, { id }: Rebuild, error: string): Promise<void> => {
  await pool.query('UPDATE rebuilds SET error = $2 WHERE id = $1', [id, error]);
};

const PROGRESS = `
  SELECT DISTINCT ON (consumer) consumer, status, actor, reason, asked_at, started_at, ended_at, error,
    coalesce(position, (SELECT min(position) FROM watermarks WHERE watermarks.consumer = rebuilds.consumer || '@rebuild'), 0)
      AS position,
    (SELECT count(*)::int FROM parked_streams WHERE parked_streams.consumer = rebuilds.consumer || '@rebuild') AS parked
  FROM rebuilds WHERE consumer = ANY ($1) ORDER BY consumer, id DESC`;

type ProgressRow = Readonly<{
  consumer: string;
  status: RebuildStatus;
  position: string;
  parked: number;
  actor: string;
  reason: string;
  asked_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  error: string | null;
}>;

/** The last rebuild of each of these consumers that has had one. */
export const rebuildProgress = async (
  pool: pg.Pool,
  consumers: readonly string[],
): Promise<ReadonlyMap<string, RebuildProgress>> => {
  const { rows } = await pool.query<ProgressRow>(PROGRESS, [consumers]);
  return new Map(rows.map(row => [row.consumer, progressIn(row)]));
};

const progressIn = ({ status, position, parked, actor, reason, error, ...at }: ProgressRow): RebuildProgress => ({
  status,
  position: Number(position),
  parkedStreams: parked,
  actor,
  reason,
  askedAt: at.asked_at.toISOString(),
  startedAt: at.started_at?.toISOString() ?? null,
  endedAt: at.ended_at?.toISOString() ?? null,
  error,
});
