import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../module.ts';

let slipway: TestService;
let admin: Client;
let viewer: Client;

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  viewer = await slipway.as('vera@example.org', 'viewer');
  await admin.post('/v1/services', { name: 'cart', title: 'Cart', ownerTeam: 'shop', criticality: 'low' }).expect(201);
  await admin.post('/v1/services', { name: 'ads', title: 'Ads', ownerTeam: 'shop', criticality: 'low' }).expect(201);
});
afterAll(() => slipway.stop());

const register = async (name: string, more: object = {}) =>
  (await admin.post('/v1/people', { name, email: `${name.toLowerCase()}@example.org`, ...more }).expect(201)).body;

test('a person is registered under a pseudonym; the name is in the answer and in no event', async () => {
  const ann = await register('Ann', { accounts: ['github:Ann-Shop'] });
  expect(ann).toMatchObject({
    pseudonym: expect.stringMatching(/^person-/),
    kind: 'person',
    name: 'Ann',
    email: 'ann@example.org',
    accounts: ['email:ann@example.org', 'github:Ann-Shop'],
  });
  const events = await slipway.events(ann.pseudonym);
  expect(events).toMatchObject([{ type: 'PersonRegistered' }]);
  expect(JSON.stringify(events).toLowerCase()).not.toContain('ann');
});

test('whoever acted before she was registered is known by the former pseudonym too', async () => {
  const [byAddress, byAccount] = await Promise.all(
    ['email:bo@example.org', 'github:bo'].map(alias => pseudonymOf(alias)),
  );
  const bo = await register('Bo', { accounts: ['github:bo'] });
  expect(bo).toMatchObject({ pseudonym: byAddress, alsoKnownAs: [byAccount] });
  expect(await pseudonymOf('github:bo')).toBe(byAddress);
});

const pseudonymOf = async (alias: string): Promise<string | undefined> => {
  const { rows } = await slipway.host.running[0]!.pool.query('SELECT pseudonym FROM directory.pseudonyms($1)', [
    [alias],
  ]);
  return rows[0]?.pseudonym;
};

test('registered twice: the same is the same, something else is refused', async () => {
  const cy = await register('Cy');
  expect(await register('Cy')).toEqual(cy);
  const { body } = await admin.post('/v1/people', { name: 'Cyril', email: 'cy@example.org' }).expect(409);
  expect(body.code).toBe('already-registered');
  expect((await admin.get('/v1/people/cy@example.org').expect(200)).body.name).toBe('Cy');
});

test('an update changes name and address, adds accounts, and makes no event of it', async () => {
  const di = await register('Di');
  const { body } = await admin
    .put(`/v1/people/${di.id}`, { name: 'Diana', email: 'diana@example.org', accounts: ['gitlab:di'] })
    .expect(200);
  expect(body).toMatchObject({
    name: 'Diana',
    version: 1,
    accounts: ['email:di@example.org', 'email:diana@example.org', 'gitlab:di'],
  });
  expect((await admin.get('/v1/people/email:DI@example.org').expect(200)).body).toEqual(body);
});

test('a stale update changes nothing', async () => {
  const ed = await register('Ed');
  await admin.put(`/v1/people/${ed.id}`, { name: 'Edgar', email: 'ed@example.org' }).set('If-Match', '"7"').expect(412);
  expect((await admin.get(`/v1/people/${ed.pseudonym}`).expect(200)).body.name).toBe('Ed');
});

test('an account of somebody else is refused, and nothing is written', async () => {
  const fay = await register('Fay', { accounts: ['github:fay'] });
  const gus = await register('Gus');
  const taken = await admin
    .put(`/v1/people/${gus.id}`, { name: 'G', email: 'gus@example.org', accounts: ['github:fay'] })
    .expect(409);
  expect(taken.body.code).toBe('alias-taken');
  const both = await admin
    .post('/v1/people', { name: 'Both', accounts: ['github:fay', 'email:gus@example.org'] })
    .expect(409);
  expect(both.body.code).toBe('alias-taken');
  expect((await admin.get(`/v1/people/${gus.id}`).expect(200)).body.name).toBe('Gus');
  expect((await admin.get(`/v1/people/github:fay`).expect(200)).body.id).toBe(fay.id);
});

test('a registration that was cut between the directory and the log is finished by asking again', async () => {
  const { directory } = slipway.host.running[0]!.service;
  const pseudonym = await directory.pseudonym('email:kim@example.org');
  await directory.registerPerson({ pseudonym, kind: 'person', name: 'K', aliases: ['email:kim@example.org'] });
  await admin.get(`/v1/people/${pseudonym}`).expect(404);
  expect(await register('Kim')).toMatchObject({ pseudonym, name: 'Kim', version: 1 });
});

test('two who register the same person at the same moment register one', async () => {
  const [one, other] = await Promise.all([register('Lee'), register('Lee')]);
  expect(one).toEqual(other);
  expect(await slipway.events(one.pseudonym)).toHaveLength(1);
});

