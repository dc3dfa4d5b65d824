import { type Client, type TestService, testService } from '@slipway/service/testing';
import fc from 'fast-check';
import { catalog } from '../module.ts';

type Imported = Readonly<{ record: string; name: string; outcome: string; code?: string }>;
type Document = Readonly<Record<string, readonly object[]>>;

let slipway: TestService;
let admin: Client;
let viewer: Client;

beforeEach(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  viewer = await slipway.as('vera@example.org', 'viewer');
});
afterEach(() => slipway.stop());

const applied = async (document: object, query = ''): Promise<readonly Imported[]> => {
  const { body } = await admin.post(`/v1/catalog/import${query}`, document).expect(200);
  await slipway.caughtUp();
  return body.records;
};
const exported = async (client = admin): Promise<Document> => (await client.get('/v1/catalog/export').expect(200)).body;
const said = (records: readonly Imported[]) =>
  records
    .filter(({ outcome }) => outcome !== 'unchanged')
    .map(({ outcome, name, code }) => `${outcome} ${name}${code ? ` ${code}` : ''}`);

const service = { title: 'A service', ownerTeam: 'payments', criticality: 'low' };
const document = {
  services: [
    { ...service, name: 'checkout', dependencies: [{ service: 'cart', kind: 'service' }], inSoxScope: true },
    { ...service, name: 'cart', dependencies: [{ service: 'checkout', kind: 'service' }] },
    { ...service, name: 'ads' },
  ],
  environments: [{ name: 'production', title: 'P', tier: 'production', region: 'eu', timeZone: 'UTC' }],
  people: [{ name: 'Ann', email: 'ann@example.org', accounts: ['github:ann'], leavesOn: '2030-12-31' }],
  serviceAccounts: [{ name: 'Pipeline', accounts: ['sub:pipeline'] }],
  teams: [{ name: 'payments', title: 'Payments', members: [{ person: 'github:ann', part: 'lead' }] }],
  applications: [{ name: 'shop', title: 'Shop', ownerTeam: 'payments', services: ['checkout', 'cart'] }],
};

test('everything is imported at once, in any order of reference, and its circles are told', async () => {
  const dry = (await admin.post('/v1/catalog/import?dryRun=true', document).expect(200)).body;
  expect(dry.records.map(({ outcome }: Imported) => outcome)).toEqual(Array.from({ length: 8 }, () => 'added'));
  expect(dry.cycles).toEqual([['checkout', 'cart']]);
  const { records, cycles } = (await admin.post('/v1/catalog/import', document).expect(200)).body;
  expect(said(records)).toEqual(said(dry.records));
  expect(cycles).toEqual([['checkout', 'cart']]);
  const team = (await admin.get('/v1/teams/payments').expect(200)).body;
  expect(team.members).toMatchObject([{ personName: 'Ann', part: 'lead' }]);
});

test('the export is what was imported, in its shape; applied again, nothing changes', async () => {
  await applied(document);
  const all = await exported();
  expect(all).toEqual({
    ...document,
    services: [document.services[2], document.services[1], document.services[0]],
    environments: [{ ...document.environments[0], openness: 'only-in-windows' }],
    teams: [{ ...document.teams[0], members: [{ person: 'ann@example.org', part: 'lead' }] }],
    applications: [{ ...document.applications[0], services: expect.arrayContaining(['checkout', 'cart']) }],
    roleGrants: [],
  });
  expect(said(await applied(all))).toEqual([]);
});

