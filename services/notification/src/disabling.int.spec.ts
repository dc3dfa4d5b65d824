import { type Client, testService, type TestService } from '@slipway/service/testing';
import { notification } from './module.ts';
import { startReceiver } from './webhooks/example-receiver.ts';

let slipway: TestService;
let ada: Client;
const SETTINGS = {
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32',
  WEBHOOK_RETRY_SECONDS: '0.1,0.1,0.1,0.1,0.1,0.1',
  WEBHOOK_DISABLE_AFTER_HOURS: String(0.3 / 3_600),
};

beforeAll(async () => {
  Object.assign(process.env, SETTINGS);
  slipway = await testService(notification);
  ada = await slipway.as('ada@example.org', 'administrator');
});
afterAll(async () => {
  await slipway.stop();
  for (const name of Object.keys(SETTINGS)) delete process.env[name];
});

type Subscription = Readonly<{
  id: string;
  state: string;
  disabled?: Readonly<{ cause: string; failingSince: string }>;
}>;

const subscribe = async (url: string): Promise<Subscription> => {
  const filter = { types: ['dev.slipway.release-ready.v1'] };
  const { body } = await ada.post('/v1/subscriptions', { title: 'Chat', webhook: { url }, filter }).expect(201);
  await slipway.caughtUp();
  return body as Subscription;
};
const until = async <Value>(ask: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> => {
  for (const deadline = performance.now() + 15_000; ;) {
    const value = await ask();
    if (isSo(value)) return value;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
  }
};

test('what nothing gets through to for so long is disabled, and says since when', async () => {
  const began = Date.now();
  const chat = await startReceiver(response => void response.writeHead(500).end());
  const { id } = await subscribe(chat.url);
  await slipway.append('release', 'r1', { type: 'ReleaseReady', data: {} });
  const read = async () => (await ada.get(`/v1/subscriptions/${id}`).expect(200)).body as Subscription;
  const disabled = await until(read, ({ state }) => state === 'Disabled');
  expect(disabled.disabled?.cause).toBe('failing');
  expect(Date.parse(disabled.disabled?.failingSince ?? '')).toBeGreaterThanOrEqual(began);
  expect(chat.heard.length).toBeGreaterThan(1);
  await chat.stop();
});

test('nobody is told again because a view is filled anew, and who subscribed goes on to be told', async () => {
  const chat = await startReceiver();
  const { id } = await subscribe(chat.url);
  await slipway.append('release', 'r2', { type: 'ReleaseReady', data: {} });
  await chat.until(heard => heard.length === 1);
  const consumer = 'notification.deliveries';
  await ada.post('/v1/operations/notification/rebuild', { consumer, reason: 'to see' }).expect(202);
  type Standing = Readonly<{ consumer: string; rebuild: Readonly<{ status: string }> | null }>;
  const standing = async () =>
    ((await ada.get('/v1/operations/notification/consumers').expect(200)).body.items as readonly Standing[]).find(
      each => each.consumer === consumer,
    );
  await until(standing, each => each?.rebuild?.status === 'done');
  await slipway.append('release', 'r3', { type: 'ReleaseReady', data: {} });
  await chat.until(heard => heard.length >= 2);
  await slipway.caughtUp();
  const subjects = chat.heard.map(({ body }) => (JSON.parse(body) as { subject: string }).subject);
  expect(subjects).toEqual(['release-r2', 'release-r3']);
  const { body } = await ada.get(`/v1/subscriptions/${id}/deliveries`).expect(200);
  expect(body.items).toHaveLength(2);
  await chat.stop();
});
