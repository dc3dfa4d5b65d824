import { connectKafka } from '@slipway/consumers';
import { until } from '@slipway/consumers/contract';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { createTopics, relayMigrations, startRelay } from '@slipway/relay';
import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { slipway } from './peer.example.ts';

const BROKERS = process.env['KAFKA_BROKERS'] ?? '';
const kafka = connectKafka('cli-test', BROKERS.split(','));
let database: MigratedDatabase;
let admin: pg.Client;
let pool: pg.Pool;
let env: Readonly<{ DATABASE_URL: string; KAFKA_BROKERS: string; TOPIC_PREFIX: string }>;

beforeEach(async () => {
  database = await migratedDatabase({ directory: relayMigrations, ledger: 'relay', searchPath: 'relay' });
  env = { DATABASE_URL: database.url, KAFKA_BROKERS: BROKERS, TOPIC_PREFIX: `cli-${randomUUID()}` };
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  pool = new pg.Pool({ connectionString: database.urlOf('planning') });
  await createTopics(kafka, { prefix: env.TOPIC_PREFIX, partitions: 1, replication: 1 });
});
afterEach(async () => {
  await Promise.all([admin.end(), pool.end()]);
  await database.drop();
});

/** Appends so many events, while the sequencer and the relay run, until all is published. */
const published = async (events: number): Promise<void> => {
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const relay = startRelay({ url: database.urlOf('relay'), kafka, prefix: env.TOPIC_PREFIX });
  const store = new PostgresEventStore(pool);
  const held = () => ({ type: 'ReleaseHeld', id: uuidv7(), data: {}, envelope: { correlationId: uuidv7() } });
  await store.append([
    { stream: `release-${uuidv7()}`, expect: 'no-stream', events: Array.from({ length: events }, held) },
  ]);
  const head = await store.settledHead(10_000);
  await until(() => relay.stats().position >= head);
  await Promise.all([sequencer.stop(), relay.stop()]);
};

/** As an older backup has it. */
const forgetBehind = async (position: number): Promise<void> => {
  await admin.query('SET session_replication_role = replica');
  for (const table of ['events', 'event_log', 'streams'])
    await admin.query(`ALTER TABLE store.${table} DISABLE TRIGGER USER`);
  await admin.query(`DELETE FROM store.event_log WHERE position > ${position}`);
  await admin.query(
    'DELETE FROM store.events WHERE NOT EXISTS (SELECT FROM store.event_log AS log WHERE (log.stream, log.version) = (events.stream, events.version))',
  );
  await admin.query(
    'UPDATE store.streams SET version = (SELECT count(*) FROM store.events WHERE events.stream = streams.stream)',
  );
};

test('status tells head, relay, topics and sizes, for people and for machines', async () => {
  await published(3);
  const { exitCode, out } = await slipway(env, 'store', 'status');
  expect(exitCode).toBe(0);
  for (const line of [
    /^Head 3, /m,
    /^Pending: 0 events/m,
    /^Epochs: .*sequencer 1/m,
    /releases +1 +3$/m,
    /store\.events/,
  ])
    expect(out).toMatch(line);
  const answer: unknown = JSON.parse((await slipway(env, '--json', 'store', 'status')).out);
  expect(answer).toMatchObject({
    head: 3,
    pending: { events: 0 },
    relay: [{ prefix: env.TOPIC_PREFIX, position: 3, lag: 0, lagSeconds: 0 }],
  });
});

test('verify counts what is broken, and ends with 1 when something is', async () => {
  await published(3);
  const well = await slipway(env, 'store', 'verify');
  expect(well).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('Nothing is broken.'),
    err: expect.stringContaining('compared with Kafka: 3 of 3'),
  });
  await forgetBehind(2);
  const broken = await slipway(env, '--json', 'store', 'verify');
  expect(broken.exitCode).toBe(1);
  expect(JSON.parse(broken.out)).toMatchObject({ store: { eventsWithoutPosition: 0 }, topics: { beyondTheLog: 1 } });
});

test('without Kafka verify says that it was not compared', async () => {
  const { exitCode, out } = await slipway({ DATABASE_URL: env.DATABASE_URL }, 'store', 'verify');
  expect(exitCode).toBe(0);
  expect(out).toContain('Kafka was not compared: KAFKA_BROKERS is not set.');
});

test('recover tells what is missing, takes it back when told to, and then there is nothing left to do', async () => {
  await published(5);
  await forgetBehind(2);
  const told = await slipway(env, 'store', 'recover');
  expect(told.exitCode).toBe(1);
  expect(told.out).toContain('--from-kafka takes back 3 to 5, byte for byte');
  expect(await slipway(env, 'store', 'recover', '--from-kafka')).toMatchObject({
    exitCode: 0,
    out: 'Taken back from Kafka: positions 3 to 5. Sequencer and relay may be started.\n',
  });
  expect(await slipway(env, 'store', 'recover')).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('Nothing is missing'),
  });
  expect((await slipway(env, 'store', 'verify')).exitCode).toBe(0);
});

test('a new incarnation is opened by somebody, for a reason, where something is wrong', async () => {
  await published(5);
  const words = ['store', 'recover', '--new-incarnation'];
  expect(await slipway(env, ...words)).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('--by and --reason'),
  });
  const named = [...words, '--by', 'olga', '--reason', 'the tail is given up'];
  expect(await slipway(env, ...named)).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('there is nothing to recover'),
  });
  await forgetBehind(2);
  const { exitCode, out } = await slipway(env, ...named);
  expect([exitCode, out]).toEqual([
    0,
    expect.stringContaining('goes on behind position 2. Start the relay with another'),
  ]);
  const after = await slipway(env, 'store', 'recover');
  expect([after.exitCode, after.out]).toEqual([1, expect.stringContaining('Kafka has records of log')]);
});

test.each([
  [{}, 'DATABASE_URL is not set.'],
  [{ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }, 'KAFKA_BROKERS is not set.'],
])('recover with %j is wrong usage', async (given, message) => {
  expect(await slipway(given, 'store', 'recover')).toEqual({ exitCode: 2, out: '', err: `slipway: ${message}\n` });
});
