import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../module.ts';

let slipway: TestService;
let admin: Client;
let viewer: Client;

const service = { title: 'A service', ownerTeam: 'payments', criticality: 'low' };
const shop = { name: 'shop', title: 'The web shop', ownerTeam: 'payments', services: ['cart', 'checkout'] };
const payments = { name: 'payments', title: 'Payments', members: [{ person: 'ann@example.org', part: 'lead' }] };
const production = { name: 'production', title: 'Production', tier: 'production', region: 'eu', timeZone: 'UTC' };

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  viewer = await slipway.as('vera@example.org', 'viewer');
  for (const name of ['cart', 'checkout', 'ads']) await admin.post('/v1/services', { ...service, name }).expect(201);
  await admin.post('/v1/environments', production).expect(201);
  await admin.post('/v1/people', { name: 'Ann', email: 'ann@example.org' }).expect(201);
  await admin.post('/v1/teams', payments).expect(201);
  await admin.post('/v1/applications', shop).expect(201);
});
afterAll(() => slipway.stop());

const idOf = async (path: string): Promise<string> => (await viewer.get(path).expect(200)).body.id;
const namesIn = async (path: string): Promise<readonly string[]> => {
  await slipway.caughtUp();
  return (await viewer.get(path).expect(200)).body.items.map((item: { name: string }) => item.name);
};

test('an application is named by its name, its number and its id, and says which services belong to it', async () => {
  const { body } = await viewer.get('/v1/applications/shop').expect(200);
  expect(body).toMatchObject({
    number: 'APP-1',
    title: 'The web shop',
    ownerTeam: 'payments',
    ownerTeamId: await idOf('/v1/teams/payments'),
    state: 'Registered',
  });
  expect(new Set(body.serviceIds)).toEqual(
    new Set([await idOf('/v1/services/cart'), await idOf('/v1/services/checkout')]),
  );
  expect((await viewer.get('/v1/applications/APP-1').expect(200)).body).toEqual(body);
  expect((await viewer.get(`/v1/applications/${body.id}`).expect(200)).body).toEqual(body);
  for (const filter of ['service=cart', 'team=payments', 'team=TEAM-1', 'q=WEB'])
    expect(await namesIn(`/v1/applications?${filter}`)).toEqual(['shop']);
  expect(await namesIn('/v1/applications?service=ads')).toEqual([]);
  expect(await namesIn('/v1/services?application=APP-1')).toEqual(['cart', 'checkout']);
});

test('an update states it anew', async () => {
  await admin.post('/v1/applications', { ...shop, name: 'ads' }).expect(201);
  const { name: _, ...stated } = { ...shop, services: ['ads'] };
  const { body } = await admin.put('/v1/applications/ads', stated).set('If-Match', '"1"').expect(200);
  expect(body).toMatchObject({ number: 'APP-2', serviceIds: [await idOf('/v1/services/ads')], version: 2 });
});

test('a team names its members to those who may read names, and in no event', async () => {
  const { body } = await admin.get('/v1/teams/TEAM-1').expect(200);
  expect(body).toMatchObject({ name: 'payments', members: [{ part: 'lead', personName: 'Ann' }] });
  const seen = (await viewer.get('/v1/teams/payments').expect(200)).body.members;
  expect(seen).toEqual([{ person: expect.stringMatching(/^person-/), part: 'lead' }]);
  expect(JSON.stringify(await slipway.events(`team-${body.id}`))).not.toContain('Ann');
  expect(await namesIn('/v1/teams?person=ann@example.org')).toEqual(['payments']);
  expect((await admin.get('/v1/teams').expect(200)).body.items[0].members[0].personName).toBe('Ann');
  const onCall = { system: 'pagerduty', key: 'PI7DH85', url: 'https://example.pagerduty.com/schedules/PI7DH85' };
  const updated = await admin.put('/v1/teams/payments', { title: 'Payments', onCall }).expect(200);
  expect(updated.body).toMatchObject({ members: [], onCall });
  await slipway.caughtUp();
  await viewer.get('/v1/teams?person=ann@example.org').expect(200, { items: [] });
});

test('a service says whether it supports a critical function, is in SOX scope and who runs it', async () => {
  const more = { criticalOrImportantFunction: true, inSoxScope: true, thirdPartyProvider: 'Example Payments Ltd' };
  await admin.post('/v1/services', { ...service, name: 'card-gateway', ...more }).expect(201);
  expect((await viewer.get('/v1/services/card-gateway').expect(200)).body).toMatchObject(more);
  expect(await namesIn('/v1/services?criticalOrImportantFunction=true')).toEqual(['card-gateway']);
  expect(await namesIn('/v1/services?inSoxScope=false&q=card')).toEqual([]);
  await admin.put('/v1/services/card-gateway', service).expect(200);
  expect((await viewer.get('/v1/services/card-gateway').expect(200)).body).not.toHaveProperty('inSoxScope');
  expect(await namesIn('/v1/services?inSoxScope=true')).toEqual([]);
});

test('an environment says what lives there and on what it runs', async () => {
  const more = {
    ownerTeam: 'payments',
    certified: true,
    dataClass: 'personal',
    topology: 'two zones, active and standby',
    middleware: { postgresql: '18.1', kafka: '4.3.0' },
  };
  const { name: _, ...stated } = production;
  const { headers } = await viewer.get('/v1/environments/production').expect(200);
  const ifMatch = headers['etag'] ?? '';
  await admin
    .put('/v1/environments/production', { ...stated, ...more })
    .set('If-Match', ifMatch)
    .expect(200);
  const { body } = await viewer.get('/v1/environments/production').expect(200);
  expect(body).toMatchObject({ ...more, ownerTeamId: await idOf('/v1/teams/payments') });
  expect(await namesIn('/v1/environments?team=payments')).toEqual(['production']);
});

