import { connectKafka, type LogHints, progressOf, reacting, type Source, type View } from '@slipway/consumers';
import { PostgresEventStore, schemaOf } from '@slipway/event-store';
import type { AnyProcess } from '@slipway/consumers';
import type { ServiceDefinition } from '@slipway/service';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { services } from '../services.ts';

/** Services that run somewhere: their databases, and the broker when events come through one. */
export type Watchable = Readonly<{
  databaseUrlOf: (service: string) => string;
  broker?: Readonly<{ brokers: readonly string[]; prefix: string }>;
}>;

type Watched = Watchable & Readonly<{ definition: ServiceDefinition; pool: pg.Pool; store: PostgresEventStore }>;

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** Resolves when all that was committed is applied everywhere, and all that follows from it is done. Looks from outside. */
export const settled = async (where: Watchable): Promise<void> => {
  const watch = watching(where);
  try {
    await watch.settled();
  } finally {
    await watch.end();
  }
};

/** The same for who looks often. */
export const watching = (where: Watchable): Readonly<Record<'settled' | 'end', () => Promise<void>>> => {
  const watched = services.map(definition => watch(definition, where));
  return {
    settled: () => untilSettled(watched),
    end: async () => {
      for (const { pool } of watched) await pool.end();
    },
  };
};

const watch = (definition: ServiceDefinition, where: Watchable): Watched => {
  const pool = new pg.Pool({
    connectionString: where.databaseUrlOf(definition.name),
    max: 2,
    options: `-c search_path=${schemaOf(definition.name)}`,
  });
  return { ...where, definition, pool, store: new PostgresEventStore(pool) };
};

// What a process does may cause more: all is done when a whole round found nothing new.
const untilSettled = async (watched: readonly Watched[]): Promise<void> => {
  const [first] = watched;
  if (!first) return;
  for (let before = -1; ;) {
    const head = await first.store.settledHead(PATIENCE_MS);
    await Promise.all(watched.map(each => reached(each, head)));
    await Promise.all(watched.map(instructionsDone));
    const after = await first.store.settledHead(PATIENCE_MS);
    if (after === head && before === head) return;
    before = head;
  }
};

const NO_HINTS: LogHints = { next: ms => pause(ms), head: () => 0, stop: () => Promise.resolve() };

const reached = async ({ definition, pool, store, broker }: Watched, head: number): Promise<void> => {
  const log: Source = { kind: 'log', hints: NO_HINTS, pool, store };
  const views: Source = broker
    ? { kind: 'kafka', kafka: connectKafka('slipway-story', broker.brokers), prefix: broker.prefix, pool, store }
    : log;
  const processes = definition.processes as readonly AnyProcess[];
  const viewed: readonly View[] = [
    ...definition.views,
    ...(processes.length > 0 ? [reacting(definition.name, processes)] : []),
  ];
  await Promise.all([
    ...viewed.map(view => orFail(views, view, head)),
    ...(definition.copies ?? []).map(copy => orFail(log, copy, head)),
  ]);
};

const orFail = async (source: Source, view: View, head: number): Promise<void> => {
  const passed = await progressOf(source).waitUntil(view, head, PATIENCE_MS);
  if (passed !== 'passed') throw new Error(`${view.consumer} is ${passed} at ${head}`);
};

const DUE = `
  SELECT process, target, error FROM instructions
  WHERE status = 'pending' AND (due_at IS NULL OR due_at <= clock_timestamp())`;

const instructionsDone = async ({ definition, pool }: Watched): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await pool.query(DUE);
    if (rows.length === 0) return;
    if (performance.now() > deadline)
      throw new Error(`${definition.name} still has to carry out ${JSON.stringify(rows)}`);
    await pause(POLL_MS);
  }
};
