import { type MigratedDatabase, migratedDatabase } from '@slipway/testing';
import { stampOf } from '@slipway/event-sourcing';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Directory } from './directory.ts';
import { Grants } from './grants.ts';
import { PostgresEventStore } from './postgres-event-store.ts';

const AT = '2026-03-02T10:00:00.000Z';
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

const granted = async (facts: object): Promise<{ person: string; id: string }> => {
  const [person, id] = [`person-${randomUUID()}`, randomUUID()];
  const grant = { person, role: 'deployer', scope: {}, from: '2026-03-01T00:00:00Z', ...facts };
  await append(catalog, `roleGrant-${id}`, 'RoleGranted', grant);
  return { person, id };
};
const held = (person: string) => new Grants(planning).heldBy(person, AT);

describe('what somebody holds', () => {
  test('is what was granted, for every service to see', async () => {
    const { person, id } = await granted({ scope: { services: ['s'], environments: ['e'], actions: ['events:read'] } });
    const limits = { services: ['s'], environments: ['e'], actions: ['events:read'] };
    expect(await held(person)).toEqual([{ id, role: 'deployer', ...limits }]);
    expect(await held(`person-${randomUUID()}`)).toEqual([]);
  });

  test('is gone once it is revoked, with no delay', async () => {
    const { person, id } = await granted({});
    expect(await held(person)).toHaveLength(1);
    await append(catalog, `roleGrant-${id}`, 'RoleRevoked', {});
    expect(await held(person)).toEqual([]);
  });

  test.each([
    ['has not begun', { from: '2026-03-02T10:00:00.001Z' }, 0],
    ['begins now', { from: AT }, 1],
    ['is over', { to: AT }, 0],
    ['goes on', { to: '2026-03-02T10:00:00.001Z' }, 1],
  ])('counts in its period only: %s', async (_, period, count) => {
    const { person } = await granted(period);
    expect(await held(person)).toHaveLength(count);
  });

  test('is nothing after the day that a person leaves', async () => {
    const { person } = await granted({});
    const leaver = { pseudonym: person, kind: 'person', name: 'Ada', aliases: [], leavesOn: '2026-01-31' } as const;
    await new Directory(catalog).registerPerson(leaver);
    expect(await held(person)).toEqual([]);
  });

  test('is not what another service calls a grant', async () => {
    const person = `person-${randomUUID()}`;
    const grant = { person, role: 'administrator', scope: {}, from: '2026-03-01T00:00:00Z' };
    await append(planning, `release-${randomUUID()}`, 'RoleGranted', grant);
    expect(await held(person)).toEqual([]);
  });
});

describe('a grant for', () => {
  test('a team is for the services that it owns now', async () => {
    const [team, mine, given, taken] = Array.from({ length: 4 }, () => randomUUID());
    await append(catalog, `service-${mine}`, 'ServiceRegistered', { ownerTeam: team });
    await append(catalog, `service-${given}`, 'ServiceRegistered', { ownerTeam: 'others' });
    await append(catalog, `service-${given}`, 'ServiceUpdated', { ownerTeam: team });
    await append(catalog, `service-${taken}`, 'ServiceRegistered', { ownerTeam: team });
    await append(catalog, `service-${taken}`, 'ServiceUpdated', { ownerTeam: 'others' });
    const { person } = await granted({ scope: { teams: [team], services: ['named'] } });
    const [grant] = await held(person);
    expect(new Set(grant?.services)).toEqual(new Set([mine, given, 'named']));
  });

  test('an application is for the services in it now', async () => {
    const application = randomUUID();
    await append(catalog, `application-${application}`, 'ApplicationRegistered', { serviceIds: ['a', 'b'] });
    await append(catalog, `application-${application}`, 'ApplicationUpdated', { serviceIds: ['b', 'c'] });
    const { person } = await granted({ scope: { applications: [application] } });
    expect(await held(person)).toMatchObject([{ services: ['b', 'c'] }]);
  });

  test('a team of nothing is for nothing, not for everything', async () => {
    const { person } = await granted({ scope: { teams: ['nobody'] } });
    expect(await held(person)).toMatchObject([{ services: [] }]);
  });
});
