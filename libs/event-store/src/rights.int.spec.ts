import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { MAX_DATA_BYTES, MAX_ENVELOPE_BYTES } from './admission.ts';
import { event, fresh, started } from './contract-samples.ts';
import { AppendRefused } from './event-store.ts';
import { PostgresEventStore } from './postgres-event-store.ts';

let database: MigratedDatabase;
let administrator: pg.Pool;
let catalog: pg.Pool;
let planning: pg.Pool;

beforeAll(async () => {
  database = await migratedDatabase();
  const pool = (url: string): pg.Pool => new pg.Pool({ connectionString: url, max: 1 });
  [administrator, catalog, planning] = [
    pool(database.url),
    pool(database.urlOf('catalog')),
    pool(database.urlOf('planning')),
  ];
  const service = fresh();
  await new PostgresEventStore(catalog).append([started(service, event())]);
  await new PostgresEventStore(catalog).number(service, 'REL');
  await administrator.query('CREATE TABLE planning.plans (id int)');
});
afterAll(async () => {
  await Promise.all([administrator, catalog, planning].map(pool => pool.end()));
  await database.drop();
});

const refused = (message: string): object => expect.objectContaining({ code: '42501', message }) as object;

describe('a service', () => {
  test.each([
    ['UPDATE store.events SET version = 9', 'permission denied for table events'],
    ['DELETE FROM store.events', 'permission denied for table events'],
    ['TRUNCATE store.events', 'permission denied for table events'],
    ['SELECT * FROM store.events', 'permission denied for table events'],
    [
      "INSERT INTO store.events VALUES ('service-1', 1, gen_random_uuid(), 'X', '{}', '{}')",
      'permission denied for table events',
    ],
    ['DELETE FROM store.event_log', 'permission denied for table event_log'],
    ['DELETE FROM store.pending', 'permission denied for table pending'],
    ['UPDATE store.streams SET version = 9', 'permission denied for table streams'],
    ["UPDATE store.categories SET owner = 'slipway_catalog'", 'permission denied for table categories'],
    ['SELECT * FROM store.sequence(1, 1)', 'permission denied for function sequence'],
    ["SELECT store.take_lead('sequencer')", 'permission denied for function take_lead'],
    ['SELECT * FROM planning.plans', 'permission denied for schema planning'],
    ['CREATE TABLE catalog.mine (id int)', 'permission denied for schema catalog'],
    ['CREATE TABLE store.mine (id int)', 'permission denied for schema store'],
  ])('%s: %s', async (statement, message) => {
    await expect(catalog.query(statement)).rejects.toEqual(refused(message));
  });

  test('reads and writes its own schema', async () => {
    await planning.query('INSERT INTO planning.plans VALUES (1)');
    expect((await planning.query('SELECT id FROM planning.plans')).rows).toEqual([{ id: 1 }]);
  });

  test('does not append to the category of another', async () => {
    const release = fresh('release');
    const message = `slipway_catalog does not own the category of ${release}`;
    await expect(new PostgresEventStore(catalog).append([started(release, event())])).rejects.toEqual(
      new AppendRefused(message),
    );
    await expect(new PostgresEventStore(catalog).number(release, 'REL')).rejects.toEqual(refused(message));
    expect(await new PostgresEventStore(planning).append([started(release, event())])).toEqual(new Map([[release, 1]]));
  });

  test('does not append to a category that nobody registered, nor does the administrator to any', async () => {
    await expect(new PostgresEventStore(catalog).append([started(fresh('nothing'), event())])).rejects.toThrow(
      AppendRefused,
    );
    await expect(new PostgresEventStore(administrator).append([started(fresh(), event())])).rejects.toThrow(
      AppendRefused,
    );
  });
});

