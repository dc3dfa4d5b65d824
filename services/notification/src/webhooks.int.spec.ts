import { type Client, testService, type TestService } from '@slipway/service/testing';
import { Webhook } from 'standardwebhooks';
import { notification } from './module.ts';
import { type Receiver, startReceiver } from './webhooks/example-receiver.ts';

let slipway: TestService;
let rita: Client;
const receivers: Receiver[] = [];
const SETTINGS = {
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32',
  WEBHOOK_TIMEOUT_SECONDS: '0.5',
  WEBHOOK_RETRY_SECONDS: '0.05,0.05,0.05',
};

beforeAll(async () => {
  Object.assign(process.env, SETTINGS);
  slipway = await testService(notification);
  rita = await slipway.as('rita@example.org', 'release-manager');
});
afterAll(async () => {
  await slipway.stop();
  for (const name of Object.keys(SETTINGS)) delete process.env[name];
});
afterEach(async () => {
  await Promise.all(receivers.splice(0).map(each => each.stop()));
});

const receiver = async (...behavior: Parameters<typeof startReceiver>): Promise<Receiver> => {
  const started = await startReceiver(...behavior);
  receivers.push(started);
  return started;
};

type Subscription = Readonly<{ id: string; number: string; secret: string; state: string; standing: object }>;

const subscribe = async (url: string, filter: object = { types: ['dev.slipway.release-ready.v1'] }) => {
  const created = await rita.post('/v1/subscriptions', { title: 'Shop chat', webhook: { url }, filter }).expect(201);
  await slipway.caughtUp();
  return created.body as Subscription;
};

let releases = 0;
const ready = async (): Promise<string> => {
  releases += 1;
  const id = `release-${releases}`;
  await slipway.append('release', id, { type: 'ReleaseReady', data: {} });
  return `release-${id}`;
};

type Delivery = Readonly<{
  id: string;
  webhookId: string;
  state: string;
  attemptCount: number;
  receipt: unknown;
  lastError: string;
  contentDigest: string;
}>;
const deliveriesOf = async ({ id }: Pick<Subscription, 'id'>, query = '') =>
  (await rita.get(`/v1/subscriptions/${id}/deliveries${query}`).expect(200)).body.items as readonly Delivery[];

/** Asks again until it is so: what a worker does is seen in the ledger. */
const becomes = async <Value>(ask: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> => {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
  }
};
const settledFirst = (subscription: Pick<Subscription, 'id'>) =>
  becomes(
    async () => (await deliveriesOf(subscription))[0],
    first => first !== undefined && first.state !== 'waiting',
  );
const stateOf = async ({ id }: Pick<Subscription, 'id'>) =>
  (await rita.get(`/v1/subscriptions/${id}`).expect(200)).body as Subscription;

