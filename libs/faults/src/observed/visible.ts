import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Played } from '../plan/play.ts';

/** In ms since 1970. */
type Span = Pick<Played, 'beganAt' | 'endedAt'>;

/** When each position became visible through Kafka, in ms since 1970; in the order of time. */
export type Seen = ReadonlyMap<number, number>;

/** What the consumers wrote down. */
export const seenThroughKafka = async (directory: string): Promise<Seen> => {
  const files = (await readdir(directory)).filter(name => /^kafka-consumer-.*\.seen$/.test(name));
  const lines: [at: number, positions: readonly number[]][] = [];
  for (const file of files)
    for (const line of (await readFile(join(directory, file), 'utf8')).split('\n').slice(0, -1)) {
      const [at = 0, ...positions] = line.split(' ').map(Number);
      lines.push([at, positions]);
    }
  lines.sort(([one], [other]) => one - other);
  return new Map(lines.flatMap(([at, positions]) => positions.map(position => [position, at] as const)));
};

const COMMITTED = `
  SELECT log.position, 1000 * extract(epoch FROM pg_xact_commit_timestamp(events.xmin)) AS at
  FROM store.event_log AS log JOIN store.events USING (stream, version)
  WHERE log.sequenced_at BETWEEN to_timestamp($1) AND to_timestamp($2)
    AND ($3 OR NOT EXISTS (
      SELECT FROM store.events AS poisoned WHERE poisoned.stream = log.stream AND poisoned.data->>'poison' IS NOT NULL))
  ORDER BY log.position`;

/** In ms: when it was committed, since 1970, and how long it took from there until it was visible. */
export type Delay = Readonly<{ at: number; delay: number }>;

/** Of what was committed in these spans; streams that were poisoned left out. */
export const delaysIn = async (
  pool: pg.Pool,
  seen: Seen,
  spans: readonly Span[],
  { withPoisoned = true }: Readonly<{ withPoisoned?: boolean }> = {},
): Promise<readonly Delay[]> => {
  const delays: Delay[] = [];
  for (const { beganAt, endedAt } of spans) {
    const { rows } = await pool.query<{ position: string; at: string }>(COMMITTED, [
      beganAt / 1_000,
      endedAt / 1_000,
      withPoisoned,
    ]);
    for (const { position, at } of rows)
      delays.push({ at: Number(at), delay: (seen.get(Number(position)) ?? Infinity) - Number(at) });
  }
  return delays;
};

/** Undefined of nothing. */
export const quantileOf = (delays: readonly Delay[], part: number): number | undefined =>
  quantile(
    delays.map(({ delay }) => delay),
    part,
  );

/** The median, over the seconds, of what 99 of 100 took at most in that second: one stall of the machine is one second. */
export const typicalP99 = (delays: readonly Delay[]): number | undefined => {
  const seconds = Map.groupBy(delays, ({ at }) => Math.floor(at / 1_000));
  return quantile(
    [...seconds.values()].map(each => quantileOf(each, 0.99) ?? 0),
    0.5,
  );
};

const quantile = (values: readonly number[], part: number): number | undefined => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
};

/** A leader was lost when it began. */
type Loss = Pick<Played, 'beganAt' | 'endedAt' | 'recoveredMs'>;

const SEQUENCED = `
  SELECT DISTINCT 1000 * extract(epoch FROM sequenced_at) AS at FROM store.event_log
  WHERE sequenced_at BETWEEN to_timestamp($1) AND to_timestamp($2)`;

/** The longest time without a position until all had recovered, in ms. */
export const sequencerGap = async (pool: pg.Pool, loss: Loss): Promise<number> => {
  const { rows } = await pool.query<{ at: string }>(SEQUENCED, [loss.beganAt / 1_000, endOf(loss) / 1_000]);
  return longestGap(
    loss,
    rows.map(({ at }) => Number(at)),
  );
};

/** The longest time without anything new that is visible. */
export const visibleGap = (seen: Seen, loss: Loss): number =>
  longestGap(
    loss,
    [...new Set(seen.values())].filter(at => at >= loss.beganAt && at <= endOf(loss)),
  );

const endOf = ({ endedAt, recoveredMs }: Loss): number => endedAt + recoveredMs;

const longestGap = (loss: Loss, times: readonly number[]): number => {
  const all = [loss.beganAt, ...times, endOf(loss)].sort((one, other) => one - other);
  return Math.round(Math.max(...all.map((at, index) => at - (all[index - 1] ?? at))));
};
