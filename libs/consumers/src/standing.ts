import { gauge, metricNames } from '@slipway/telemetry';
import type pg from 'pg';
import { type Progress, progressOf } from './progress.ts';
import { type RebuildProgress, rebuildProgress } from './rebuild/rebuilds.ts';
import type { Source } from './source.ts';
import type { View } from './subscription.ts';

/** A consumer, and where it gets its events from. */
export type Consuming = Readonly<{ view: View; source: Source }>;

/** How far a consumer is behind. */
type Lag = Readonly<{
  /** What it shows. */
  position: number;
  /** Positions between that and the head of the log. */
  lag: number;
  /** Since the first event after that was sequenced, by the clock of the database. */
  lagSeconds: number;
  parkedStreams: number;
}>;

/** How a consumer stands, whether or not it runs. */
export type Standing = Lag &
  Readonly<{
    consumer: string;
    transport: Source['kind'];
    /** Events whose effect was left out, for ever. */
    skips: number;
    /** The last one. */
    rebuild: RebuildProgress | null;
  }>;

/** Asked of the database alone, so that a consumer is seen that hangs, or that another process runs. */
export type Standings = Readonly<{
  list: () => Promise<readonly Standing[]>;
  /** Ends the metrics, which are recorded all the time. */
  stop: () => Promise<void>;
}>;

const MEASURE_MS = 5_000;

/** Of consumers of one service, whose pool it is. Records their lag and what is parked as metrics. */
export const standingsOf = (pool: pg.Pool, consuming: readonly Consuming[], measureMs = MEASURE_MS): Standings => {
  const shown = consuming.map(({ view, source }) => ({ view, progress: progressOf(source) }));
  const names = consuming.map(({ view }) => view.consumer);
  let measuring = Promise.resolve();
  const measure = (): void => {
    measuring = lagsOf(pool, shown).then(record, () => undefined); // the database is away: the next time
  };
  const timer = setInterval(measure, measureMs).unref();
  measure();
  return {
    list: async () => {
      const [lags, skips, rebuilds] = await Promise.all([
        lagsOf(pool, shown),
        countsIn(pool, 'skips', names),
        rebuildProgress(pool, names),
      ]);
      return consuming.map(({ view: { consumer }, source }) => ({
        consumer,
        transport: source.kind,
        ...(lags.get(consumer) ?? NOTHING),
        skips: skips.get(consumer) ?? 0,
        rebuild: rebuilds.get(consumer) ?? null,
      }));
    },
    stop: async () => {
      clearInterval(timer);
      await measuring;
    },
  };
};

const NOTHING: Lag = { position: 0, lag: 0, lagSeconds: 0, parkedStreams: 0 };

const record = (lags: ReadonlyMap<string, Lag>): void => {
  for (const [consumer, { lag, lagSeconds, parkedStreams }] of lags) {
    gauge(metricNames.consumerLag, lag, { consumer });
    gauge(metricNames.consumerLagSeconds, lagSeconds, { consumer });
    gauge(metricNames.consumerParked, parkedStreams, { consumer });
  }
};

type Watched = Readonly<{ view: View; progress: Progress }>;

const lagsOf = async (pool: pg.Pool, watched: readonly Watched[]): Promise<ReadonlyMap<string, Lag>> => {
  const names = watched.map(({ view }) => view.consumer);
  const [positions, parked] = await Promise.all([
    Promise.all(watched.map(({ view, progress }) => progress.position(view))),
    countsIn(pool, 'parked_streams', names),
  ]);
  const { rows } = await pool.query<{ positions: string; seconds: number }>('SELECT * FROM store.lag($1)', [positions]);
  return new Map(
    names.map((name, index) => [
      name,
      {
        position: positions[index] ?? 0,
        lag: Number(rows[index]?.positions ?? 0),
        lagSeconds: rows[index]?.seconds ?? 0,
        parkedStreams: parked.get(name) ?? 0,
      },
    ]),
  );
};

const countsIn = async (
  pool: pg.Pool,
  table: 'parked_streams' | 'skips',
  consumers: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await pool.query<{ consumer: string; count: number }>(
    `SELECT consumer, count(*)::int AS count FROM ${table} WHERE consumer = ANY ($1) GROUP BY consumer`,
    [consumers],
  );
  return new Map(rows.map(({ consumer, count }) => [consumer, count]));
};