test('an event that matches is posted once, signed as the reference verifier wants it; another one is not', async () => {
  const chat = await receiver();
  const subscription = await subscribe(chat.url);
  expect(subscription).toMatchObject({ number: expect.stringMatching(/^SUB-\d+$/) as string, state: 'Active' });
  await slipway.append('release', 'held', { type: 'ReleaseHeld', data: { reason: 'sealed:v1:eA' } });
  const stream = await ready();
  await chat.until(heard => heard.length > 0);
  const first = await settledFirst(subscription);
  const [payload] = chat.verified(subscription.secret);
  expect(payload).toMatchObject({
    type: 'dev.slipway.release-ready.v1',
    timestamp: expect.stringMatching(/Z$/) as string,
    subject: stream,
    data: { source: 'rest' },
  });
  expect(chat.heard).toHaveLength(1);
  expect(chat.heard[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': first?.webhookId });
  expect(first).toMatchObject({
    state: 'delivered',
    attemptCount: 1,
    receipt: { status: 204, answerDigest: expect.stringMatching(/^sha256:/) as string },
    contentDigest: expect.stringMatching(/^sha256:/) as string,
  });
});

test('a receiver that fails gets the same id again and again, and what it takes in the end is delivered', async () => {
  const chat = await receiver((response, _, nth) => void response.writeHead(nth < 3 ? 500 : 200).end());
  const subscription = await subscribe(chat.url);
  await ready();
  expect(await settledFirst(subscription)).toMatchObject({ state: 'delivered', attemptCount: 3 });
  expect(new Set(chat.heard.map(({ id }) => id)).size).toBe(1);
  expect(chat.verified(subscription.secret)).toHaveLength(3);
  const { id } = (await deliveriesOf(subscription))[0]!;
  const { body } = await rita.get(`/v1/subscriptions/${subscription.id}/deliveries/${id}/attempts`).expect(200);
  expect(body.items.map(({ nth, status }: { nth: number; status: number }) => [nth, status])).toEqual([
    [1, 500],
    [2, 500],
    [3, 200],
  ]);
});

test('a schedule that is over leaves a failure, which can be delivered again by hand', async () => {
  const chat = await receiver(response => void response.writeHead(404).end());
  const subscription = await subscribe(chat.url);
  await ready();
  expect(await settledFirst(subscription)).toMatchObject({
    state: 'failed',
    attemptCount: 4,
    lastError: 'answered-404',
  });
  const [failed] = await deliveriesOf(subscription, '?state=failed');
  chat.behave(response => void response.writeHead(200).end());
  const path = `/v1/subscriptions/${subscription.number}/deliveries/${failed?.id}/redeliver`;
  await rita.post(path).expect(200);
  await becomes(
    () => deliveriesOf(subscription, '?state=delivered'),
    items => items.length === 1,
  );
  expect(new Set(chat.heard.map(({ id }) => id))).toEqual(new Set([failed?.webhookId]));
});

test.each([
  ['hangs', 'timed-out', () => undefined],
  ['redirects', 'answered-302', response => void response.writeHead(302, { location: '/there' }).end()],
  ['breaks off', 'reset', response => void response.socket?.destroy()],
] as const satisfies readonly (readonly [string, string, Parameters<typeof startReceiver>[0]])[])(
  'a receiver that %s fails: %s',
  async (_, lastError, behavior) => {
    const chat = await receiver(behavior);
    const subscription = await subscribe(chat.url);
    await ready();
    expect(await settledFirst(subscription)).toMatchObject({ state: 'failed', attemptCount: 4, lastError });
    expect(chat.heard).toHaveLength(4);
  },
);

test('a receiver that answers 410 is told nothing any more; who enables it goes on', async () => {
  const chat = await receiver(response => void response.writeHead(410).end());
  const subscription = await subscribe(chat.url);
  await ready();
  const disabled = await becomes(
    () => stateOf(subscription),
    ({ state }) => state === 'Disabled',
  );
  expect(disabled).toMatchObject({ disabled: { cause: 'gone' } });
  await slipway.caughtUp();
  const posted = async () => (await deliveriesOf(subscription)).filter(({ webhookId }) => webhookId);
  expect(await posted()).toMatchObject([{ state: 'failed', attemptCount: 1 }]);
  await ready();
  await slipway.caughtUp();
  expect(await posted()).toHaveLength(1);
  await rita.post(`/v1/subscriptions/${subscription.id}/test`).expect(409);
  chat.behave(response => void response.writeHead(200).end());
  await rita.post(`/v1/subscriptions/${subscription.id}/enable`).expect(200);
  await ready();
  await chat.until(heard => heard.length === 2);
});

test('a receiver that has too much to do is left alone for as long as it asks', async () => {
  const chat = await receiver((response, _, nth) =>
    nth === 1 ? void response.writeHead(429, { 'retry-after': '1' }).end() : void response.writeHead(200).end(),
  );
  const subscription = await subscribe(chat.url);
  await ready();
  await chat.until(heard => heard.length === 1);
  await becomes(
    () => stateOf(subscription),
    ({ standing }) => 'pacedUntil' in standing,
  );
  await ready();
  await chat.until(heard => heard.length === 3);
  const times = chat.heard.map(({ headers }) => Number(headers['webhook-timestamp']));
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(1);
  expect(times[2]! - times[0]!).toBeGreaterThanOrEqual(1);
});

test('a receiver in a private range is refused when it is stated, and not reached when its name leads there', async () => {
  for (const url of ['http://10.0.0.1/', 'http://169.254.169.254/x', 'http://[::1]/', 'http://2130706434/']) {
    const { body } = await rita.post('/v1/subscriptions', { title: 'x', webhook: { url } }).expect(422);
    expect(body).toMatchObject({ code: 'address-not-allowed' });
  }
  const chat = await receiver();
  const subscription = await subscribe(chat.url.replace('127.0.0.1', 'localhost6.localdomain'));
  await ready();
  const first = await settledFirst(subscription);
  expect(first?.state).toBe('failed');
  expect(['address-not-allowed', 'not-resolved']).toContain(first?.lastError);
  expect(chat.heard).toEqual([]);
});

test('during a rotation both secrets sign, and each answer shows its own once', async () => {
  const chat = await receiver();
  const subscription = await subscribe(chat.url);
  const path = `/v1/subscriptions/${subscription.id}/rotate-secret`;
  const { body: rotated } = await rita.post(path, { overlapHours: 1 }).expect(200);
  expect(rotated.secret).toMatch(/^whsec_/);
  expect(rotated.secret).not.toBe(subscription.secret);
  await slipway.caughtUp();
  await ready();
  await chat.until(heard => heard.length === 1);
  chat.verified(subscription.secret);
  chat.verified(rotated.secret as string);
  const { body: ended } = await rita.post(path, { overlapHours: 0 }).expect(200);
  await slipway.caughtUp();
  await ready();
  await chat.until(heard => heard.length === 2);
  const { body, headers } = chat.heard[1]!;
  expect(new Webhook(ended.secret as string).verify(body, { ...headers })).toBeTruthy();
  // The first one was promised an hour, which is not over.
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  expect(() => new Webhook(rotated.secret as string).verify(body, { ...headers })).toThrow('No matching signature');
});

test('no secret stands in events, lists or records', async () => {
  const chat = await receiver();
  const { id, secret } = await subscribe(chat.url);
  const places = [
    JSON.stringify(await slipway.events(`subscription-${id}`)),
    JSON.stringify((await rita.get(`/v1/subscriptions/${id}`).expect(200)).body),
    JSON.stringify((await rita.get('/v1/subscriptions?pageSize=200').expect(200)).body),
    JSON.stringify((await rita.get(`/v1/subscriptions/${id}/events`).expect(200)).body),
  ];
  for (const place of places) {
    expect(place).toContain('Shop chat'); // so the search can find
    expect(place).not.toContain(secret.slice('whsec_'.length));
  }
});

test('the same request with the same key is answered with the same secret, and makes one subscription', async () => {
  const chat = await receiver();
  const once = () =>
    rita
      .post('/v1/subscriptions', { title: 'Twice', webhook: { url: chat.url } })
      .set('Idempotency-Key', 'twice')
      .expect(201);
  const [first, second] = [await once(), await once()];
  expect(second.body).toEqual(first.body);
  expect(second.headers['idempotency-replayed']).toBe('true');
});

test('a test goes out whatever the filter, and a pause holds back until it is over', async () => {
  const chat = await receiver();
  const subscription = await subscribe(chat.url, { types: [] });
  await rita.post(`/v1/subscriptions/${subscription.id}/test`).expect(200);
  await chat.until(heard => heard[0]?.type === 'dev.slipway.subscription-tested.v1');
  await rita.post(`/v1/subscriptions/${subscription.id}/pause`, { reason: 'Ann is away' }).expect(200);
  await rita.post(`/v1/subscriptions/${subscription.id}/test`).expect(200);
  await slipway.caughtUp();
  expect(await deliveriesOf(subscription, '?state=waiting')).toHaveLength(1);
  await rita.post(`/v1/subscriptions/${subscription.id}/resume`).expect(200);
  await chat.until(heard => heard.length === 2);
});

test('a replay delivers what there was, under the same ids, from a position or an instant', async () => {
  const chat = await receiver();
  const before = new Date().toISOString();
  const streams = [await ready(), await ready()];
  await slipway.caughtUp();
  const subscription = await subscribe(chat.url);
  const replay = (body: object) => rita.post(`/v1/subscriptions/${subscription.id}/replay`, body);
  await replay({ after: before }).expect(200);
  await chat.until(heard => heard.length >= 2);
  const subjects = () => chat.heard.map(({ body }) => (JSON.parse(body) as { subject: string }).subject);
  expect(subjects().sort()).toEqual(streams.sort());
  const ids = new Set(chat.heard.map(({ id }) => id));
  await becomes(
    () => deliveriesOf(subscription, '?state=delivered'),
    items => items.length === 2,
  );
  await replay({ afterPosition: 0 }).expect(200);
  await chat.until(heard => [...ids].every(id => heard.filter(each => each.id === id).length === 2));
  await replay({ after: before, afterPosition: 0 }).expect(400);
  await replay({ afterPosition: 999_999 }).expect(409);
});

test('an expression that cannot be evaluated delivers nothing, and is counted where people look', async () => {
  const chat = await receiver();
  const subscription = await subscribe(chat.url, { expression: 'event.data.nothing == 1' });
  await ready();
  await slipway.caughtUp();
  expect(await stateOf(subscription)).toMatchObject({
    standing: { expressionFailures: 1, expressionError: expect.stringMatching(/./) as string },
  });
  expect(await deliveriesOf(subscription)).toEqual([]);
  const { body } = await rita
    .post(`/v1/subscriptions/${subscription.id}/change-filter`, { filter: { expression: 'event.(' } })
    .expect(400);
  expect(body).toMatchObject({ code: 'invalid-fields', errors: [{ pointer: '/filter/expression' }] });
});
