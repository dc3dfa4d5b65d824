import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../module.ts';

let slipway: TestService;
let admin: Client;

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
});
afterAll(() => slipway.stop());

const token = (...cursor: readonly unknown[]): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

test.each([
  ['/v1/services/%00', 400, 'invalid-text'],
  ['/v1/services/%ED%A0%80', 400, 'malformed-url'],
  [`/v1/services/${'x'.repeat(5_000)}`, 404, 'not-found'],
  ['/v1/environments/..%2F..%2Fpeople', 404, 'not-found'],
  ['/v1/applications/%00', 400, 'invalid-text'],
  [`/v1/applications/${'x'.repeat(5_000)}`, 404, 'not-found'],
  ['/v1/applications/APP-0', 404, 'not-found'],
  ['/v1/teams/TEAM-99999999999999999999', 404, 'not-found'],
  ['/v1/teams/a%27%20OR%201=1', 404, 'not-found'],
  ['/v1/teams?person=x', 400, 'invalid-fields'],
  ['/v1/teams?state=Gone', 400, 'invalid-fields'],
  ['/v1/services?application=%00', 400, 'invalid-text'],
  ['/v1/services?application=APP-99', 404, 'not-found'],
  ['/v1/services?inSoxScope=perhaps', 400, 'invalid-fields'],
  ['/v1/services/cart/path?to=%00', 400, 'invalid-text'],
  ['/v1/people/%00', 400, 'invalid-text'],
  [`/v1/people/${'x'.repeat(5_000)}`, 404, 'not-found'],
  ['/v1/people/%00@x', 400, 'invalid-text'],
  ['/v1/people/a%27%20OR%201=1', 404, 'not-found'],
  ['/v1/role-grants/%00', 400, 'invalid-text'],
  ['/v1/services?q=%00', 400, 'invalid-text'],
  ['/v1/services?q=a&q=b', 400, 'invalid-fields'],
  ['/v1/services?q[x]=a', 400, 'invalid-fields'],
  ['/v1/services?pageSize=201', 400, 'invalid-fields'],
  ['/v1/services?pageSize=1e2', 400, 'invalid-fields'],
  ['/v1/services?pageToken=x', 400, 'invalid-page-token'],
  [`/v1/services?pageToken=${token('a\0', 'b')}`, 400, 'invalid-page-token'],
  ['/v1/services?dependsOn=%00', 400, 'invalid-text'],
  ['/v1/services?criticality=huge', 400, 'invalid-fields'],
  ['/v1/services?color=red', 400, 'invalid-fields'],
  ['/v1/services?afterEvent=x', 400, 'invalid-after-event'],
  ['/v1/environments?tier=moon', 400, 'invalid-fields'],
  ['/v1/people?pseudonyms=x', 400, 'invalid-fields'],
  ['/v1/role-grants?at=2026-02-30T00:00:00Z', 400, 'invalid-fields'],
  ['/v1/role-grants?person=%00', 400, 'invalid-text'],
  ['/v1/role-grants?person=x%27y', 422, 'unknown-person'],
])('GET %s: %i %s', async (path, status, code) => {
  const { body } = await admin.get(path).expect(status);
  expect(body.code).toBe(code);
});

test.each([
  ['one part', token('a')],
  ['many parts', token('a', 'b', 'c', 'd')],
  ['no part', token()],
])('a page token of %s is answered, whatever it is of', async (_name, pageToken) => {
  for (const path of [
    '/v1/services',
    '/v1/environments',
    '/v1/applications',
    '/v1/teams',
    '/v1/people',
    '/v1/role-grants',
  ]) {
    const { status } = await admin.get(`${path}?pageToken=${pageToken}`);
    expect([200, 400]).toContain(status);
  }
});

const service = { name: 'a', title: 'A', ownerTeam: 'b', criticality: 'low' };
const environment = { name: 'a', title: 'A', tier: 'test', region: 'b', timeZone: 'UTC' };

