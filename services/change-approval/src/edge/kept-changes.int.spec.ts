import 'reflect-metadata';
import type { Client } from '@slipway/service/testing';
import { digest, type Fixture, startFixture, windowAround } from './fixture.ts';

let fixture: Fixture;
let ci: Client;
let ann: Client;
let bob: Client;

beforeAll(async () => {
  fixture = await startFixture();
  ci = await fixture.slipway.as('pipeline', 'integration');
  ann = await fixture.person('ann', ['change-approver']);
  bob = await fixture.person('bob', ['change-approver']);
});
afterAll(() => fixture.stop());

const window = windowAround();
const backOut = { steps: 'Set it back', minutes: 15 };
const content = (letter = 'a') => ({
  window,
  targets: [{ service: 'checkout', environment: 'production' }],
  artifacts: [{ service: 'checkout', version: '2.4.0', digest: digest(letter) }],
  commitAuthors: ['github:dana'],
});
const said = (changes: object = {}) => ({
  title: 'Checkout 2.4',
  model: 'normal',
  content: content(),
  plans: { backOut },
  ...changes,
});
const pathOf = (key: string) => `/v1/changes/by-ref/github/${encodeURIComponent(key)}`;
const keep = async (key: string, changes: object = {}) => (await ci.put(pathOf(key), said(changes)).expect(200)).body;

test('a pipeline keeps its change in step by one call', async () => {
  const key = 'shop/checkout#7';
  const raised = await keep(key, { url: 'https://github.example/shop/checkout/pull/7' });
  expect(raised).toMatchObject({
    done: ['raised', 'planned', 'described'],
    state: 'Authorize',
    requester: await fixture.pseudonym('sub:pipeline'),
    plans: [{ kind: 'back-out', ...backOut }],
    externalRefs: [{ system: 'github', key, url: 'https://github.example/shop/checkout/pull/7' }],
  });
  expect(await keep(key)).toMatchObject({ id: raised.id, version: raised.version, done: [] });
  for (const who of [ann, bob])
    await who.post(`/v1/changes/${raised.id}/approve`, { contentDigest: raised.contentDigest }).expect(200);
  expect(await keep(key)).toMatchObject({ state: 'Scheduled', done: [] });
  expect(
    await keep(key, { content: { ...content(), window: { ...window, start: windowAround(30).start } } }),
  ).toMatchObject({ state: 'Scheduled', done: ['moved'] });
  const jira = { system: 'jira', key: 'SHOP-300' };
  const revised = await keep(key, { title: 'Checkout 2.5', content: content('b'), externalRefs: [jira] });
  expect(revised).toMatchObject({
    done: ['revised', 'described'],
    title: 'Checkout 2.5',
    state: 'Authorize',
    approvals: [{ state: 'Void' }, { state: 'Void' }],
  });
  expect(revised.externalRefs).toHaveLength(2);
  expect((await ann.get(pathOf(key)).expect(200)).body).toMatchObject({ id: raised.id, title: 'Checkout 2.5' });
});

test('at the same moment it is one change', async () => {
  const kept = await Promise.all(Array.from({ length: 8 }, () => keep('shop/checkout#8')));
  expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
  expect(kept.filter(({ done }) => done.includes('raised'))).toHaveLength(1);
  expect(kept.filter(({ done }) => done.length === 0)).toHaveLength(7);
  const events = await fixture.slipway.events(`change-${kept[0].id}`);
  expect(events.filter(({ type }) => type === 'ChangeRaised')).toHaveLength(1);
});

test('the same request again says what the first one did', async () => {
  const put = () => ci.put(pathOf('shop/checkout#9'), said()).set('Idempotency-Key', 'run-9').expect(200);
  const first = await put();
  const { body, headers } = await put();
  expect([body, headers['idempotency-replayed']]).toEqual([first.body, 'true']);
});

test('what cannot be kept is refused', async () => {
  const key = 'shop/checkout#10';
  const { id } = await keep(key);
  const refused = async (changes: object, status: number, path = pathOf(key)): Promise<string> =>
    (await ci.put(path, said(changes)).expect(status)).body.code;
  expect(await refused({ model: 'emergency' }, 409)).toBe('model-is-fixed');
  expect(await refused({ externalRefs: [{ system: 'github', key }] }, 409)).toBe('duplicate-reference');
  expect(await refused({}, 400, '/v1/changes/by-ref/Git%20Hub/1')).toBe('invalid-fields');
  expect(await refused({}, 400, pathOf('x'.repeat(201)))).toBe('invalid-fields');
  expect(await refused({}, 400, '/v1/changes/by-ref/github/a%00b')).toBe('invalid-text');
  expect(await refused({}, 400, '/v1/changes/by-ref/github/a%01b')).toBe('invalid-fields');
  expect(await refused({}, 400, '/v1/changes/by-ref/github/%ff')).toBe('malformed-url');
  expect(await refused({ release: 'REL-1' }, 400)).toBe('invalid-fields');
  expect((await ann.put(pathOf(key), said()).expect(403)).body.permission).toBe('changes:write');
  await ann.get(pathOf('nobody#1')).expect(404);
  await ci.post(`/v1/changes/${id}/cancel`, { reason: 'Not now' }).expect(200);
  expect(await keep(key)).toMatchObject({ state: 'Canceled', done: [] });
  expect(await refused({ content: content('c') }, 409)).toBe('change-not-open');
});
