import { type MigratedDatabase, migratedDatabase } from '@slipway/testing';
import { stampOf } from '@slipway/event-sourcing';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { AccountKeys } from './account-keys.ts';
import { Directory } from './directory.ts';
import { PostgresEventStore } from './postgres-event-store.ts';

const [FROM, AT, TO] = ['2026-03-01T00:00:00.000Z', '2026-03-02T10:00:00.000Z', '2026-04-01T00:00:00.000Z'];
const publicKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const stamp = stampOf('person-00000000-0000-4000-8000-000000000001');

let database: MigratedDatabase;
let catalog: pg.Pool;
let planning: pg.Pool;

beforeAll(async () => {
  database = await migratedDatabase();
  catalog = new pg.Pool({ connectionString: database.urlOf('catalog') });
  planning = new pg.Pool({ connectionString: database.urlOf('planning') });
});
afterAll(async () => {
  await Promise.all([catalog.end(), planning.end()]);
  await database.drop();
});

const append = async (pool: pg.Pool, stream: string, type: string, facts: object): Promise<void> => {
  const store = new PostgresEventStore(pool);
  const { version } = await store.read(stream);
  const event = { type, data: { ...stamp, ...facts }, id: randomUUID(), envelope: { correlationId: 'c' } };
  await store.append([{ stream, expect: version || 'no-stream', events: [event] }]);
};

const registered = async (more: object = {}): Promise<string> => {
  const pseudonym = `person-${randomUUID()}`;
  const account = { pseudonym, kind: 'service-account', name: 'CI', aliases: [], ...more } as const;
  await new Directory(catalog).registerPerson(account);
  return pseudonym;
};
const added = (account: string, kid = 'k1', pool = catalog) =>
  append(pool, account, 'ServiceAccountKeyAdded', { kid, publicKey, label: 'l', from: FROM, to: TO });
const found = (account: string, kid = 'k1', at = AT) => new AccountKeys(planning).inForce(account, kid, at);

test('a key is known to every service in its period', async () => {
  const account = await registered();
  await added(account);
  expect(await found(account)).toEqual(publicKey);
  expect(await found(account, 'k1', FROM)).toEqual(publicKey);
  expect(await found(account, 'k1', '2026-02-28T23:59:59.999Z')).toBeUndefined();
  expect(await found(account, 'k1', TO)).toBeUndefined();
  expect(await found(account, 'k2')).toBeUndefined();
  expect(await found(await registered())).toBeUndefined();
});

test('it is gone once it is revoked, with no delay, and the others stay', async () => {
  const account = await registered();
  await added(account);
  await added(account, 'k2');
  await append(catalog, account, 'ServiceAccountKeyRevoked', { kid: 'k1', reason: 'sealed:v1:x' });
  expect(await found(account)).toBeUndefined();
  expect(await found(account, 'k2')).toEqual(publicKey);
});

test.each([
  ['has left', () => registered({ leavesOn: '2026-01-31' })],
  ['is a person', () => registered({ kind: 'person' })],
  ['is not in the directory', async () => `person-${randomUUID()}`],
])('an account that %s has no keys', async (_, make) => {
  const account = await make();
  await added(account);
  expect(await found(account)).toBeUndefined();
});

test('what another service calls a key is none', async () => {
  const stream = `release-${randomUUID()}`;
  await added(stream, 'k1', planning);
  expect(await found(stream)).toBeUndefined();
});