test('role grants are in the export of administrators; applied again, nobody is given anything twice', async () => {
  await applied({ ...document, roleGrants: [{ person: 'github:ann', role: 'deployer', services: ['checkout'] }] });
  const more = {
    person: 'sub:pipeline',
    role: 'integration',
    environments: ['production'],
    to: '2030-01-01T00:00:00Z',
  };
  await admin.post('/v1/role-grants', { ...more, teams: ['payments'], actions: ['releases:write'] }).expect(201);
  const { body: gone } = await admin.post('/v1/role-grants', { person: 'github:ann', role: 'viewer' }).expect(201);
  await admin.post(`/v1/role-grants/${gone.id}/revoke`).expect(200);
  await slipway.caughtUp();
  const all = await exported();
  expect(all['roleGrants']).toHaveLength(2);
  expect(all['roleGrants']).toEqual(
    expect.arrayContaining([
      { person: 'ann@example.org', role: 'deployer', services: ['checkout'], from: expect.any(String) },
      {
        ...more,
        teams: ['payments'],
        actions: ['releases:write'],
        from: expect.any(String),
        to: '2030-01-01T00:00:00.000Z',
      },
    ]),
  );
  expect(said(await applied(all))).toEqual([]);
  const auditor = await slipway.as('aude@example.org', 'auditor');
  expect(await exported(auditor)).not.toHaveProperty('roleGrants');
});

test('who may not read names gets no people, and members by their pseudonyms', async () => {
  await applied(document);
  const all = await exported(viewer);
  expect(Object.keys(all)).toEqual(['services', 'environments', 'teams', 'applications']);
  expect(JSON.stringify(all)).not.toContain('ann');
  expect(said(await applied(all))).toEqual([]);
});

test('what people said of a record is in the way of nothing', async () => {
  await applied(document);
  await admin.patch('/v1/services/ads', { title: 'Retitled', labels: ['x'] }).expect(200);
  await admin.post('/v1/services/ads/comment', { text: 'See the wiki' }).expect(200);
  await slipway.caughtUp();
  const all = await exported();
  expect(all['services']?.[0]).toMatchObject({ name: 'ads', title: 'Retitled' });
  expect(said(await applied(all))).toEqual([]);
  expect(said(await applied({ services: [document.services[2]] }))).toEqual(['changed ads']);
});

describe('what a document leaves out', () => {
  test('stays, unless pruning is asked for', async () => {
    await applied(document);
    expect(said(await applied({ services: document.services.slice(0, 2) }))).toEqual([]);
    expect((await viewer.get('/v1/services/ads').expect(200)).body.state).toBe('Registered');
  });

  test('is retired with the reason, in the kinds that the document has a list of', async () => {
    await applied(document);
    const less = { services: document.services.slice(0, 2), teams: [], reason: 'Ann moved it' };
    expect(said(await applied(less, '?prune=true&dryRun=true'))).toEqual(['retired ads', 'retired payments']);
    expect((await viewer.get('/v1/services/ads').expect(200)).body.state).toBe('Registered');
    expect(said(await applied(less, '?prune=true'))).toEqual(['retired ads', 'retired payments']);
    const { body } = await viewer.get('/v1/services/ads').expect(200);
    expect(body).toMatchObject({ state: 'Retired', retired: { reason: 'Ann moved it' } });
    expect(JSON.stringify(await slipway.events(`service-${body.id}`))).not.toContain('Ann moved');
    expect((await viewer.get('/v1/applications/shop').expect(200)).body.state).toBe('Registered');
    expect((await viewer.get('/v1/environments/production').expect(200)).body.state).toBe('Registered');
    expect(said(await applied(less, '?prune=true'))).toEqual([]);
    expect((await exported())['services']).toHaveLength(2);
  });

  test('comes back when it is applied again', async () => {
    await applied(document);
    await applied({ services: [] }, '?prune=true');
    expect(said(await applied(document))).toEqual(['changed checkout', 'changed cart', 'changed ads']);
    expect((await viewer.get('/v1/services').expect(200)).body.items).toHaveLength(3);
  });

  test('the same key again tells the same again', async () => {
    await applied(document);
    const asked = () => admin.post('/v1/catalog/import?prune=true', { services: [] }).set('Idempotency-Key', 'prune-1');
    const first = (await asked().expect(200)).body;
    await slipway.caughtUp();
    expect((await asked().expect(200)).body).toEqual(first);
    expect(said(first.records)).toEqual(['retired ads', 'retired cart', 'retired checkout']);
  });
});

