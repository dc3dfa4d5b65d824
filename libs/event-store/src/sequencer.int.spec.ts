import { startPostgres } from '@slipway/embedded';
import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { event, fresh, started } from './contract-samples.ts';
import { VersionConflict } from './event-store.ts';
import { migrate } from './migrate.ts';
import { PostgresEventStore } from './postgres-event-store.ts';
import { type Sequencer, startSequencer } from './sequencer.ts';

let database: MigratedDatabase;
let administrator: pg.Pool;
let pool: pg.Pool;
let store: PostgresEventStore;
const running: Sequencer[] = [];

const start = (url = database.urlOf('sequencer')): Sequencer => {
  const sequencer = startSequencer({ url });
  running.push(sequencer);
  return sequencer;
};

beforeEach(async () => {
  database = await migratedDatabase();
  administrator = new pg.Pool({ connectionString: database.url });
  pool = new pg.Pool({ connectionString: database.urlOf('catalog'), max: 16 });
  store = new PostgresEventStore(pool);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(sequencer => sequencer.stop()));
  await Promise.all([administrator.end(), pool.end()]);
  await database.drop();
});

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${String(condition)}`);
    await pause(5);
  }
};

type Fault = 'missing' | 'twice' | 'gap' | 'inversion' | 'time going back';
const FAULTS: Readonly<Record<Fault, string>> = {
  missing: `SELECT count(*)::int AS count FROM store.events WHERE NOT EXISTS
    (SELECT FROM store.event_log WHERE event_log.stream = events.stream AND event_log.version = events.version)`,
  twice: 'SELECT (count(*) - count(DISTINCT (stream, version)))::int AS count FROM store.event_log',
  gap: 'SELECT (coalesce(max(position), 0) - count(*))::int AS count FROM store.event_log',
  inversion: `SELECT count(*)::int AS count FROM
    (SELECT version, row_number() OVER (PARTITION BY stream ORDER BY position) AS nth FROM store.event_log) WHERE version <> nth`,
  'time going back': `SELECT count(*)::int AS count FROM
    (SELECT sequenced_at, lag(sequenced_at) OVER (ORDER BY position) AS before FROM store.event_log) WHERE sequenced_at < before`,
};

/** Every row must be 0. */
const faults = async (): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  for (const [fault, statement] of Object.entries(FAULTS))
    counts[fault] = (await administrator.query<{ count: number }>(statement)).rows[0]?.count ?? -1;
  return counts;
};
const NONE = { missing: 0, twice: 0, gap: 0, inversion: 0, 'time going back': 0 };

/** Keeps appending to streams that others write to as well, two at a time. Answers how many events were acknowledged. */
const write = async (streams: readonly string[], appends: number, seed: number): Promise<number> => {
  let acknowledged = 0;
  for (let nth = 0; nth < appends; nth += 1) {
    const pair = [streams[(nth * 7 + seed) % streams.length], streams[(nth * 3 + seed * 5) % streams.length]];
    const several = [...new Set(pair)].map(stream => ({
      stream: stream ?? '',
      expect: 'any' as const,
      events: [event(), event()],
    }));
    const stale = nth % 10 === 0 ? [{ stream: streams[0] ?? '', expect: 'no-stream' as const }] : [];
    try {
      await store.append(several, stale);
      acknowledged += 2 * several.length;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  return acknowledged;
};

test('gives every event its one position while 16 writers share 8 streams, and leaders come and go', async () => {
  const streams = Array.from({ length: 8 }, () => fresh());
  const [first] = [start(), start()];
  const writers = Promise.all(Array.from({ length: 16 }, (_, seed) => write(streams, 60, seed)));
  await until(() => running.some(({ stats }) => stats().sequenced > 200));
  await first?.stop();
  await until(() => running.some(({ stats }) => stats().leading));
  await administrator.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'slipway-sequencer'",
  );
  start();
  const acknowledged = (await writers).reduce((sum, each) => sum + each, 0);
  expect(await store.settledHead(10_000)).toBe(acknowledged);
  expect(await faults()).toEqual(NONE);
});

test('neither waits for a slow writer nor loses what it writes', async () => {
  start();
  const [slow, quick] = [fresh(), fresh()];
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(
    `SELECT store.append(ARRAY[$1], ARRAY[0], ARRAY[1], '{}', '{}', ARRAY[gen_random_uuid()], ARRAY['Seen'], ARRAY['{}'::json], ARRAY['{}'::json])`,
    [slow],
  );
  await store.append([started(quick, event())]);
  expect(await store.settledHead(5_000)).toBe(1);
  await client.query('COMMIT');
  client.release();
  expect(await store.settledHead(5_000)).toBe(2);
  expect((await store.readLog(0, 10)).map(({ stream }) => stream)).toEqual([quick, slow]);
});

test('has one leader, however many run', async () => {
  const both = [start(), start()];
  await until(() => both.some(({ stats }) => stats().leading));
  await store.append([started(fresh(), event())]);
  await store.settledHead(5_000);
  expect(new Set(both.map(({ stats }) => stats().sequenced))).toEqual(new Set([0, 1]));
  const leader = both.find(({ stats }) => stats().leading);
  await leader?.stop();
  await store.append([started(fresh(), event())]);
  expect(await store.settledHead(5_000)).toBe(2);
});

test('shuts out a leader of an epoch that is over', async () => {
  const sequencer = new pg.Client({ connectionString: database.urlOf('sequencer') });
  await sequencer.connect();
  const takeLead = async (): Promise<number> =>
    Number((await sequencer.query<{ epoch: string }>("SELECT store.take_lead('sequencer') AS epoch")).rows[0]?.epoch);
  const [old, current] = [await takeLead(), await takeLead()];
  await store.append([started(fresh(), event())]);
  await expect(sequencer.query('SELECT * FROM store.sequence($1, 10)', [old])).rejects.toMatchObject({ code: 'SW010' });
  expect(await store.head()).toBe(0);
  await sequencer.query('SELECT * FROM store.sequence($1, 10)', [current]);
  expect(await store.head()).toBe(1);
  await sequencer.end();
});

test('takes the place of a leader that froze with the lock in its hands', async () => {
  const frozen = new pg.Client({ connectionString: database.urlOf('sequencer') });
  frozen.on('error', () => undefined);
  await frozen.connect();
  await frozen.query("SELECT pg_advisory_lock(hashtextextended('slipway sequencer', 0))");
  const began = Date.now();
  const next = start();
  await until(() => next.stats().leading);
  expect(Date.now() - began).toBeGreaterThan(1_000);
  await expect(frozen.query('SELECT 1')).rejects.toThrow('not queryable');
});

test('works off a backlog in rounds, in order', async () => {
  const CALLS = 22_000; // more than 2 MB, and than one round takes
  await pool.query(
    `SELECT store.append(ARRAY['service-' || lpad(nth::text, 60, '0')], ARRAY[-2], ARRAY[1], '{}', '{}', ARRAY[gen_random_uuid()], ARRAY['Seen'],
      ARRAY['{}'::json], ARRAY['{}'::json]) FROM generate_series(1, ${CALLS}) AS nth`,
  );
  const sequencer = start();
  expect(await store.settledHead(20_000)).toBe(CALLS);
  await until(() => sequencer.stats().sequenced === CALLS);
  expect(sequencer.stats().rounds).toBeGreaterThan(1);
  expect(await faults()).toEqual(NONE);
  await until(() => sequencer.stats().vacuums > 0);
});

test('goes on by itself when the database was restarted', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'restarted-'));
  const before = await startPostgres({ directory });
  await migrate(before.url);
  const urlAs = (role: string): string => before.url.replace('postgres@', `${role}@`);
  const errors: Error[] = [];
  const sequencer = startSequencer({ url: urlAs('slipway_sequencer'), onError: error => errors.push(error) });
  running.push(sequencer);
  const restarted = new pg.Pool({ connectionString: urlAs('slipway_catalog') });
  const itsStore = new PostgresEventStore(restarted);
  await itsStore.append([started(fresh(), event())]);
  expect(await itsStore.settledHead(5_000)).toBe(1);
  await before.stop();
  await until(() => errors.length > 0 && !sequencer.stats().leading);
  const after = await startPostgres({ directory, port: Number(new URL(before.url).port) });
  await itsStore.append([started(fresh(), event())]);
  expect(await itsStore.settledHead(5_000)).toBe(2);
  await sequencer.stop();
  await restarted.end();
  await after.stop();
  await rm(directory, { recursive: true });
});

test('does not run where a commit may get lost', async () => {
  await administrator.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET synchronous_commit = off`);
  const errors: Error[] = [];
  const sequencer = startSequencer({ url: database.urlOf('sequencer'), onError: error => errors.push(error) });
  running.push(sequencer);
  await until(() => errors.length > 0);
  expect(errors[0]?.message).toContain('synchronous_commit is off');
  expect(sequencer.stats().leading).toBe(false);
});
