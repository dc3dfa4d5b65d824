import {
  connectKafka,
  consumersMigrations,
  consumerTransport,
  progressOf,
  projecting,
  type Source,
} from '@slipway/consumers';
import { append, quick, seenBy, type Stage, streamOf, tables, tallying, until } from '@slipway/consumers/contract';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { migratedDatabase } from '@slipway/testing';
import { Partitioners } from 'kafkajs';
import pg from 'pg';
import { relayMigrations } from './migrations.ts';
import { startRelay } from './relay.ts';
import { administered, createTopics } from './topics.ts';

const WAIT_MS = 20_000;
const prefix = `holes-${crypto.randomUUID()}`;
const topic = `${prefix}.releases`;
const kafka = connectKafka('test', (process.env['KAFKA_BROKERS'] ?? '').split(','));
const errors: unknown[] = [];
let pool: pg.Pool;
let store: PostgresEventStore;
let source: Source;
let stop: () => Promise<void>;

beforeAll(async () => {
  await createTopics(kafka, { prefix, partitions: 1, replication: 1 });
  const database = await migratedDatabase(
    { directory: consumersMigrations, ledger: 'planning/consumers', searchPath: 'planning' },
    { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' },
  );
  const admin = new pg.Pool({ connectionString: database.url, max: 1 });
  admin.on('error', () => undefined); // dropping the database cuts what has not quite ended
  for (const table of tables) await admin.query(table);
  pool = new pg.Pool({ connectionString: database.urlOf('planning'), options: '-c search_path=planning' });
  store = new PostgresEventStore(pool);
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const relay = startRelay({ url: database.urlOf('relay'), kafka, prefix });
  source = {
    kind: 'kafka',
    kafka,
    prefix,
    store,
    pool,
    settings: { ...quick, batchSize: 3 },
    onError: (_consumer, error) => void errors.push(error),
  };
  stop = async () => {
    await Promise.all([relay.stop(), sequencer.stop()]);
    await Promise.all([pool.end(), admin.end()]);
    await database.drop();
  };
});
afterAll(() => stop());

const view = tallying('planning.holes');

const consumeUntil = async (stream: string, version: number): Promise<number[]> => {
  const transport = consumerTransport(source, projecting(view));
  transport.listen(() => undefined);
  try {
    expect(await progressOf(source).waitFor(view, { stream, version }, WAIT_MS)).toBe('passed');
    return (await seenBy({ pool } as Stage, view))[stream] ?? [];
  } finally {
    await transport.close();
  }
};

const onKafka = (): Promise<number> =>
  administered(kafka, async admin => Number((await admin.fetchTopicOffsets(topic))[0]?.high));
const forgetAll = (): Promise<void> =>
  administered(kafka, async admin => {
    await admin.fetchTopicOffsets(topic); // kafkajs knows the leader only afterwards
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '-1' }] });
  });

test('what Kafka has lost is read from the log: at the beginning, and in the middle', async () => {
  const stream = streamOf();
  await append(store, stream, ...Array.from({ length: 7 }, () => 'ReleaseHeld'));
  await until(async () => (await onKafka()) === 7);
  await forgetAll();
  await append(store, stream, 'ReleaseHeld');
  expect(await consumeUntil(stream, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  await append(store, stream, 'ReleaseHeld', 'ReleaseHeld');
  await until(async () => (await onKafka()) === 10);
  await forgetAll();
  await append(store, stream, 'ReleaseHeld');
  expect(await consumeUntil(stream, 11)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
});

test('a record that is none of the relay’s is told and passed, and nothing is lost by it', async () => {
  const stream = streamOf();
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await append(store, stream, 'ReleaseHeld');
  await producer.send({ topic, messages: [{ key: stream, value: 'neither JSON nor ours', partition: 0 }] });
  await producer.disconnect();
  const version = await append(store, stream, 'ReleaseHeld');
  expect(await consumeUntil(stream, version)).toEqual([1, 2]);
  expect(errors.map(String).filter(error => error.includes("not the relay's"))).toHaveLength(1);
});

test('a record of another life of the log is told and passed', async () => {
  const stream = streamOf();
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await append(store, stream, 'ReleaseHeld');
  const headers = {
    ce_id: 'id-1',
    ce_type: 'dev.slipway.release-held.v1',
    ce_subject: stream,
    ce_time: '2026-03-02T09:00:00.000Z',
    correlationid: 'correlation',
    incarnation: 'another',
    position: '1000000',
    previous: '0',
    version: '2',
  };
  await producer.send({ topic, messages: [{ key: stream, value: '{}', partition: 0, headers }] });
  await producer.disconnect();
  const version = await append(store, stream, 'ReleaseHeld');
  expect(await consumeUntil(stream, version)).toEqual([1, 2]);
  expect(errors.map(String).filter(error => error.includes('another life'))).toHaveLength(1);
});
