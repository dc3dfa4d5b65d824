import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../module.ts';

let slipway: TestService;
let admin: Client;
let viewer: Client;

const cart = { name: 'cart', title: 'Cart', ownerTeam: 'shop', criticality: 'medium' };
const checkout = {
  name: 'checkout',
  title: 'Checkout',
  ownerTeam: 'payments',
  criticality: 'high',
  repositories: ['shop/checkout'],
  alertLabels: [{ job: 'checkout' }],
  aliases: ['checkoutservice'],
  dependencies: [{ service: 'cart', kind: 'service' }],
};
const production = {
  name: 'production',
  title: 'Production',
  tier: 'production',
  region: 'eu',
  timeZone: 'Europe/Berlin',
};

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  viewer = await slipway.as('vera@example.org', 'viewer');
  await admin.post('/v1/services', cart).expect(201);
  await admin.post('/v1/services', checkout).expect(201);
  await admin.post('/v1/environments', production).expect(201);
});
afterAll(() => slipway.stop());

test('a service is read by its name and by its id', async () => {
  const { body } = await viewer.get('/v1/services/checkout').expect(200);
  expect(body).toMatchObject({ ...checkout, dependencies: [{ kind: 'service' }], version: 1 });
  const cartId = (await viewer.get('/v1/services/cart').expect(200)).body.id;
  expect(body.dependencies[0].serviceId).toBe(cartId);
  expect((await viewer.get(`/v1/services/${body.id}`).expect(200)).body).toEqual(body);
});

test('an update states the whole, once, at the version that was seen', async () => {
  await admin.post('/v1/services', { ...cart, name: 'ads' }).expect(201);
  const { name: _name, ...stated } = { ...cart, title: 'Ads' };
  const updated = await admin.put('/v1/services/ads', stated).set('If-Match', '"1"').expect(200);
  expect(updated.headers['etag']).toBe('"2"');
  await admin.put('/v1/services/ads', stated).expect(200).expect('ETag', '"2"');
  const { body } = await admin
    .put('/v1/services/ads', { ...stated, title: 'X' })
    .set('If-Match', '"1"')
    .expect(412);
  expect(body.code).toBe('stale-version');
});

test('an environment in production is open in windows only, and is updated by who saw it', async () => {
  const { body, headers } = await viewer.get('/v1/environments/production').expect(200);
  expect(body).toMatchObject({ openness: 'only-in-windows', tier: 'production' });
  const { name: _name, ...stated } = { ...production, region: 'eu-central-1', aliases: ['prod'] };
  const update = () => admin.put(`/v1/environments/${body.id}`, stated);
  expect((await update().expect(428)).body.code).toBe('if-match-required');
  expect((await update().set('If-Match', '*').expect(428)).body.code).toBe('if-match-required');
  expect((await update().set('If-Match', '"7"').expect(412)).body.code).toBe('stale-version');
  const updated = await update()
    .set('If-Match', headers['etag'] ?? '')
    .expect(200);
  expect(updated.body).toMatchObject({ name: 'production', region: 'eu-central-1', aliases: ['prod'], version: 2 });
});

test.each([
  ['post', '/v1/services', { ...checkout, criticality: 'low' }, 409, 'already-registered'],
  [
    'post',
    '/v1/services',
    { ...cart, name: 'a', dependencies: [{ service: 'a', kind: 'service' }] },
    409,
    'depends-on-itself',
  ],
  [
    'post',
    '/v1/services',
    { ...cart, name: 'a', dependencies: [{ service: 'no', kind: 'service' }] },
    422,
    'unknown-service',
  ],
  ['post', '/v1/services', { ...cart, name: 'a', alertLabels: [{}] }, 409, 'matches-every-alert'],
  ['post', '/v1/services', { ...cart, name: 'two words' }, 400, 'invalid-fields'],
  ['post', '/v1/services', { ...cart, name: 'a', color: 'red' }, 400, 'invalid-fields'],
  ['post', '/v1/environments', { ...production, name: 'a', timeZone: 'Berlin' }, 422, 'unknown-time-zone'],
  ['post', '/v1/environments', { ...production, title: 'Other' }, 409, 'already-registered'],
  ['put', '/v1/services/none', { title: 'A', ownerTeam: 'b', criticality: 'low' }, 404, 'not-found'],
  ['put', '/v1/environments/none', { title: 'A', tier: 'test', region: 'b', timeZone: 'UTC' }, 404, 'not-found'],
] as const)('%s %s %j: %i %s', async (method, path, sent, status, code) => {
  const { body } = await admin[method](path, sent).expect(status);
  expect(body.code).toBe(code);
});

test('who only reads cannot write', async () => {
  const { body } = await viewer.post('/v1/services', cart).expect(403);
  expect(body).toMatchObject({ code: 'not-permitted', permission: 'catalog:write' });
});

test('lists show what was written once they have passed it, page by page, filtered', async () => {
  const last = await admin.post('/v1/services', { ...cart, name: 'zebra', title: '100 % zebra' }).expect(201);
  const after = `afterEvent=${encodeURIComponent(last.headers['slipway-event'] as string)}`;
  const first = await viewer.get(`/v1/services?pageSize=2&${after}`).expect(200);
  expect(first.body.items).toHaveLength(2);
  expect(Number(first.headers['slipway-position'])).toBeGreaterThan(0);
  const rest = await viewer.get(`/v1/services?pageSize=200&pageToken=${first.body.nextPageToken}`).expect(200);
  const names = [...first.body.items, ...rest.body.items].map((item: { name: string }) => item.name);
  expect(names).toEqual(['ads', 'cart', 'checkout', 'zebra']);
  const namesOf = async (query: string) =>
    (await viewer.get(`/v1/services?${query}`).expect(200)).body.items.map((item: { name: string }) => item.name);
  expect(await namesOf('q=heck')).toEqual(['checkout']);
  expect(await namesOf('q=%25')).toEqual(['zebra']);
  expect(await namesOf('team=payments')).toEqual(['checkout']);
  expect(await namesOf('criticality=low')).toEqual([]);
  expect(await namesOf('dependsOn=cart')).toEqual(['checkout']);
});

test('environments are listed', async () => {
  await slipway.caughtUp();
  const { body } = await viewer.get('/v1/environments?tier=production').expect(200);
  expect(body.items).toMatchObject([{ name: 'production' }]);
  expect((await viewer.get('/v1/environments?tier=test').expect(200)).body.items).toEqual([]);
});

test('the same key again: the first answer again', async () => {
  const dto = { ...cart, name: 'keyed' };
  const first = await admin.post('/v1/services', dto).set('Idempotency-Key', 'k-1').expect(201);
  await admin.put('/v1/services/keyed', { title: 'Later', ownerTeam: 'shop', criticality: 'low' }).expect(200);
  const again = await admin.post('/v1/services', dto).set('Idempotency-Key', 'k-1').expect(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
});
