import { connectKafka } from '@slipway/consumers';
import { append, streamOf, until } from '@slipway/consumers/contract';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import type { KafkaMessage } from 'kafkajs';
import pg from 'pg';
import { relayMigrations } from './migrations.ts';
import { startRelay } from './relay.ts';
import { readSpans, spansOf } from './spans.ts';
import { administered, createTopics } from './topics.ts';
import { verifyTopics } from './verify-topics.ts';

const NONE = {
  missingFromKafka: 0,
  beyondTheLog: 0,
  differingBytes: 0,
  kafkaInversions: 0,
  brokenChains: 0,
  foreignRecords: 0,
};
const EVENTS = 12;

const kafka = connectKafka('test', (process.env['KAFKA_BROKERS'] ?? '').split(','));
let prefix: string;
let topic: string;
let database: MigratedDatabase;
let client: pg.Client;
let pool: pg.Pool;

beforeEach(async () => {
  prefix = `verify-${crypto.randomUUID()}`;
  topic = `${prefix}.releases`;
  await createTopics(kafka, { prefix, partitions: 1, replication: 1 });
  database = await migratedDatabase({ directory: relayMigrations, ledger: 'relay', searchPath: 'relay' });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  pool = new pg.Pool({ connectionString: database.urlOf('planning') });
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const relay = startRelay({ url: database.urlOf('relay'), kafka, prefix });
  const store = new PostgresEventStore(pool);
  const streams = [streamOf(), streamOf(), streamOf()];
  for (let event = 0; event < EVENTS; event += 1) await append(store, streams[event % 3] ?? '', 'ReleaseHeld');
  await until(() => relay.stats().position === EVENTS);
  await Promise.all([sequencer.stop(), relay.stop()]);
});
afterEach(async () => {
  await Promise.all([client.end(), pool.end()]);
  await database.drop();
});

const verify = () => verifyTopics({ client, kafka, prefix });

/** What the relay sent, in order. */
const sent = async (): Promise<readonly KafkaMessage[]> => {
  const all: KafkaMessage[] = [];
  await readSpans(kafka, await spansOf(kafka, [topic]), (_place, records) => {
    all.push(...records);
    return Promise.resolve();
  });
  return all;
};

const forgetBefore = (offset: string): Promise<void> =>
  administered(kafka, async admin => {
    await admin.fetchTopicOffsets(topic); // kafkajs knows the leader only afterwards
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] });
  });

type Changed = Readonly<{ value?: string; headers?: Readonly<Record<string, string>> }>;

/** Puts these in the place of all records. */
const sendInstead = async (records: readonly KafkaMessage[], change: (nth: number) => Changed = () => ({})) => {
  await forgetBefore('-1');
  const producer = kafka.producer({ createPartitioner: () => () => 0 });
  await producer.connect();
  const messages = records.map(({ key, value, headers }, nth) => {
    const changed = change(nth + 1);
    return { key, value: changed.value ?? value, headers: { ...headers, ...changed.headers } };
  });
  await producer.send({ topic, messages, acks: -1 });
  await producer.disconnect();
};

test('finds nothing where all is well, and tells how far it is', async () => {
  const told: number[] = [];
  const found = await verifyTopics({ client, kafka, prefix, onProgress: (records, of) => told.push(records, of) });
  expect(found).toEqual(NONE);
  expect(told.slice(-2)).toEqual([EVENTS, EVENTS]);
});

test('what was sent twice, one behind the other or later, is no violation', async () => {
  const all = await sent();
  await sendInstead([...all.slice(0, 9), ...all.slice(3, 9), ...all.slice(9)]);
  expect(await verify()).toEqual(NONE);
});

test('counts what is gone', async () => {
  await forgetBefore('4');
  expect(await verify()).toEqual({ ...NONE, missingFromKafka: 4, brokenChains: 1 });
});

test.each<[string, number, (nth: number) => Changed]>([
  ['differingBytes', 1, nth => (nth === 5 ? { value: '{}' } : {})],
  ['differingBytes', 2, nth => (nth > 10 ? { headers: { envelope: '{}' } } : {})],
  ['differingBytes', EVENTS, () => ({ headers: { ce_time: '2026-01-01T00:00:00.000Z' } })],
  ['brokenChains', 1, nth => (nth === 5 ? { headers: { previous: '3' } } : {})],
  ['beyondTheLog', 1, nth => (nth === EVENTS ? { headers: { position: '99' } } : {})],
  ['foreignRecords', 1, nth => (nth === 5 ? { headers: { incarnation: crypto.randomUUID() } } : {})],
  ['foreignRecords', 2, nth => (nth > 10 ? { headers: { ce_subject: 'change-1' } } : {})],
])('counts what is broken: %s, %i', async (name, count, change) => {
  await sendInstead(await sent(), change);
  expect(await verify()).toMatchObject({ [name]: count });
});

test('counts what is out of order', async () => {
  const all = await sent();
  await sendInstead([...all.slice(0, 3), ...all.slice(4, 6), ...all.slice(3, 4), ...all.slice(6)]);
  expect(await verify()).toMatchObject({ missingFromKafka: 0, kafkaInversions: 1, brokenChains: 2 });
});
