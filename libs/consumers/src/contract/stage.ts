import type { EventStore, NewEvent } from '@slipway/event-store';
import { stampOf } from '@slipway/event-sourcing';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { consumerTransport } from '../consumer-transport.ts';
import { type Progress, progressOf } from '../progress.ts';
import { defaults, type Settings, type Source } from '../source.ts';
import type { Delivery, Projection, Subscription, View } from '../subscription.ts';
import type { ConsumerTransport } from '../transport.ts';

/** What a suite of the contract plays on: a store whose events reach the consumers, by whatever way. */
export type Stage = Readonly<{
  /** Of role `slipway_planning`, search path `planning`, with the consumers' tables and those of `tables`. */
  pool: pg.Pool;
  store: EventStore;
  source: (settings: Settings) => Source;
  /** Makes the transport bring everything again to this consumer, from the first event on, as far as it can. */
  redeliver: (consumer: string) => Promise<void>;
  /** Cuts every connection of the service to the database. */
  cutConnections: () => Promise<void>;
  /** Makes a running transport hear nothing more, without an error. */
  deafen: (transport: ConsumerTransport) => void;
  stop: () => Promise<void>;
}>;

/** Views that can be rebuilt, each with a table of its own. */
export const countedViews = Array.from({ length: 12 }, (_, index) => `counts_${index + 1}_v1`);

/** Made in schema `planning` by whoever sets the stage. */
export const tables = [
  ...countedViews.flatMap(table => [
    `CREATE TABLE planning.${table} (stream text PRIMARY KEY, count int NOT NULL, versions int[] NOT NULL) WITH (fillfactor = 90)`,
    `CREATE INDEX ${table}_by_count ON planning.${table} (count)`,
  ]),
  'CREATE TABLE planning.seen (seq bigint GENERATED ALWAYS AS IDENTITY, consumer text, stream text, version int, note text)',
  'CREATE TABLE planning.tallies (consumer text, stream text, count int NOT NULL, PRIMARY KEY (consumer, stream))',
];

export const quick: Settings = { ...defaults, attempts: 3, firstDelayMs: 5, longestDelayMs: 50 };

export const streamOf = (): string => `release-${uuidv7()}`;

const one = (type: string, data: object = {}): NewEvent => ({
  type,
  id: uuidv7(),
  data: { ...data, ...stampOf('person-00000000-0000-4000-8000-000000000000') },
  envelope: { correlationId: 'correlation', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
});

/** Appends one event after the other, each on its own; answers the last version. */
export const append = async (
  store: EventStore,
  stream: string,
  ...events: readonly (string | [type: string, data: object])[]
): Promise<number> => {
  let version = 0;
  for (const event of events) {
    const made = typeof event === 'string' ? one(event) : one(...event);
    version = (await store.append([{ stream, expect: 'any', events: [made] }])).get(stream) ?? 0;
  }
  return version;
};

const SEE = 'INSERT INTO seen (consumer, stream, version, note) VALUES ($1, $2, $3, $4)';
const TALLY = `
  INSERT INTO tallies AS tally VALUES ($1, $2, 1) ON CONFLICT (consumer, stream) DO UPDATE SET count = tally.count + 1`;

type ByHandler = Extract<Projection, { handlers: unknown }>;

/** Writes down every event that it gets, in order, and counts by adding one: a repetition would show. */
export const tallying = (consumer: string, before?: (event: Delivery) => Promise<void> | void): ByHandler => ({
  consumer,
  categories: ['release'],
  tables: ['seen', 'tallies'],
  handlers: {},
  otherwise: async (event, client) => {
    await client.query(SEE, [consumer, event.stream, event.version, event.type]);
    await client.query(TALLY, [consumer, event.stream]);
    await before?.(event);
  },
});

export const seenBy = async ({ pool }: Stage, { consumer }: View): Promise<Record<string, number[]>> => {
  const { rows } = await pool.query<{ stream: string; version: number }>(
    'SELECT * FROM seen WHERE consumer = $1 ORDER BY seq',
    [consumer],
  );
  const seen: Record<string, number[]> = {};
  for (const { stream, version } of rows) (seen[stream] ??= []).push(version);
  return seen;
};

export const tallyOf = async ({ pool }: Stage, { consumer }: View): Promise<number> => {
  const { rows } = await pool.query<{ sum: number }>(
    'SELECT coalesce(sum(count), 0)::int AS sum FROM tallies WHERE consumer = $1',
    [consumer],
  );
  return rows[0]?.sum ?? 0;
};

export type Running = Readonly<{ transport: ConsumerTransport; progress: Progress; errors: unknown[] }>;

export const running = async <Result>(
  stage: Stage,
  subscription: Subscription,
  use: (running: Running) => Promise<Result>,
  settings = quick,
): Promise<Result> => {
  const errors: unknown[] = [];
  const source = { ...stage.source(settings), onError: (_consumer: string, error: unknown) => void errors.push(error) };
  const transport = consumerTransport(source, subscription);
  transport.listen(() => undefined);
  try {
    return await use({ transport, progress: progressOf(source), errors });
  } finally {
    await transport.close();
  }
};

/** Asks until it is so. The test's own time-out is the bound. */
export const until = async (isSo: () => Promise<boolean> | boolean): Promise<void> => {
  while (!(await isSo())) await new Promise(resolve => setTimeout(resolve, 5));
};