test('a team of somebody unknown is refused and stops no other', async () => {
  const teams = [
    { ...document.teams[0], members: [{ person: 'nobody@example.org' }] },
    { name: 'b', title: 'B' },
  ];
  expect(said(await applied({ teams }))).toEqual(['refused payments unknown-person', 'added b']);
  const applications = [{ ...document.applications[0], services: ['none'] }];
  expect(said(await applied({ applications }))).toEqual(['refused shop unknown-service']);
});

test('a last day that is not said stays, and null takes it away', async () => {
  await applied(document);
  const ann = { name: 'Ann Other', email: 'ann@example.org' };
  await applied({ people: [ann] });
  expect((await admin.get('/v1/people/ann@example.org').expect(200)).body.leavesOn).toBe('2030-12-31');
  await admin.put('/v1/people/ann@example.org', { ...ann, name: 'Ann' }).expect(200);
  expect((await admin.get('/v1/people/ann@example.org').expect(200)).body.leavesOn).toBe('2030-12-31');
  expect(said(await applied({ people: [{ ...ann, name: 'Ann', leavesOn: null }] }))).toEqual(['changed Ann']);
  expect((await admin.get('/v1/people/ann@example.org').expect(200)).body).not.toHaveProperty('leavesOn');
  const { body } = await admin.put('/v1/people/ann@example.org', { ...ann, leavesOn: '2027-02-29' }).expect(400);
  expect(body.errors).toMatchObject([{ pointer: '/leavesOn' }]);
});

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter(each => !each.includes('\0'));
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const person = fc.constantFrom('ann@example.org', 'github:bo', 'sub:pipeline');
const unique = <Value extends { name: string }>(each: fc.Arbitrary<Value>) =>
  fc.uniqueArray(each, { selector: value => value.name, maxLength: 4 });
const documents = fc.record({
  services: unique(
    fc.record({
      name,
      title: text,
      ownerTeam: text,
      criticality: fc.constantFrom('low', 'critical'),
      repositories: optional(fc.array(text, { maxLength: 3 })),
      alertLabels: optional(fc.array(fc.dictionary(text, text, { minKeys: 1, maxKeys: 2 }), { maxLength: 2 })),
      aliases: optional(fc.array(text, { maxLength: 3 })),
      criticalOrImportantFunction: optional(fc.boolean()),
      inSoxScope: optional(fc.boolean()),
      thirdPartyProvider: optional(text),
    }),
  ),
  environments: unique(
    fc.record({
      name,
      title: text,
      tier: fc.constantFrom('production', 'test'),
      region: text,
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
      openness: optional(fc.constantFrom('always-open', 'only-in-windows')),
      certified: optional(fc.boolean()),
      topology: optional(text),
      // A name that JavaScript gives a meaning of its own is refused: 400.
      middleware: optional(
        fc.dictionary(
          text.filter(name => name !== '__proto__'),
          text,
          { maxKeys: 2 },
        ),
      ),
    }),
  ),
  people: fc.constant([
    { name: 'Ann', email: 'ann@example.org' },
    { name: 'Bo', accounts: ['github:bo'] },
  ]),
  serviceAccounts: fc.constant([{ name: 'Pipeline', email: 'pipeline@example.org', accounts: ['sub:pipeline'] }]),
  teams: unique(
    fc.record({
      name,
      title: text,
      members: optional(
        fc.uniqueArray(fc.record({ person, part: optional(fc.constantFrom('lead', 'deputy')) }), {
          selector: member => member.person,
        }),
      ),
    }),
  ),
  applications: unique(fc.record({ name, title: text, ownerTeam: text })),
});

test('whatever is applied: the export of it, applied again, changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(documents, async asked => {
      const outcomes = await applied(asked);
      expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
      const all = await exported();
      expect(said(await applied(all, '?prune=true'))).toEqual([]);
      expect(await exported()).toEqual(all);
    }),
    { numRuns: 25 },
  );
}, 120_000);
