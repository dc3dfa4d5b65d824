import { connectKafka } from '@slipway/consumers';
import { testDatabase, type TestDatabase } from '@slipway/testing';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { slipway } from './peer.example.ts';

// What the tests' other databases use: roles belong to the whole cluster.
const PASSWORD = 'slipway';

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

const ledgers = async (): Promise<Record<string, number>> => {
  const { rows } = await client.query<{ name: string; files: number }>(
    'SELECT name, count(*)::int AS files FROM store.migrations GROUP BY name ORDER BY name',
  );
  return Object.fromEntries(rows.map(({ name, files }) => [name, files]));
};

test('an empty database gets the store and a schema for every service; the second time nothing is left to do', async () => {
  const env = { DATABASE_URL: database.url, SLIPWAY_CATALOG_PASSWORD: PASSWORD };
  const first = await slipway(env, 'migrate');
  expect(first).toMatchObject({ exitCode: 0, out: '', err: expect.stringContaining('Passwords are set for catalog.') });
  const applied = await ledgers();
  expect(Object.keys(applied)).toEqual(
    expect.arrayContaining(['catalog', 'catalog/consumers', 'planning', 'relay', 'store']),
  );
  expect(await slipway(env, 'migrate')).toEqual(first);
  expect(await ledgers()).toEqual(applied);
});

test('a role reads its own schema and no other', async () => {
  await slipway({ DATABASE_URL: database.url, SLIPWAY_CATALOG_PASSWORD: PASSWORD }, 'migrate');
  const url = new URL(database.url);
  [url.username, url.password] = ['slipway_catalog', PASSWORD];
  const catalog = new pg.Client({ connectionString: url.href });
  await catalog.connect();
  try {
    expect((await catalog.query('SELECT count(*)::int FROM catalog.services_v1')).rows).toEqual([{ count: 0 }]);
    await expect(catalog.query('SELECT FROM planning.watermarks')).rejects.toMatchObject({ code: '42501' });
  } finally {
    await catalog.end();
  }
});

const brokers = process.env['KAFKA_BROKERS'];

(brokers ? describe : describe.skip)('with Kafka', () => {
  test('topics are made where they are missing', async () => {
    const prefix = `cli-${randomUUID().slice(0, 8)}`;
    const env = { DATABASE_URL: database.url, KAFKA_BROKERS: brokers ?? '', TOPIC_PREFIX: prefix };
    const { err } = await slipway(env, 'migrate', '--topics', '--partitions', '1');
    expect(err).toContain(`Topics made: ${prefix}.services`);
    const admin = connectKafka('cli-test', (brokers ?? '').split(',')).admin();
    await admin.connect();
    try {
      expect(await admin.listTopics()).toContain(`${prefix}.releases`);
      expect((await slipway(env, 'migrate', '--topics')).err).toContain('All topics are there.');
    } finally {
      const topics = (await admin.listTopics()).filter(topic => topic.startsWith(prefix));
      await admin.deleteTopics({ topics });
      await admin.disconnect();
    }
  });
});

test('without an address it is wrong usage; what fails is told', async () => {
  expect(await slipway({}, 'migrate')).toEqual({ exitCode: 2, out: '', err: 'slipway: DATABASE_URL is not set.\n' });
  await client.query('CREATE SCHEMA store');
  await client.query(
    'CREATE TABLE store.migrations (name text, file text, sha256 text, applied_at timestamptz DEFAULT now())',
  );
  await client.query("INSERT INTO store.migrations VALUES ('store', '000000.sql', 'x')");
  const { exitCode, err } = await slipway({ DATABASE_URL: database.url }, 'migrate');
  expect([exitCode, err]).toEqual([1, 'slipway: store/000000.sql was applied and is gone\n']);
});
