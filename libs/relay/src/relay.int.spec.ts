import { connectKafka, consumersMigrations, logHints } from '@slipway/consumers';
import { append, streamOf, until } from '@slipway/consumers/contract';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { type MigratedDatabase, migratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { readTopic } from './topic.reader.ts';
import { relayMigrations } from './migrations.ts';
import { type Relay, startRelay } from './relay.ts';
import { administered, createTopics, RelayRefused, topicsOf } from './topics.ts';

const kafka = connectKafka('test', (process.env['KAFKA_BROKERS'] ?? '').split(','));
let database: MigratedDatabase;
let admin: pg.Pool;
let pool: pg.Pool;
let store: PostgresEventStore;
let sequencer: ReturnType<typeof startSequencer>;
let prefix: string;

beforeEach(async () => {
  prefix = `relay-${crypto.randomUUID()}`;
  database = await migratedDatabase(
    { directory: consumersMigrations, ledger: 'planning/consumers', searchPath: 'planning' },
    { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' },
  );
  admin = new pg.Pool({ connectionString: database.url, max: 2 });
  admin.on('error', () => undefined); // dropping the database cuts what has not quite ended
  pool = new pg.Pool({ connectionString: database.urlOf('planning') });
  store = new PostgresEventStore(pool);
  sequencer = startSequencer({ url: database.urlOf('sequencer') });
});
afterEach(async () => {
  await sequencer.stop();
  await Promise.all([pool.end(), admin.end()]);
  await database.drop();
});

const topics = () => createTopics(kafka, { prefix, partitions: 2, replication: 1 });
const start = (): Relay => startRelay({ url: database.urlOf('relay'), kafka, prefix });
const published = async (relay: Relay, position: number): Promise<void> =>
  until(() => relay.stats().position >= position);
const appendSome = async (events: number): Promise<number> => {
  const streams = [streamOf(), streamOf(), streamOf()];
  for (let event = 0; event < events; event += 1) await append(store, streams[event % 3] ?? '', 'ReleaseHeld');
  return store.settledHead(10_000);
};
const positions = async (atLeast: number): Promise<number[]> =>
  (await readTopic(kafka, `${prefix}.releases`, atLeast)).map(({ position }) => position).sort((a, b) => a - b);
const upTo = (head: number): number[] => Array.from({ length: head }, (_, index) => index + 1);

test('makes the topics that are missing, each kept without bound, and leaves alone what is there', async () => {
  const all = topicsOf(prefix);
  expect(await topics()).toEqual(all);
  expect(await topics()).toEqual([]);
  const retention = await administered(kafka, client =>
    client.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: all[0] ?? '', configNames: ['retention.ms', 'retention.bytes'] }],
    }),
  );
  expect(retention.resources[0]?.configEntries.map(({ configValue }) => configValue)).toEqual(['-1', '-1']);
});

test('refuses to start when a topic is missing, and says what to do', async () => {
  await expect(start().ended).rejects.toThrow(RelayRefused);
  await expect(start().ended).rejects.toThrow(/slipway|topic .*releases.*run the migration step/);
});

test('goes on after a restart without a repetition, whatever the checkpoint says', async () => {
  await topics();
  const first = start();
  const half = await appendSome(20);
  await published(first, half);
  await first.stop();
  await admin.query('UPDATE relay.checkpoints SET position = 3'); // as if it had been killed before it wrote it
  const second = start();
  const head = await appendSome(20);
  await published(second, head);
  await second.stop();
  expect(await positions(head)).toEqual(upTo(head));
});

test('of two at once one publishes; when it is stopped the other goes on', async () => {
  await topics();
  const relays = [start(), start()];
  const half = await appendSome(10);
  await until(() => relays.some(relay => relay.stats().position >= half));
  expect(relays.filter(relay => relay.stats().leading)).toHaveLength(1);
  const [leader, other] = relays[0]?.stats().leading ? relays : relays.toReversed();
  await leader?.stop();
  const head = await appendSome(10);
  await published(other as Relay, head);
  await other?.stop();
  expect(await positions(head)).toEqual(upTo(head));
});

test('goes on when its connections are cut', async () => {
  await topics();
  const relay = start();
  for (let round = 0; round < 3; round += 1) {
    await published(relay, await appendSome(5));
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'slipway_relay' AND datname = current_database()",
    );
  }
  const head = await appendSome(5);
  await published(relay, head);
  await relay.stop();
  expect(await positions(head)).toEqual(upTo(head));
});

test('stops when Kafka has more than the log, or another log', async () => {
  await topics();
  const relay = start();
  await published(relay, await appendSome(5));
  await relay.stop();
  await admin.query('ALTER TABLE store.event_log DISABLE TRIGGER append_only');
  await admin.query('DELETE FROM store.event_log WHERE position > 2'); // as an older backup has it
  await expect(start().ended).rejects.toThrow(/an older backup was restored/);
  await admin.query("INSERT INTO store.incarnation (made_at) VALUES (now() + interval '1 minute')");
  await expect(start().ended).rejects.toThrow(/ends with a record of log/);
});

test('what is stored is what is published, byte for byte; a hint wakes whoever waits', async () => {
  await topics();
  const hints = logHints(database.urlOf('planning'));
  const relay = start();
  const stream = streamOf();
  await append(store, stream, ['ReleaseHeld', { text: 'ü \u2028 "q" \\ 1e400', nested: [{ b: 1, a: 2 }] }]);
  const head = await store.settledHead(10_000);
  while (hints.head() < head) await hints.next(1_000);
  await published(relay, head);
  await Promise.all([relay.stop(), hints.stop()]);
  const { rows } = await admin.query<{ data: string }>('SELECT data::text FROM store.events');
  const records = await readTopic(kafka, `${prefix}.releases`, 1);
  expect(records.map(({ data }) => data)).toEqual(rows.map(({ data }) => data));
});

test('stops when a topic was given more partitions', async () => {
  await topics();
  const relay = start();
  await published(relay, await appendSome(5));
  await relay.stop();
  await administered(kafka, client =>
    client.createPartitions({ topicPartitions: [{ topic: `${prefix}.releases`, count: 3 }] }),
  );
  await expect(start().ended).rejects.toThrow(/had 2 partitions and has 3/);
});
