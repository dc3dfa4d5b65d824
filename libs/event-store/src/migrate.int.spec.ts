import { testDatabase, type TestDatabase } from '@slipway/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { applyMigrations, migrate } from './migrate.ts';
import { registerCategories } from './register-categories.ts';

let database: TestDatabase;
let client: pg.Client;
let folder: string;

beforeEach(async () => {
  database = await testDatabase('CREATE SCHEMA here');
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await write('000001', 'CREATE TABLE things (id int)');
});
afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

const write = (name: string, statement: string): Promise<void> => writeFile(join(folder, `${name}.sql`), statement);
const apply = (): Promise<void> =>
  applyMigrations(client, pathToFileURL(folder), { ledger: 'here', searchPath: 'here' });
const recorded = async (): Promise<readonly string[]> =>
  (
    await client.query<{ file: string }>("SELECT file FROM store.migrations WHERE name = 'here' ORDER BY file")
  ).rows.map(({ file }) => file);

test('applies what is new, in its schema, once', async () => {
  await apply();
  await write('000002', 'ALTER TABLE things ADD name text');
  await apply();
  await apply();
  expect(await recorded()).toEqual(['000001.sql', '000002.sql']);
  expect((await client.query('SELECT id, name FROM here.things')).rows).toEqual([]);
});

test('leaves nothing of a statement that failed, and names the file', async () => {
  await write('000002', 'DO $$ BEGIN CREATE TABLE half (id int); PERFORM 1/0; END $$');
  await expect(apply()).rejects.toThrow('here/000002.sql: division by zero');
  expect(await recorded()).toEqual(['000001.sql']);
  expect((await client.query("SELECT to_regclass('here.half') AS half")).rows).toEqual([{ half: null }]);
});

test('refuses a file that was changed', async () => {
  await apply();
  await write('000001', 'CREATE TABLE things (id bigint)');
  await expect(apply()).rejects.toThrow('here/000001.sql was changed after it was applied');
});

test('refuses when an applied file is gone', async () => {
  await apply();
  await rm(join(folder, '000001.sql'));
  await expect(apply()).rejects.toThrow('here/000001.sql was applied and is gone');
});

test('refuses a new file before an applied one', async () => {
  await apply();
  await write('000000', 'SELECT 1');
  await expect(apply()).rejects.toThrow('here/000000.sql is new, but 000001.sql was applied before it');
});

test('makes the store, also when several do at once, in several databases of the cluster', async () => {
  const other = await testDatabase();
  await Promise.all([migrate(database.url), migrate(database.url), migrate(other.url)]);
  await migrate(database.url);
  expect((await client.query<{ head: string }>('SELECT store.head()')).rows).toEqual([{ head: '0' }]);
  await other.drop();
});

test('does not move a category to another service', async () => {
  await migrate(database.url);
  const moved = { name: 'service', context: 'planning', plural: 'services', facts: {} };
  await expect(registerCategories(client, [moved])).rejects.toThrow('service belongs to slipway_catalog');
});
