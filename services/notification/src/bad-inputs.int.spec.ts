import { type Client, testService, type TestService } from '@slipway/service/testing';
import { notification } from './module.ts';

// What a stranger can send, and what each gets: a stable code, never a 5xx, and nothing appended.

let slipway: TestService;
let rita: Client;
let id: string;

beforeAll(async () => {
  slipway = await testService(notification);
  rita = await slipway.as('rita@example.org', 'release-manager');
  const webhook = { url: 'https://chat.example/hook' };
  const { body } = await rita.post('/v1/subscriptions', { title: 'Chat', webhook, filter: { types: [] } }).expect(201);
  id = body.id as string;
  await slipway.caughtUp();
});
afterAll(() => slipway.stop());

const head = (): Promise<number> => slipway.host.running[0]?.service.store.settledHead(10_000) ?? Promise.resolve(0);
const tokenOf = (...cursor: string[]): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');
const webhook = { url: 'https://chat.example/hook' };
const created = (part: object) => ({ title: 'x', webhook, ...part });
const filtered = (filter: object) => created({ filter });
const NOBODY = '0198c1a0-0000-7000-8000-00000000ffff';

const posts: readonly (readonly [path: string, body: object, status: number])[] = [
  ['/v1/subscriptions', created({ title: '' }), 400],
  ['/v1/subscriptions', created({ title: 'a\0b' }), 400],
  ['/v1/subscriptions', created({ title: '\ud800' }), 400],
  ['/v1/subscriptions', created({ surplus: 1 }), 400],
  ['/v1/subscriptions', created({ owner: 'nobody at all' }), 400],
  ['/v1/subscriptions', created({ webhook: { url: 'ftp://chat.example/' } }), 400],
  ['/v1/subscriptions', created({ webhook: { url: 'https://ann:secret@chat.example/' } }), 400],
  ['/v1/subscriptions', created({ webhook: { url: 'https://[::ffff:127.0.0.1]/' } }), 422],
  ['/v1/subscriptions', created({ webhook: { url: 'https://0x7f000001/' } }), 422],
  ['/v1/subscriptions', created({ webhook: { url: 'https://chat.localhost/' } }), 422],
  ['/v1/subscriptions', created({ webhook: { url: 'http://chat.example/' } }), 422],
  ['/v1/subscriptions', created({ webhook: { url: 'https://999.1.1.1/' } }), 400],
  ['/v1/subscriptions', created({ webhook: { url: `https://x/${'y'.repeat(2_000)}` } }), 400],
  ['/v1/subscriptions', filtered({ types: ['DROP TABLE'] }), 400],
  ['/v1/subscriptions', filtered({ severities: ['dire'] }), 400],
  ['/v1/subscriptions', filtered({ services: ["x'; --"] }), 422],
  ['/v1/subscriptions', filtered({ environments: ['nowhere'] }), 422],
  ['/v1/subscriptions', filtered({ expression: '('.repeat(900) }), 400],
  ['/v1/subscriptions', filtered({ expression: `${'!'.repeat(900)}(` }), 400],
  ['/v1/subscriptions', filtered({ expression: '['.repeat(450) }), 400],
  ['/v1/subscriptions', filtered({ expression: "event.type.matches('(a*)*$(')" }), 201],
  ['/v1/subscriptions', { title: 'x', email: { people: ['ann@x.example'] } }, 422],
  [`/v1/subscriptions/${NOBODY}/pause`, {}, 404],
  [`/v1/subscriptions/${NOBODY}/rotate-secret`, {}, 404],
  [`/v1/subscriptions/${NOBODY}/replay`, { afterPosition: 0 }, 404],
  ['/v1/subscriptions/SUB-999999/test', {}, 404],
  ['/v1/subscriptions/..%2f..%2fx/test', {}, 404],
  ['/v1/subscriptions/{id}/rotate-secret', { overlapHours: -1 }, 400],
  ['/v1/subscriptions/{id}/replay', { after: 'yesterday' }, 400],
  ['/v1/subscriptions/{id}/replay', { after: '9999-12-31T00:00:00Z' }, 409],
  ['/v1/subscriptions/{id}/replay', { afterPosition: 2 ** 60 }, 400],
  ['/v1/subscriptions/{id}/enable', { nothing: 1 }, 400],
  [`/v1/subscriptions/{id}/deliveries/${NOBODY}/redeliver`, {}, 404],
  ["/v1/subscriptions/{id}/deliveries/x'/redeliver", {}, 404],
  ['/v1/templates', { title: 'x', audience: 'y', subject: 'z', text: 'x'.repeat(20_001) }, 400],
  [`/v1/templates/${NOBODY}/revise`, { subject: 'x', text: 'y' }, 404],
  ['/v1/communications', { title: 'x' }, 400],
  [`/v1/communications/${NOBODY}/acknowledge`, {}, 404],
];

