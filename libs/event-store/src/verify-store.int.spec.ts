import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { event, fresh, started } from './contract-samples.ts';
import { PostgresEventStore } from './postgres-event-store.ts';
import { startSequencer } from './sequencer.ts';
import { storeStatus } from './store-status.ts';
import { verifyStore } from './verify-store.ts';

const WAIT_MS = 10_000;
const NONE = {
  eventsWithoutPosition: 0,
  positionsWithoutEvent: 0,
  positionGaps: 0,
  positionDuplicates: 0,
  streamInversions: 0,
  versionGaps: 0,
  streamVersionsWrong: 0,
  pendingAgain: 0,
  sequencedAtBackwards: 0,
};

let database: MigratedDatabase;
let client: pg.Client;
let pool: pg.Pool;
let store: PostgresEventStore;
const stream = fresh();

beforeEach(async () => {
  database = await migratedDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  pool = new pg.Pool({ connectionString: database.urlOf('catalog') });
  store = new PostgresEventStore(pool);
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  await store.append([started(stream, event(), event(), event()), started(fresh(), event())]);
  await store.append([started(fresh(), event())]);
  await store.settledHead(WAIT_MS);
  await sequencer.stop();
  await store.append([started(fresh(), event(), event())]);
  await client.query('SET session_replication_role = replica');
  for (const table of ['events', 'event_log', 'streams'])
    await client.query(`ALTER TABLE store.${table} DISABLE TRIGGER USER`);
});
afterEach(async () => {
  await Promise.all([client.end(), pool.end()]);
  await database.drop();
});

test('finds nothing where all is well, also while something still waits for its position', async () => {
  const looked: string[] = [];
  expect(await verifyStore(client, names => looked.push(...names))).toEqual(NONE);
  expect(new Set(looked)).toEqual(new Set(Object.keys(NONE)));
});

test.each([
  ['eventsWithoutPosition', 2, 'DELETE FROM store.pending'],
  ['positionsWithoutEvent', 1, `DELETE FROM store.events WHERE stream = '${stream}' AND version = 3`],
  ['positionGaps', 7, 'UPDATE store.event_log SET position = position + 7 WHERE position = 5'],
  [
    'positionDuplicates',
    1,
    `INSERT INTO store.event_log SELECT 6, stream, version, sequenced_at FROM store.event_log WHERE position = 2`,
  ],
  [
    'streamInversions',
    1,
    `UPDATE store.event_log SET version = 5 - version WHERE stream = '${stream}' AND version IN (2, 3)`,
  ],
  ['versionGaps', 1, `DELETE FROM store.events WHERE stream = '${stream}' AND version = 2`],
  ['streamVersionsWrong', 1, `UPDATE store.streams SET version = 4 WHERE stream = '${stream}'`],
  [
    'pendingAgain',
    2,
    `INSERT INTO store.pending (streams, versions) VALUES (ARRAY['${stream}', '${stream}'], '{1, 2}')`,
  ],
  [
    'sequencedAtBackwards',
    1,
    "UPDATE store.event_log SET sequenced_at = sequenced_at - interval '1 hour' WHERE position = 5",
  ],
])('counts what is broken: %s', async (name, count, statement) => {
  await client.query(statement);
  expect(await verifyStore(client)).toMatchObject({ [name]: count });
});

test('changes nothing, and leaves the session as it was', async () => {
  await verifyStore(client);
  const { rows } = await client.query('SHOW transaction_read_only');
  expect(rows).toEqual([{ transaction_read_only: 'off' }]);
});

test('tells the head, what waits, and who leads', async () => {
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const head = await store.settledHead(WAIT_MS);
  const { pending, sessions, ...status } = await storeStatus(client);
  await sequencer.stop();
  expect(status).toMatchObject({ head, epochs: { sequencer: 2, relay: 0 }, incarnation: { nth: 1, afterPosition: 0 } });
  expect(pending).toMatchObject({ calls: 0, events: 0, oldestSeconds: 0 });
  expect(sessions).toMatchObject([{ application: 'slipway-sequencer', leads: true }]);
  await store.append([started(fresh(), event(), event())]);
  const waiting = (await storeStatus(client)).pending;
  expect(waiting).toMatchObject({ calls: 1, events: 2 });
  expect(waiting.oldestSeconds).toBeGreaterThan(0);
});
