import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { backOff, Stopped } from '../back-off.ts';
import { describeFault, isPassing } from '../fault.ts';
import { firstOf } from '../first-of.ts';
import { leading } from '../leading.ts';
import type { By } from '../parking.ts';
import type { Source } from '../source.ts';
import type { Projection } from '../subscription.ts';
import { Overtaken } from '../watermark.ts';
import { begin, begun, end, index } from './beginning.ts';
import { filling } from './filling.ts';
import { askRebuild, cancelRebuild, nextRebuild, noteFault, type Rebuild } from './rebuilds.ts';
import { switchOver } from './switching.ts';

/** A view, and where it gets its events from when it is not rebuilt. */
export type Rebuildable = Readonly<{ projection: Projection; source: Source }>;

export type RebuilderOptions = Readonly<{
  /** One rebuild of a service at a time, in the whole database. */
  service: string;
  /** Of the service's role. */
  pool: pg.Pool;
  views: readonly Rebuildable[];
  /** A look at what was asked for elsewhere. */
  pollMs?: number;
  onError?: (consumer: string, error: unknown) => void;
}>;

/** Fills views anew from the log, beside the version that is read. Goes on by itself after any end of the process. */
export type Rebuilder = Readonly<{
  /** Whether it can be rebuilt here; processes cannot: what they asked for was carried out. */
  knows: (consumer: string) => boolean;
  /** False when a rebuild of it is under way already. */
  ask: (consumer: string, by: By) => Promise<boolean>;
  /** False when none is under way. */
  cancel: (consumer: string, by: By) => Promise<boolean>;
  /** Leaves what is filled as it is: the next one goes on. */
  stop: () => Promise<void>;
}>;

const POLL_MS = 5_000;
const ATTEMPTS = 5;
const DELAYS = { firstDelayMs: 100, longestDelayMs: 5_000 };

export const startRebuilder = (options: RebuilderOptions): Rebuilder => {
  const { pool, views, service, onError } = options;
  const stopped = new AbortController();
  const woken = new EventEmitter();
  const consumers = views.map(({ projection }) => projection.consumer);

  const round = async (): Promise<void> => {
    const waits = views.length > 0 && (await nextRebuild(pool, consumers)) !== undefined;
    const led =
      waits && (await leading(pool, `slipway-rebuild-${service}`, client => workOff(options, client, stopped.signal)));
    if (!led && !stopped.signal.aborted) await firstOf(woken, 'wake', options.pollMs ?? POLL_MS, stopped.signal);
  };
  const keepLooking = async (): Promise<void> => {
    for (let failures = 0; !stopped.signal.aborted;)
      try {
        await round();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!stopped.signal.aborted) onError?.(`${service} rebuilds`, error);
        await backOff(failures, DELAYS, stopped.signal).catch(() => undefined);
      }
  };
  const ended = keepLooking();
  return {
    knows: consumer => consumers.includes(consumer),
    ask: async (consumer, by) => {
      const asked = await askRebuild(pool, consumer, by);
      woken.emit('wake');
      return asked;
    },
    cancel: async (consumer, by) => {
      const canceled = await cancelRebuild(pool, consumer, by);
      woken.emit('wake');
      return canceled;
    },
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
};

/** All that was asked for, one after the other. */
const workOff = async (options: RebuilderOptions, client: pg.PoolClient, stopped: AbortSignal): Promise<void> => {
  const consumers = options.views.map(({ projection }) => projection.consumer);
  for (;;) {
    const rebuild = await nextRebuild(options.pool, consumers);
    const view = options.views.find(({ projection }) => projection.consumer === rebuild?.consumer);
    if (stopped.aborted || !rebuild || !view) return;
    if (rebuild.status === 'canceling') await end(options.pool, rebuild, 'canceled');
    else await watched(client, rebuild, stopped, signal => persist(view, rebuild, signal, options));
  }
};

const WATCH_MS = 500;
const STATUS = "SELECT FROM rebuilds WHERE id = $1 AND status IN ('asked', 'running')";

/** Keeps the session that leads awake, and ends the work when it is called off or another one may lead. */
const watched = async (
  client: pg.PoolClient,
  { id }: Rebuild,
  stopped: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const over = new AbortController();
  const signal = AbortSignal.any([stopped, over.signal]);
  const look = setInterval(() => {
    client.query(STATUS, [id]).then(
      ({ rowCount }) => rowCount === 0 && over.abort(),
      () => over.abort(),
    );
  }, WATCH_MS);
  try {
    await work(signal);
  } finally {
    clearInterval(look);
  }
};

/** Until it has switched, or was stopped, or has failed too often without a step ahead. */
const persist = async (
  view: Rebuildable,
  rebuild: Rebuild,
  signal: AbortSignal,
  { pool, onError }: RebuilderOptions,
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rebuildOnce(view, rebuild, signal);
    } catch (error) {
      if (signal.aborted || error instanceof Stopped) return;
      onError?.(rebuild.consumer, error);
      await noteFault(pool, rebuild, describeFault(error)).catch(() => undefined);
      if (attempt >= ATTEMPTS && !isPassing(error) && !(error instanceof Overtaken))
        return end(pool, rebuild, 'failed', describeFault(error));
      await backOff(attempt, DELAYS, signal).catch(() => undefined);
    }
  }
};

/** From wherever it stands to the switch. */
const rebuildOnce = async ({ source, projection }: Rebuildable, asked: Rebuild, signal: AbortSignal): Promise<void> => {
  const { pool } = source;
  const fillings = await filling(source, projection);
  try {
    for (let rebuild = await begun(pool, asked, projection); ; rebuild = await begin(pool, rebuild, projection)) {
      await fillings.fill(signal);
      if (!rebuild.indexed) await index(pool, rebuild);
      if ((await switchOver(source, projection, rebuild, () => fillings.fill(signal))) !== 'again') return;
    }
  } finally {
    await fillings.close();
  }
};
