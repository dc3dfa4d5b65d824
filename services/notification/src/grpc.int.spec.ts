import { status } from '@grpc/grpc-js';
import type { notificationV1 as v1 } from '@slipway/contracts';
import { type GrpcCalls, grpcCalls, testService, type TestService } from '@slipway/service/testing';
import { notification } from './module.ts';
import { type Receiver, startReceiver } from './webhooks/example-receiver.ts';

type Created = v1.CreateSubscriptionResponse;

let slipway: TestService;
let grpc: GrpcCalls;
let token: string;
let chat: Receiver;
const SETTINGS = { WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32' };

beforeAll(async () => {
  Object.assign(process.env, SETTINGS);
  slipway = await testService(notification);
  ({ token } = await slipway.as('rita@example.org', 'release-manager'));
  const file = 'slipway/notification/v1/subscriptions.proto';
  grpc = grpcCalls(slipway.grpcAddress, file, 'slipway.notification.v1.SubscriptionsService');
  chat = await startReceiver();
});
afterAll(async () => {
  grpc.close();
  await slipway.stop();
  await chat.stop();
  for (const name of Object.keys(SETTINGS)) delete process.env[name];
});

const call = <Answer>(method: string, message: object): Promise<Answer> => grpc.call<Answer>(method, message, token);
const changed = async (method: string, message: object): Promise<v1.Subscription | undefined> =>
  (await call<v1.PauseSubscriptionResponse>(method, message)).subscription;
const refused = (method: string, message: object, by = token) => grpc.refusal(method, message, by);
const READY = 'dev.slipway.release-ready.v1';
const stated = () => ({ title: 'Shop chat', webhook: { url: chat.url }, filter: { types: [READY] } });
const ready = (id: string) => slipway.append('release', id, { type: 'ReleaseReady', data: {} });

test('a subscriber is told, and asks again for what it was told', async () => {
  const created = await call<Created>('CreateSubscription', { ...stated(), requestId: 'once' });
  expect(created).toMatchObject({
    subscription: {
      number: expect.stringMatching(/^SUB-\d+$/),
      state: 'SUBSCRIPTION_STATE_ACTIVE',
      filter: { types: [READY], services: [], severities: [] },
      webhook: { url: chat.url },
      email: null,
    },
    secret: expect.stringMatching(/^whsec_/),
  });
  expect(await call('CreateSubscription', { ...stated(), requestId: 'once' })).toEqual({ ...created, replayed: true });
  const { id = '', number = '' } = created.subscription ?? {};
  await slipway.caughtUp();
  await ready('r1');
  await chat.until(heard => heard.length === 1);
  chat.verified(created.secret);
  const list = () =>
    call<v1.ListDeliveriesResponse>('ListDeliveries', { id: number, state: 'DELIVERY_STATE_DELIVERED' });
  let told = await list();
  while (told.deliveries.length === 0) told = await list();
  expect(told.deliveries).toMatchObject([
    { webhookId: chat.heard[0]?.id, type: READY, subject: 'release-r1', attemptCount: 1, receipt: { status: 204 } },
  ]);
  await changed('Redeliver', { id, delivery: told.deliveries[0]?.id });
  await chat.until(heard => heard.length === 2);
  await changed('ReplaySubscription', { id, afterPosition: 0 });
  await chat.until(heard => heard.length === 3);
  expect(new Set(chat.heard.map(each => each.id)).size).toBe(1);
  await changed('TestSubscription', { id });
  await chat.until(heard => heard.length === 4);
  const { subscription } = await call<v1.GetSubscriptionResponse>('GetSubscription', { id });
  expect(subscription?.standing).toMatchObject({ failed: 0, expressionFailures: '0', pacedUntil: null });
});

test('a subscription is changed, paused, resumed and ended as over REST', async () => {
  const { subscription, secret } = await call<Created>('CreateSubscription', { ...stated(), description: 'for Ann' });
  const { id = '' } = subscription ?? {};
  expect(subscription?.description).toBe('for Ann');
  const rotated = await call<Created>('RotateSecret', { id, overlapHours: 0 });
  expect([rotated.secret === secret, rotated.secret.startsWith('whsec_')]).toEqual([false, true]);
  const filter = { severities: ['SEVERITY_CRITICAL', 'SEVERITY_HIGH'], expression: 'event.data.major' };
  expect(await changed('ChangeFilter', { id, filter })).toMatchObject({ filter: { ...filter, types: [] } });
  expect(await changed('ChangeWebhook', { id, url: `${chat.url}/2` })).toMatchObject({
    webhook: { url: `${chat.url}/2` },
  });
  expect(await changed('PauseSubscription', { id, reason: 'fire drill' })).toMatchObject({
    state: 'SUBSCRIPTION_STATE_PAUSED',
    reason: 'fire drill',
  });
  expect((await refused('EnableSubscription', { id })).code).toBe('not-disabled');
  expect(await changed('ResumeSubscription', { id })).toMatchObject({ state: 'SUBSCRIPTION_STATE_ACTIVE', reason: '' });
  const canceled = await call<v1.CancelSubscriptionResponse>('CancelSubscription', { id });
  expect((await refused('PauseSubscription', { id })).code).toBe('subscription-canceled');
  const { subscriptions } = await call<v1.ListSubscriptionsResponse>('ListSubscriptions', {
    afterEvent: canceled.event,
    state: 'SUBSCRIPTION_STATE_CANCELED',
    owner: 'rita@example.org',
  });
  expect(subscriptions).toMatchObject([{ id, kind: 'webhook', filter }]);
});

test('answers what is malformed, unknown or not permitted with the codes of gRPC', async () => {
  const { token: viewer } = await slipway.as('vic@example.org', 'viewer');
  const { subscription } = await call<Created>('CreateSubscription', stated());
  const { id = '' } = subscription ?? {};
  const answers = await Promise.all([
    refused('CreateSubscription', { title: 'Nowhere' }),
    refused('CreateSubscription', { ...stated(), filter: { expression: 'nobody.knows' } }),
    refused('CreateSubscription', { ...stated(), filter: { services: ['basket'] } }),
    refused('CreateSubscription', { ...stated(), webhook: { url: 'http://10.0.0.1/x' } }),
    refused('CreateSubscription', { ...stated(), filter: { severities: [77] } }),
    refused('ReplaySubscription', { id }),
    refused('Redeliver', { id, delivery: 'nothing' }),
    refused('GetSubscription', { id: 'SUB-999999' }),
    refused('ListDeliveries', { id: 'nothing' }),
    refused('CreateSubscription', stated(), viewer),
    refused('ListSubscriptions', {}, 'none'),
  ]);
  const { INVALID_ARGUMENT, FAILED_PRECONDITION, NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED } = status;
  expect(answers.map(answer => [answer.status, answer.code])).toEqual([
    [INVALID_ARGUMENT, 'invalid-fields'],
    [INVALID_ARGUMENT, 'invalid-fields'],
    [FAILED_PRECONDITION, 'unknown-service'],
    [FAILED_PRECONDITION, 'address-not-allowed'],
    [INVALID_ARGUMENT, 'invalid-fields'],
    [INVALID_ARGUMENT, 'invalid-fields'],
    [NOT_FOUND, 'not-found'],
    [NOT_FOUND, 'not-found'],
    [NOT_FOUND, 'not-found'],
    [PERMISSION_DENIED, 'not-permitted'],
    [UNAUTHENTICATED, 'unauthenticated'],
  ]);
});