test.each(posts)('POST %s %j', async (path, body, status) => {
  const before = await head();
  const answer = await rita.post(path.replace('{id}', id), body);
  expect([answer.status, answer.body]).toEqual([status, expect.any(Object) as object]);
  // What cannot be evaluated may be stated: it tells nobody, and is counted.
  if (status === 201) return;
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.body.code).toMatch(/^[a-z-]+$/);
  expect(await head()).toBe(before);
});

const gets: readonly (readonly [path: string, status: number])[] = [
  ['/v1/subscriptions?pageToken=x', 400],
  ['/v1/subscriptions?pageSize=0', 400],
  ['/v1/subscriptions?state=Asleep', 400],
  ['/v1/subscriptions?owner=nobody', 400],
  ['/v1/subscriptions?service=nothing', 422],
  ["/v1/subscriptions?q=%25'%20OR%201=1", 200],
  ['/v1/subscriptions/{id}/deliveries?state=lost', 400],
  [`/v1/subscriptions/{id}/deliveries?pageToken=${tokenOf('x', 'y')}`, 200],
  [`/v1/subscriptions/{id}/deliveries?pageToken=${tokenOf('999999999999999', NOBODY)}`, 200],
  [`/v1/subscriptions/{id}/deliveries/${NOBODY}/attempts`, 404],
  [`/v1/subscriptions/${NOBODY}`, 404],
  [`/v1/subscriptions/${NOBODY}/deliveries`, 404],
  ['/v1/cdevents?after=-1', 400],
  ['/v1/cdevents?pageSize=100000', 400],
  ['/v1/cdevents?after=999999999999999', 200],
  ['/v1/communications?release=REL-999', 404],
  ['/v1/communications?kind=gossip', 400],
  ['/v1/templates?state=Old', 400],
];

test.each(gets)('GET %s', async (path, status) => {
  const { status: answered, body } = await rita.get(path.replace('{id}', id));
  expect([answered, body]).toEqual([status, expect.any(Object) as object]);
});

test.each(['subscriptions', 'templates', 'communications'])(
  'a page token of /v1/%s that somebody made up',
  async list => {
    for (const time of ['not a time', '2026-02-30T00:00:00.000Z', '']) {
      const { status, body } = await rita.get(`/v1/${list}?pageToken=${tokenOf(time, 'x')}`);
      expect([status, body.code]).toEqual([400, 'invalid-page-token']);
    }
  },
);

test('who may not, may not', async () => {
  const viewer = await slipway.as('vic@example.org', 'viewer');
  const { body } = await viewer.get('/v1/subscriptions').expect(403);
  expect(body).toMatchObject({ code: 'not-permitted', permission: 'subscriptions:read' });
  await viewer.post('/v1/subscriptions', created({})).expect(403);
  await viewer.post(`/v1/subscriptions/${id}/rotate-secret`).expect(403);
  await viewer.post('/v1/templates', {}).expect(403);
  await viewer.post('/v1/communications', {}).expect(403);
});