test.each([
  ['/v1/services', { ...service, title: 'x'.repeat(201) }, '/title'],
  ['/v1/services', { ...service, title: null }, '/title'],
  ['/v1/services', { ...service, aliases: null }, '/aliases'],
  ['/v1/services', { ...service, aliases: 'a' }, '/aliases'],
  ['/v1/services', { ...service, aliases: Array.from({ length: 51 }, () => 'a') }, '/aliases'],
  ['/v1/services', { ...service, repositories: [1] }, '/repositories'],
  ['/v1/services', { ...service, alertLabels: [{ job: 1 }] }, '/alertLabels'],
  ['/v1/services', { ...service, alertLabels: [{ job: { deep: 'x' } }] }, '/alertLabels'],
  ['/v1/services', { ...service, dependencies: ['cart'] }, '/dependencies'],
  ['/v1/services', { ...service, dependencies: [{ service: 'a b', kind: 'service' }] }, '/dependencies/0/service'],
  ['/v1/services', { ...service, dependencies: [{ service: 'a', kind: 'magic' }] }, '/dependencies/0/kind'],
  ['/v1/services', { ...service, name: '../x' }, '/name'],
  ['/v1/services', { ...service, name: ['a'] }, '/name'],
  ['/v1/environments', { ...environment, tier: 'Production' }, '/tier'],
  ['/v1/environments', { ...environment, openness: 'open' }, '/openness'],
  ['/v1/services', { ...service, inSoxScope: 'perhaps' }, '/inSoxScope'],
  ['/v1/services', { ...service, thirdPartyProvider: '' }, '/thirdPartyProvider'],
  ['/v1/environments', { ...environment, middleware: { kafka: 4 } }, '/middleware'],
  ['/v1/environments', { ...environment, middleware: [] }, '/middleware'],
  ['/v1/applications', { name: 'a', title: 'A', ownerTeam: 'b', services: [1] }, '/services'],
  ['/v1/applications', { name: 'a b', title: 'A', ownerTeam: 'b' }, '/name'],
  ['/v1/teams', { name: 'a', title: 'A', members: [{ person: 'nobody' }] }, '/members/0/person'],
  ['/v1/teams', { name: 'a', title: 'A', members: [{ person: 'a@b', part: 'boss' }] }, '/members/0/part'],
  ['/v1/teams', { name: 'a', title: 'A', onCall: { system: 'Pager Duty', key: 'x' } }, '/onCall/system'],
  ['/v1/teams', { name: 'a', title: 'A', onCall: { system: 'x', key: 'x', url: 'javascript:1' } }, '/onCall/url'],
  ['/v1/people/import', { csv: 7 }, '/csv'],
  ['/v1/people', { name: 'A', email: 'a@b', leavesOn: '0000-01-01' }, '/leavesOn'],
  ['/v1/people', { name: 'A', email: 'no address' }, '/email'],
  ['/v1/people', { name: 'A', email: 'a@b', accounts: ['github:a b'] }, '/accounts'],
  ['/v1/people', { name: 'A', email: 'a@b', kind: 'robot' }, '/kind'],
  ['/v1/role-grants', { person: 'a@b', role: 'viewer', from: '2026-02-30T00:00:00Z' }, '/from'],
  ['/v1/role-grants', { person: 'a@b', role: 'viewer', to: 2 ** 53 + 2 }, '/to'],
  ['/v1/role-grants', { person: 'a@b', role: 'viewer', scope: {} }, '/scope'],
  ['/v1/catalog/import', { services: [[]] }, '/services'],
  ['/v1/catalog/import', { services: { name: 'a' } }, '/services'],
  ['/v1/catalog/import', { people: [{ name: 'A', email: 'a@b', admin: true }] }, '/people/0/admin'],
  ['/v1/catalog/import?dryRun=maybe', {}, '/dryRun'],
])('POST %s %j is refused', async (path, sent, pointer) => {
  const { body } = await admin.post(path, sent).expect(400);
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
});

test.each(['a\0', '\ud800'])('the text %j is refused', async title => {
  for (const body of [
    { ...service, title },
    { ...service, aliases: [title] },
    { ...service, alertLabels: [{ [title]: 'x' }] },
  ]) {
    expect((await admin.post('/v1/services', body).expect(400)).body.code).toBe('invalid-text');
  }
});

test('nothing of it was written', async () => {
  await slipway.caughtUp();
  const { headers, body } = await admin.get('/v1/services').expect(200);
  expect([headers['slipway-position'], body.items]).toEqual(['0', []]);
});
