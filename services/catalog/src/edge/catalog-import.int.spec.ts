import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../module.ts';

type Row = Readonly<{ record: string; name: string; outcome: string; fields: { field: string }[]; code?: string }>;

let slipway: TestService;
let admin: Client;

beforeEach(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
});
afterEach(() => slipway.stop());

const checkout = {
  name: 'checkout',
  title: 'Checkout',
  ownerTeam: 'payments',
  criticality: 'high',
  dependencies: [{ service: 'cart', kind: 'service' }],
};
const cart = { name: 'cart', title: 'Cart', ownerTeam: 'shop', criticality: 'medium' };
const document = {
  services: [checkout, cart],
  environments: [{ name: 'production', title: 'Production', tier: 'production', region: 'eu', timeZone: 'UTC' }],
  people: [{ name: 'Ann', email: 'ann@example.org', accounts: ['github:ann'] }],
  serviceAccounts: [{ name: 'Pipeline', accounts: ['sub:pipeline'] }],
  roleGrants: [
    { person: 'ann@example.org', role: 'change-approver', services: ['checkout'] },
    { person: 'sub:pipeline', role: 'deployer', environments: ['production'], from: '2026-01-01T00:00:00Z' },
  ],
};

const apply = async (body: object, query = '', key?: string): Promise<readonly Row[]> => {
  const request = admin.post(`/v1/catalog/import${query}`, body);
  return (await (key ? request.set('Idempotency-Key', key) : request).expect(200)).body.records;
};
const outcomes = (rows: readonly Row[]) => rows.map(({ outcome }) => outcome);
const events = async (): Promise<number> => {
  await slipway.caughtUp();
  const { headers } = await admin.get('/v1/services').expect(200);
  return Number(headers['slipway-position']);
};

test('a dry run tells everything and writes nothing', async () => {
  const rows = await apply(document, '?dryRun=true');
  expect(outcomes(rows)).toEqual(Array.from({ length: 7 }, () => 'added'));
  expect(await events()).toBe(0);
  await admin.get('/v1/people/ann@example.org').expect(404);
});

test('what is applied is applied once: the second time all is unchanged', async () => {
  expect(outcomes(await apply(document))).toEqual(Array.from({ length: 7 }, () => 'added'));
  const before = await events();
  expect(before).toBe(7);
  expect(outcomes(await apply(document))).toEqual(Array.from({ length: 7 }, () => 'unchanged'));
  expect(outcomes(await apply(document, '?dryRun=true'))).toEqual(Array.from({ length: 7 }, () => 'unchanged'));
  expect(await events()).toBe(before);
  const grants = (await admin.get('/v1/role-grants').expect(200)).body.items;
  expect(grants).toHaveLength(2);
});

test('only what differs is written, and told field by field', async () => {
  await apply(document);
  const changed = {
    ...document,
    services: [{ ...checkout, criticality: 'critical' }, cart],
    people: [{ name: 'Ann Other', email: 'ann@example.org', accounts: ['github:ann', 'gitlab:ann'] }],
  };
  const dry = await apply(changed, '?dryRun=true');
  expect(dry.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([
    {
      record: 'service',
      name: 'checkout',
      outcome: 'changed',
      fields: [{ field: 'criticality', before: 'high', after: 'critical' }],
    },
    {
      record: 'person',
      name: 'Ann Other',
      outcome: 'changed',
      fields: [
        { field: 'name', before: 'Ann', after: 'Ann Other' },
        {
          field: 'accounts',
          before: ['email:ann@example.org', 'github:ann'],
          after: ['email:ann@example.org', 'github:ann', 'gitlab:ann'],
        },
      ],
    },
  ]);
  expect(await apply(changed)).toEqual(dry);
  expect(outcomes(await apply(changed))).toEqual(Array.from({ length: 7 }, () => 'unchanged'));
  expect(await events()).toBe(8);
});

test('somebody who is named twice in one document is one person', async () => {
  const ann = { name: 'Ann', email: 'ann@example.org' };
  const rows = await apply({
    people: [ann, { ...ann, accounts: ['github:ann'] }, { name: 'Bo', email: 'bo@example.org' }],
  });
  expect(outcomes(rows)).toEqual(['added', 'changed', 'added']);
  const both = await apply({ people: [{ name: 'Both', accounts: ['github:ann', 'email:bo@example.org'] }] });
  expect(both).toMatchObject([{ outcome: 'refused', code: 'alias-taken' }]);
  expect(await events()).toBe(2);
});

test('the same key again tells the same again, and does nothing', async () => {
  const first = await apply({ services: [cart] }, '', 'once');
  expect(await apply({ services: [cart] }, '', 'once')).toEqual(first);
  expect(await events()).toBe(1);
});

test('a record that is refused stops no other', async () => {
  await apply({ serviceAccounts: document.serviceAccounts });
  const rows = await apply({
    services: [
      { ...cart, dependencies: [{ service: 'none', kind: 'service' }] },
      { ...checkout, dependencies: [] },
    ],
    environments: [{ ...document.environments[0], timeZone: 'Mars' }],
    people: [{ name: 'No alias' }, { name: 'Pipeline', accounts: ['sub:pipeline'] }],
    roleGrants: [
      { person: 'nobody@example.org', role: 'viewer' },
      { person: 'sub:pipeline', role: 'viewer', services: ['none'] },
      { person: 'sub:pipeline', role: 'viewer', services: [] },
      { person: 'sub:pipeline', role: 'viewer' },
    ],
  });
  expect(rows.map(({ outcome, code }) => code ?? outcome)).toEqual([
    'unknown-service',
    'added',
    'unknown-time-zone',
    'no-alias',
    'kind-is-fixed',
    'unknown-person',
    'unknown-service',
    'empty-scope',
    'added',
  ]);
  expect((await admin.get('/v1/people/sub:pipeline').expect(200)).body.kind).toBe('service-account');
});

test('what the schema does not know is refused as a whole, by its pointer', async () => {
  const { body } = await admin
    .post('/v1/catalog/import', { services: [cart, { ...checkout, criticality: 'huge' }] })
    .expect(400);
  expect(body.errors).toMatchObject([{ pointer: '/services/1/criticality' }]);
  expect(await events()).toBe(0);
});

test('who only reads cannot import', async () => {
  const viewer = await slipway.as('vera@example.org', 'viewer');
  const { body } = await viewer.post('/v1/catalog/import', document).expect(403);
  expect(body.permission).toBe('catalog:write');
});