test('nobody is registered without an alias, and nobody is shown to who may not read names', async () => {
  expect((await admin.post('/v1/people', { name: 'X' }).expect(422)).body.code).toBe('no-alias');
  expect((await admin.post('/v1/people', { name: 'X', accounts: ['jira:x'] }).expect(400)).body.code).toBe(
    'invalid-fields',
  );
  expect((await viewer.get('/v1/people').expect(403)).body.permission).toBe('people:read');
  await admin.get('/v1/people/nobody@example.org').expect(404);
  await admin.get('/v1/people/00000000-0000-4000-8000-000000000000').expect(404);
});

test('people are found by name and by pseudonym', async () => {
  const hal = await register('Halvard');
  const robot = await register('Robot', { kind: 'service-account', accounts: ['sub:robot'] });
  await slipway.caughtUp();
  const idsOf = async (query: string) =>
    (await admin.get(`/v1/people?${query}`).expect(200)).body.items.map((item: { id: string }) => item.id);
  expect(await idsOf('q=alva')).toEqual([hal.id]);
  expect(await idsOf('q=sub:robot')).toEqual([robot.id]);
  expect(await idsOf('kind=service-account')).toEqual([robot.id]);
  expect(new Set(await idsOf(`pseudonyms=${hal.pseudonym},${robot.pseudonym}`))).toEqual(new Set([hal.id, robot.id]));
  expect(await idsOf('pageSize=200')).toContain(hal.id);
});

test('a role is granted, held at some instants and not at others, and revoked once', async () => {
  const ida = await register('Ida');
  const from = '2026-01-01T01:00:00+01:00';
  const asked = {
    person: 'ida@example.org',
    role: 'change-approver',
    services: ['cart'],
    from,
    to: '2030-01-01T00:00:00Z',
  };
  const { body: grant } = await admin.post('/v1/role-grants', asked).expect(201);
  expect(grant).toMatchObject({ person: ida.pseudonym, personName: 'Ida', from: '2026-01-01T00:00:00.000Z' });
  await slipway.caughtUp();
  const heldBy = async (query: string, client = viewer) =>
    (await client.get(`/v1/role-grants?person=${ida.pseudonym}&${query}`).expect(200)).body.items;
  expect(await heldBy('')).toMatchObject([{ id: grant.id, role: 'change-approver' }]);
  expect((await heldBy(''))[0]).not.toHaveProperty('personName');
  expect((await heldBy('', admin))[0]).toMatchObject({ personName: 'Ida' });
  expect(await heldBy('at=2025-12-31T23:59:59Z')).toEqual([]);
  expect(await heldBy('at=2026-01-01T00:00:00Z')).toHaveLength(1);
  expect(await heldBy('at=2030-01-01T00:00:00Z')).toEqual([]);
  expect(await heldBy('service=cart')).toHaveLength(1);
  expect(await heldBy('service=ads')).toEqual([]);
  expect(await heldBy('environment=production')).toHaveLength(1);
  expect(await heldBy('role=deployer')).toEqual([]);

  const { body: revoked } = await admin.post(`/v1/role-grants/${grant.id}/revoke`, { reason: 'Ida left' }).expect(200);
  expect(revoked.revoked).toMatchObject({ by: expect.stringMatching(/^person-/), reason: 'Ida left' });
  expect(JSON.stringify(await slipway.events(`roleGrant-${grant.id}`))).not.toContain('Ida');
  expect((await admin.post(`/v1/role-grants/${grant.id}/revoke`).expect(409)).body.code).toBe('already-revoked');
  await slipway.caughtUp();
  expect(await heldBy('')).toEqual([]);
  expect(await heldBy(`at=${grant.grantedAt}`)).toHaveLength(1);
  expect(await heldBy('all=true')).toMatchObject([{ id: grant.id, revoked: { at: revoked.revoked.at } }]);
  expect((await viewer.get(`/v1/role-grants/${grant.id}`).expect(200)).body).toMatchObject({ id: grant.id });
});

test.each([
  [{ person: 'nobody@example.org', role: 'viewer' }, 422, 'unknown-person'],
  [{ person: 'person-00000000-0000-4000-8000-000000000000', role: 'viewer' }, 422, 'unknown-person'],
  [{ person: 'jo@example.org', role: 'king' }, 400, 'invalid-fields'],
  [{ person: 'jo@example.org', role: 'viewer', services: ['no'] }, 422, 'unknown-service'],
  [{ person: 'jo@example.org', role: 'viewer', environments: ['no'] }, 422, 'unknown-environment'],
  [{ person: 'jo@example.org', role: 'viewer', services: [] }, 409, 'empty-scope'],
  [
    { person: 'jo@example.org', role: 'viewer', from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
    409,
    'invalid-period',
  ],
])('the grant %j: %i %s', async (asked, status, code) => {
  await register('Jo');
  const { body } = await admin.post('/v1/role-grants', asked).expect(status);
  expect(body.code).toBe(code);
});
