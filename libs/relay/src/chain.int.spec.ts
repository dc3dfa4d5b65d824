import {
  connectKafka,
  consumersMigrations,
  consumerTransport,
  progressOf,
  projecting,
  projection,
  type Source,
} from '@slipway/consumers';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { migratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { readTopic, type TopicRecord } from './chain.reader.ts';
import { type Journal, openJournal, write } from './chain.writers.ts';
import { relayMigrations } from './migrations.ts';
import { startRelay } from './relay.ts';
import { createTopics } from './topics.ts';

const EVENTS = Number(process.env['SLIPWAY_CHAIN_EVENTS'] ?? 10_000);
const MINUTES = 60_000;

const tallies = projection({
  consumer: 'planning.tallies',
  categories: ['release'],
  tables: ['tallies'],
  handlers: {},
  otherwise: async ({ stream }, client) => {
    await client.query({
      name: 'tally',
      text: 'INSERT INTO tallies AS tally VALUES ($1, 1) ON CONFLICT (stream) DO UPDATE SET count = tally.count + 1',
      values: [stream],
    });
  },
});

test(
  `${EVENTS} events of 16 writers on 64 streams arrive once and in order everywhere`,
  async () => {
    const chain = await startChain();
    const began = performance.now();
    const journal = await openJournal();
    await write(chain.store, journal, { events: EVENTS, writers: 16, streams: 64 });
    const written = performance.now();
    const head = await chain.store.settledHead(MINUTES);
    expect(await chain.progress.waitUntil(tallies, head, 5 * MINUTES)).toBe('passed');
    const visible = performance.now();
    const counted = await count(chain, journal);
    const seconds = { writing: (written - began) / 1_000, 'until all was visible': (visible - began) / 1_000 };
    process.stderr.write(`${JSON.stringify({ ...counted, seconds }, undefined, 2)}\n`);
    await chain.stop();
    const none = { missing: 0, duplicated: 0, inversions: 0 };
    expect(counted).toEqual({
      acknowledged: EVENTS,
      refused: expect.any(Number),
      acknowledgedButAbsent: 0,
      refusedButPresent: 0,
      store: { events: EVENTS, gaps: 0, ...none },
      log: { events: EVENTS, gaps: 0, ...none },
      kafka: { events: EVENTS, ...none, brokenChains: 0, otherBytes: 0 },
      projection: { events: EVENTS, wrongTallies: 0 },
    });
  },
  10 * MINUTES,
);

const startChain = async () => {
  const prefix = `chain-${crypto.randomUUID()}`;
  const kafka = connectKafka('chain', (process.env['KAFKA_BROKERS'] ?? '').split(','));
  await createTopics(kafka, { prefix, partitions: 4, replication: 1 });
  const database = await migratedDatabase(
    { directory: consumersMigrations, ledger: 'planning/consumers', searchPath: 'planning' },
    { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' },
  );
  const admin = new pg.Pool({ connectionString: database.url, max: 1 });
  admin.on('error', () => undefined); // dropping the database cuts what has not quite ended
  await admin.query('CREATE TABLE planning.tallies (stream text PRIMARY KEY, count int NOT NULL)');
  const pool = new pg.Pool({
    connectionString: database.urlOf('planning'),
    options: '-c search_path=planning',
    max: 20,
  });
  const store = new PostgresEventStore(pool);
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const relay = startRelay({ url: database.urlOf('relay'), kafka, prefix });
  const source: Source = { kind: 'kafka', kafka, prefix, store, pool };
  const transport = consumerTransport(source, projecting(tallies));
  transport.listen(() => undefined);
  const stop = async (): Promise<void> => {
    await transport.close();
    await Promise.all([relay.stop(), sequencer.stop()]);
    await Promise.all([pool.end(), admin.end()]);
    await database.drop();
  };
  return { admin, store, kafka, topic: `${prefix}.releases`, progress: progressOf(source), stop };
};

type Chain = Awaited<ReturnType<typeof startChain>>;
type Placed = Readonly<{ stream: string; version: number; id: string; data: string }>;

const count = async ({ admin, kafka, topic }: Chain, journal: Journal) => {
  const store = (
    await admin.query<Placed>('SELECT stream, version, id, data::text FROM store.events ORDER BY stream, version')
  ).rows;
  const log = (
    await admin.query<Placed & { position: string }>(
      'SELECT position, stream, version, id, data::text FROM store.event_log JOIN store.events USING (stream, version) ORDER BY position',
    )
  ).rows;
  const onKafka = await readTopic(kafka, topic, store.length);
  const tallied = (await admin.query<{ stream: string; count: number }>('SELECT * FROM planning.tallies')).rows;
  const { acknowledged, refused } = await journal.read();
  const stored = new Set(store.map(({ id }) => id));
  const expected = [...acknowledged];
  const bytes = new Map(store.map(({ id, data }) => [id, data]));
  return {
    acknowledged: acknowledged.size,
    refused: refused.size,
    acknowledgedButAbsent: expected.filter(id => !stored.has(id)).length,
    refusedButPresent: [...refused].filter(id => stored.has(id)).length,
    store: { events: store.length, ...faults(store, stored), gaps: versionGaps(store) },
    log: {
      events: log.length,
      ...faults(log, stored),
      gaps: log.filter(({ position }, index) => Number(position) !== index + 1).length,
    },
    kafka: {
      events: onKafka.length,
      ...faults(onKafka, stored),
      brokenChains: brokenChains(onKafka),
      otherBytes: onKafka.filter(({ id, data }) => bytes.get(id) !== data).length,
    },
    projection: {
      events: tallied.reduce((sum, each) => sum + each.count, 0),
      wrongTallies: wrongTallies(tallied, store),
    },
  };
};

/** Against what is stored; the order is that of the list. */
const faults = (found: readonly Placed[], stored: ReadonlySet<string>) => {
  const last = new Map<string, number>();
  const ids = new Set<string>();
  let inversions = 0;
  for (const { stream, version, id } of found) {
    if (version <= (last.get(stream) ?? 0) && !ids.has(id)) inversions += 1;
    last.set(stream, version);
    ids.add(id);
  }
  return { missing: [...stored].filter(id => !ids.has(id)).length, duplicated: found.length - ids.size, inversions };
};

const versionGaps = (store: readonly Placed[]): number => {
  const next = new Map<string, number>();
  return store.filter(({ stream, version }) => {
    const expected = next.get(stream) ?? 1;
    next.set(stream, version + 1);
    return version !== expected;
  }).length;
};

/** Each record names the position before it in its partition. */
const brokenChains = (records: readonly TopicRecord[]): number => {
  const last = new Map<number, number>();
  return records.filter(({ partition, previous, position }) => {
    const expected = last.get(partition) ?? 0;
    last.set(partition, position);
    return previous !== expected;
  }).length;
};

const wrongTallies = (tallied: readonly { stream: string; count: number }[], store: readonly Placed[]): number => {
  const versions = Map.groupBy(store, ({ stream }) => stream);
  return (
    tallied.filter(({ stream, count: sum }) => sum !== versions.get(stream)?.length).length +
    Math.abs(versions.size - tallied.length)
  );
};