describe('the administrator', () => {
  const tables = ['events', 'event_log', 'numbers', 'incarnation'];
  test.each([
    ...tables.map(table => [`DELETE FROM store.${table}`, `store.${table} is append-only: DELETE is refused`]),
    ...tables.map(table => [`TRUNCATE store.${table}`, `store.${table} is append-only: TRUNCATE is refused`]),
    ['UPDATE store.events SET version = 9', 'store.events is append-only: UPDATE is refused'],
    ['UPDATE store.event_log SET version = 9', 'store.event_log is append-only: UPDATE is refused'],
    ["UPDATE store.numbers SET number = 'x'", 'store.numbers is append-only: UPDATE is refused'],
    ["UPDATE store.streams SET stream = 'service-9'", 'store.streams is append-only: UPDATE is refused'],
    ['DELETE FROM store.streams', 'store.streams is append-only: DELETE is refused'],
    ['TRUNCATE store.streams', 'store.streams is append-only: TRUNCATE is refused'],
  ])('%s: %s', async (statement, message) => {
    await expect(administrator.query(statement)).rejects.toEqual(refused(message));
  });

  test('is refused as well where a replica would be let through', async () => {
    const client = await administrator.connect();
    await client.query('SET session_replication_role = replica');
    await expect(client.query('DELETE FROM store.events')).rejects.toEqual(
      refused('store.events is append-only: DELETE is refused'),
    );
    client.release(true);
  });
});

describe('the schema', () => {
  const listed = async (statement: string): Promise<readonly unknown[]> => (await administrator.query(statement)).rows;

  test('has no function that everybody may call', async () => {
    const open = `SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace, aclexplode(coalesce(proacl, acldefault('f', proowner))) acl
      WHERE nspname IN ('store', 'directory') AND grantee = 0`;
    expect(await listed(open)).toEqual([]);
    expect(await listed(open.replace('grantee = 0', "grantee = 'slipway_service'::regrole"))).not.toEqual([]);
  });

  test('has one unique index on events and none on what waits', async () => {
    const indexes = `SELECT tablename, indexname FROM pg_indexes
      WHERE schemaname = 'store' AND tablename IN ('events', 'pending') AND indexdef NOT LIKE '% WHERE %'`;
    expect(await listed(indexes)).toEqual([{ tablename: 'events', indexname: 'events_pkey' }]);
  });

  test('has indexes of a few types of events beside it, which other events do not pay for', async () => {
    const partial = `SELECT indexname FROM pg_indexes
      WHERE schemaname = 'store' AND tablename = 'events' AND indexdef LIKE '% WHERE %' AND indexdef NOT LIKE '% UNIQUE %'`;
    expect(await listed(partial)).toEqual([{ indexname: 'events_grants' }, { indexname: 'events_owners' }]);
  });

  test('bounds an event where the library was gone round', async () => {
    const append = `SELECT store.append(ARRAY[$1], ARRAY[0], ARRAY[1], '{}', '{}', ARRAY[gen_random_uuid()], ARRAY['Seen'],
      ARRAY[to_json(repeat('x', $2))], ARRAY[to_json(repeat('x', $3))])`;
    const send = (data: number, envelope: number): Promise<unknown> =>
      catalog.query(append, [fresh(), data - 2, envelope - 2]);
    await send(MAX_DATA_BYTES, MAX_ENVELOPE_BYTES);
    await expect(send(MAX_DATA_BYTES + 1, 10)).rejects.toMatchObject({
      code: '23514',
      constraint: 'data_within_256_kib',
    });
    await expect(send(10, MAX_ENVELOPE_BYTES + 1)).rejects.toMatchObject({
      code: '23514',
      constraint: 'envelope_within_16_kib',
    });
  });

  test.each([
    ['SW001', 1],
    ['SW002', 0],
    ['SW003', -1],
  ])('has an error of its own (%s) for the expectation %i', async (code, expected) => {
    const stream = fresh();
    const store = new PostgresEventStore(catalog);
    if (expected === 0) await store.append([started(stream, event())]);
    const append = `SELECT store.append(ARRAY[$1], ARRAY[$2::int], ARRAY[1], '{}', '{}', ARRAY[gen_random_uuid()], ARRAY['Seen'],
      ARRAY['{}'::json], ARRAY['{}'::json])`;
    await expect(catalog.query(append, [stream, expected])).rejects.toMatchObject({ code, detail: stream });
  });
});
