import { startPostgres } from '@slipway/embedded';
import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { event, fresh, started } from './contract-samples.ts';
import { migrate } from './migrate.ts';
import { PostgresEventStore } from './postgres-event-store.ts';
import { type PublishedEnd, SequencerRefused } from './published-end.ts';
import { type Sequencer, startSequencer } from './sequencer.ts';

const WAIT_MS = 10_000;

let database: MigratedDatabase;
let pool: pg.Pool;
let store: PostgresEventStore;
const running: Sequencer[] = [];
const errors: Error[] = [];

type Published = () => Promise<readonly PublishedEnd[]>;

const start = (published: Published, url = database.urlOf('sequencer')): Sequencer => {
  const sequencer = startSequencer({ url, published, onError: error => errors.push(error) });
  running.push(sequencer);
  return sequencer;
};
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await pause(5);
};
const nothing: Published = () => Promise.resolve([]);
const away: Published = () => Promise.reject(new Error('Kafka is away'));
const silent: Published = () => new Promise(() => undefined);
const incarnation = async (): Promise<string> =>
  (await pool.query<{ id: string }>('SELECT store.incarnation() AS id')).rows[0]?.id ?? '';
const endAt = async (position: number): Promise<Published> => {
  const end = { incarnation: await incarnation(), position };
  return () => Promise.resolve([end]);
};

beforeEach(async () => {
  errors.splice(0);
  database = await migratedDatabase();
  pool = new pg.Pool({ connectionString: database.urlOf('catalog') });
  store = new PostgresEventStore(pool);
  await store.append([started(fresh(), event(), event(), event())]);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(sequencer => sequencer.stop()));
  await pool.end();
  await database.drop();
});

test('gives positions when nothing left the database, or no more than the log holds', async () => {
  const first = start(nothing);
  expect(await store.settledHead(WAIT_MS)).toBe(3);
  await first.stop();
  await store.append([started(fresh(), event())]);
  start(await endAt(3));
  expect(await store.settledHead(WAIT_MS)).toBe(4);
});

test('refuses when more left than the log holds, and when what left is of another log', async () => {
  const older = start(await endAt(1));
  await expect(older.ended).rejects.toThrow(SequencerRefused);
  await expect(older.ended).rejects.toThrow(
    'Kafka has events up to position 1, the log ends at 0: an older backup was restored. Run "slipway store recover"',
  );
  const other = crypto.randomUUID();
  const another = start(() => Promise.resolve([{ incarnation: other, position: 1 }]));
  await expect(another.ended).rejects.toThrow(`Kafka has events of log ${other}, this is log ${await incarnation()}`);
  expect([older.stats().leading, another.stats().leading]).toEqual([false, false]);
  expect(await store.head()).toBe(0);
});

test('while nobody answers it waits and complains; a stop is not held up', async () => {
  let published = away;
  const sequencer = start(() => published());
  await until(() => errors.length > 2);
  expect(errors[0]?.message).toBe('Kafka is away');
  expect([sequencer.stats().leading, await store.head()]).toEqual([false, 0]);
  published = nothing;
  expect(await store.settledHead(WAIT_MS)).toBe(3);
  const held = start(silent);
  await held.stop();
});

test.each([
  ['away', away],
  ['silent', silent],
])('goes on without an answer (%s) where the log was compared since the server was started', async (_, published) => {
  const first = start(nothing);
  await until(() => first.stats().leading);
  await first.stop();
  start(published);
  expect(await store.settledHead(WAIT_MS)).toBe(3);
});

test('a copy of the database is compared anew', async () => {
  const first = start(nothing);
  await until(() => first.stats().leading);
  await first.stop();
  const admin = new pg.Client({ connectionString: database.url.replace(/[^/]+$/, 'postgres') });
  await pool.end();
  await admin.connect();
  const name = new URL(database.url).pathname.slice(1);
  await admin.query(`CREATE DATABASE ${name}_copy TEMPLATE ${name}`);
  const copy = start(away, `${database.urlOf('sequencer')}_copy`);
  await until(() => errors.length > 1);
  expect(copy.stats().leading).toBe(false);
  await copy.stop();
  await admin.query(`DROP DATABASE ${name}_copy WITH (FORCE)`);
  await admin.end();
  pool = new pg.Pool({ connectionString: database.urlOf('catalog') });
});

test('a standby has compared before its turn comes, and asks nobody then', async () => {
  const first = start(nothing);
  await until(() => first.stats().leading);
  let asked = 0;
  const standby = start(() => {
    asked += 1;
    return Promise.resolve([]);
  });
  await until(() => asked === 1);
  await first.stop();
  await until(() => standby.stats().leading);
  expect(asked).toBe(1);
});

test('compares anew when the server was started again: an older state may be in its place', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'compared-'));
  const before = await startPostgres({ directory });
  await migrate(before.url);
  const url = before.url.replace('postgres@', 'slipway_sequencer@');
  let published = nothing;
  const sequencer = start(() => published(), url);
  await until(() => sequencer.stats().leading);
  published = away;
  await before.stop();
  const after = await startPostgres({ directory, port: Number(new URL(before.url).port) });
  await until(() => errors.some(({ message }) => message === 'Kafka is away'));
  expect(sequencer.stats().leading).toBe(false);
  published = nothing;
  await until(() => sequencer.stats().leading);
  await sequencer.stop();
  await after.stop();
  await rm(directory, { recursive: true });
});
