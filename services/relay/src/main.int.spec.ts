import { connectKafka } from '@slipway/consumers';
import { append, streamOf } from '@slipway/consumers/contract';
import { PostgresEventStore } from '@slipway/event-store';
import { createTopics, relayMigrations } from '@slipway/relay';
import { readTopic } from '@slipway/relay/topic-reader';
import { migratedDatabase } from '@slipway/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const brokers = process.env['KAFKA_BROKERS'] ?? '';
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

type Started = Readonly<{ child: ChildProcess; url: string; complaints: () => string }>;

const start = async (environment: NodeJS.ProcessEnv): Promise<Started> => {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', chunk => (complaints += String(chunk)));
  children.push(child);
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', chunk => {
      const said = /serving on (\d+)/.exec(String(chunk))?.[1];
      if (said) resolve(said);
    });
    child.once('exit', () => reject(new Error('it ended before it served')));
  });
  return { child, url: `http://127.0.0.1:${port}`, complaints: () => complaints };
};

const stage = async () => {
  const database = await migratedDatabase({ directory: relayMigrations, ledger: 'relay', searchPath: 'relay' });
  const prefix = `process-${crypto.randomUUID()}`;
  const kafka = connectKafka('test', brokers.split(','));
  const pool = new pg.Pool({ connectionString: database.urlOf('planning') });
  const environment = {
    SEQUENCER_DATABASE_URL: database.urlOf('sequencer'),
    RELAY_DATABASE_URL: database.urlOf('relay'),
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: prefix,
  };
  const stop = async (): Promise<void> => {
    await pool.end();
    await database.drop();
  };
  return { store: new PostgresEventStore(pool), url: database.url, kafka, prefix, environment, stop };
};

type Ready = Readonly<{ relay: { position: number; leading: boolean } }>;

const publishedUpTo = async (url: string, position: number): Promise<void> => {
  for (;;) {
    const { relay } = (await (await fetch(`${url}/readyz`)).json()) as Ready;
    if (relay.position >= position) return;
  }
};

test('killed at any moment and started again, it publishes everything once and in order; SIGTERM ends it well', async () => {
  const { store, kafka, prefix, environment, stop } = await stage();
  await createTopics(kafka, { prefix, partitions: 2, replication: 1 });
  const streams = Array.from({ length: 4 }, streamOf);
  let running = await start(environment);
  for (let round = 0; round < 4; round += 1) {
    const writing = Promise.all(
      streams.map(stream => append(store, stream, ...Array.from({ length: 25 }, () => 'ReleaseHeld'))),
    );
    if (round % 2 === 0) await publishedUpTo(running.url, round * 100 + 30);
    running.child.kill('SIGKILL');
    [, running] = await Promise.all([writing, start(environment)]);
  }
  await publishedUpTo(running.url, 400);
  expect(await (await fetch(`${running.url}/healthz`)).json()).toEqual({ status: 'alive' });
  expect((await fetch(`${running.url}/metrics`)).status).toBe(200);
  expect((await fetch(`${running.url}/else`)).status).toBe(404);
  running.child.kill('SIGTERM');
  expect(await once(running.child, 'exit')).toEqual([0, null]);
  const records = await readTopic(kafka, `${prefix}.releases`, 400);
  expect(records.map(({ position }) => position).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 400 }, (_, index) => index + 1),
  );
  for (const stream of streams)
    expect(records.filter(record => record.stream === stream).map(({ version }) => version)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  await stop();
}, 120_000);

test('ends with 1 when a topic is missing', async () => {
  const { environment, stop } = await stage();
  const { child } = await start(environment);
  expect(await once(child, 'exit')).toEqual([1, null]);
  await stop();
}, 60_000);

test('ends with 1 after an older backup was restored, and says what to do; nothing is sequenced meanwhile', async () => {
  const { store, url, kafka, prefix, environment, stop } = await stage();
  await createTopics(kafka, { prefix, partitions: 1, replication: 1 });
  const before = await start(environment);
  await append(store, streamOf(), 'ReleaseHeld', 'ReleaseHeld', 'ReleaseHeld');
  await publishedUpTo(before.url, 3);
  before.child.kill('SIGTERM');
  await once(before.child, 'exit');
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('ALTER TABLE store.event_log DISABLE TRIGGER append_only');
  await admin.query('DELETE FROM store.event_log WHERE position > 1');
  await admin.end();
  await append(store, streamOf(), 'ReleaseHeld');
  const { child, complaints } = await start(environment);
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(complaints()).toMatch(/an older backup was restored. Run "slipway store recover"/);
  expect(await store.head()).toBe(1);
  await stop();
}, 60_000);