describe.each([
  ['services', 'service'],
  ['environments', 'environment'],
  ['applications', 'application'],
  ['teams', 'team'],
] as const)('%s', (plural, category) => {
  const body = {
    services: { ...service, name: 'gone' },
    environments: { ...production, name: 'gone' },
    applications: { ...shop, name: 'gone' },
    teams: { ...payments, name: 'gone' },
  }[plural];

  test('are described, commented and found by label and reference, and keep it when they are stated anew', async () => {
    await admin.post(`/v1/${plural}`, body).expect(201);
    const externalRefs = [{ system: 'backstage', key: `${category}:default/gone` }];
    const details = { description: 'Sleeps well', labels: ['tier:1'], externalRefs, title: 'Retitled' };
    await admin.patch(`/v1/${plural}/gone`, details).expect(200);
    const commented = await admin.post(`/v1/${plural}/gone/comment`, { text: 'Ann knows more' }).expect(200);
    expect(commented.body).toMatchObject({ ...details, comments: [{ text: 'Ann knows more' }] });
    const { name: _, ...stated } = { ...body, title: 'Stated' };
    const seen = `"${commented.body.version}"`;
    const { body: anew } = await admin.put(`/v1/${plural}/gone`, stated).set('If-Match', seen).expect(200);
    expect(anew).toMatchObject({ ...details, title: 'Stated', comments: [{ text: 'Ann knows more' }] });
    for (const filter of ['label=tier:1', `ref=${category}:default/gone`, 'q=stated'])
      expect(await namesIn(`/v1/${plural}?${filter}`)).toEqual(['gone']);
    const { items } = (await viewer.get(`/v1/${plural}/gone/events`).expect(200)).body;
    expect(items.map(({ type }: { type: string }) => type.replace(/^[A-Z][a-z]+/, ''))).toEqual([
      'Registered',
      'DetailsChanged',
      'Commented',
      'Updated',
    ]);
    expect(JSON.stringify(await slipway.events(`${category}-${anew.id}`))).not.toContain('Ann knows');
  });

  test('are retired with a reason, out of the lists, and go on when they are registered again', async () => {
    const { body: retired } = await admin.post(`/v1/${plural}/gone/retire`, { reason: 'Ann left' }).expect(200);
    expect(retired).toMatchObject({ state: 'Retired', retired: { reason: 'Ann left' }, labels: ['tier:1'] });
    expect(await namesIn(`/v1/${plural}?q=gone`)).toEqual([]);
    expect(await namesIn(`/v1/${plural}?state=Retired`)).toEqual(['gone']);
    const { name: _, ...stated } = body;
    const update = admin.put(`/v1/${plural}/gone`, stated).set('If-Match', `"${retired.version}"`);
    expect((await update.expect(409)).body.code).toBe('retired');
    expect((await admin.post(`/v1/${plural}/gone/retire`, { reason: 'x' }).expect(409)).body.code).toBe('retired');
    const { body: back } = await admin.post(`/v1/${plural}`, body).expect(201);
    expect(back).toMatchObject({ state: 'Registered', registeredAt: retired.registeredAt });
    expect(back).not.toHaveProperty('retired');
    expect(await namesIn(`/v1/${plural}?q=gone`)).toEqual(['gone']);
    await admin.post(`/v1/${plural}/gone/retire`, { reason: 'for good' }).expect(200);
  });
});

test.each(['x', '-1', '1.5', '9'.repeat(30)])('a page of events after %j is refused', async version => {
  const pageToken = Buffer.from(JSON.stringify([version])).toString('base64url');
  const { body } = await viewer.get(`/v1/services/cart/events?pageToken=${pageToken}`).expect(400);
  expect(body.code).toBe('invalid-page-token');
});

test.each([
  ['post', '/v1/applications', { ...shop, title: 'Another' }, 409, 'already-registered'],
  ['post', '/v1/applications', { ...shop, name: 'a', services: ['none'] }, 422, 'unknown-service'],
  ['post', '/v1/applications', { ...shop, name: 'APP-7' }, 400, 'invalid-fields'],
  ['post', '/v1/teams', { ...payments, name: 'TEAM-7' }, 400, 'invalid-fields'],
  ['post', '/v1/teams', { ...payments, name: 'a', members: [{ person: 'no@example.org' }] }, 422, 'unknown-person'],
  [
    'post',
    '/v1/teams',
    {
      ...payments,
      name: 'a',
      members: [{ person: 'ann@example.org' }, { person: 'email:ann@example.org', part: 'lead' }],
    },
    409,
    'duplicate-member',
  ],
  ['put', '/v1/applications/APP-99', { title: 'A', ownerTeam: 'b' }, 404, 'not-found'],
  ['put', '/v1/teams/none', { title: 'A' }, 404, 'not-found'],
  ['post', '/v1/teams/none/retire', { reason: 'x' }, 404, 'not-found'],
  ['post', '/v1/services/cart/retire', {}, 400, 'invalid-fields'],
  ['post', '/v1/teams/TEAM-99/comment', { text: 'x' }, 404, 'not-found'],
] as const)('%s %s %j: %i %s', async (method, path, sent, status, code) => {
  const { body } = await admin[method](path, sent).expect(status);
  expect(body.code).toBe(code);
});
