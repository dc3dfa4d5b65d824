import {
  connectKafka,
  consumersMigrations,
  consumerTransport,
  type KafkaSource,
  progressOf,
  projecting,
} from '@slipway/consumers';
import { append, quick, seenBy, type Stage, streamOf, tables, tallying, until } from '@slipway/consumers/contract';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { relayMigrations } from './migrations.ts';
import { startRelay } from './relay.ts';
import { createTopics } from './topics.ts';

const WAIT_MS = 20_000;
const kafka = connectKafka('test', (process.env['KAFKA_BROKERS'] ?? '').split(','));
const errors: unknown[] = [];
let database: MigratedDatabase;
let pool: pg.Pool;
let store: PostgresEventStore;
let stop: () => Promise<void>;

beforeAll(async () => {
  database = await migratedDatabase(
    { directory: consumersMigrations, ledger: 'planning/consumers', searchPath: 'planning' },
    { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' },
  );
  const admin = new pg.Pool({ connectionString: database.url, max: 1 });
  admin.on('error', () => undefined); // dropping the database cuts what has not quite ended
  for (const table of tables) await admin.query(table);
  pool = new pg.Pool({ connectionString: database.urlOf('planning'), options: '-c search_path=planning' });
  store = new PostgresEventStore(pool);
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  stop = async () => {
    await sequencer.stop();
    await Promise.all([pool.end(), admin.end()]);
    await database.drop();
  };
});
afterAll(() => stop());

const view = tallying('planning.generations');

/** Topics of one prefix: `relayed` while the relay serves them, `consumed` while the view is fed from them. */
const generation = async (partitions: number) => {
  const prefix = `generation-${crypto.randomUUID()}`;
  await createTopics(kafka, { prefix, partitions, replication: 1 });
  const source: KafkaSource = {
    kind: 'kafka',
    kafka,
    prefix,
    store,
    pool,
    settings: quick,
    onError: (_consumer, error) => void errors.push(error),
  };
  return {
    source,
    relayed: async (work: () => Promise<void>): Promise<void> => {
      const relay = startRelay({ url: database.urlOf('relay'), kafka, prefix });
      const published = async (): Promise<boolean> => relay.stats().position === (await store.settledHead(WAIT_MS));
      await until(published);
      await work();
      await until(published);
      await relay.stop();
    },
    consumed: async (work: () => Promise<void>): Promise<void> => {
      const transport = consumerTransport(source, projecting(view));
      transport.listen(() => undefined);
      await work();
      await transport.close();
    },
  };
};
const passed = async (source: KafkaSource, stream: string, version: number): Promise<void> => {
  expect(await progressOf(source).waitFor(view, { stream, version }, WAIT_MS)).toBe('passed');
};
const seen = async (stream: string): Promise<readonly number[]> =>
  (await seenBy({ pool } as Stage, view))[stream] ?? [];

test('given topics that were drained, when others take their place, then nothing has its effect twice', async () => {
  const stream = streamOf();
  const [first, second] = [await generation(2), await generation(3)];
  await first.relayed(() =>
    first.consumed(async () => {
      const version = await append(store, stream, 'ReleaseHeld', 'ReleaseResumed', 'ReleaseHeld');
      await passed(first.source, stream, version);
    }),
  );
  await second.relayed(() =>
    second.consumed(async () => {
      const version = await append(store, stream, 'ReleaseResumed');
      await passed(second.source, stream, version);
    }),
  );
  expect(await seen(stream)).toEqual([1, 2, 3, 4]);
});

test('given topics that were not drained, when others take their place, then the consumer says so and does nothing', async () => {
  const stream = streamOf();
  const [first, second] = [await generation(1), await generation(1)];
  await first.relayed(async () => {
    await first.consumed(async () => passed(first.source, stream, await append(store, stream, 'ReleaseHeld')));
    await append(store, stream, 'ReleaseResumed');
  });
  await second.relayed(() =>
    second.consumed(() => until(() => Promise.resolve(errors.some(error => String(error).includes('drain them'))))),
  );
  expect(await seen(stream)).toEqual([1]);
});
