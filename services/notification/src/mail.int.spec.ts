import { type Client, testService, type TestService } from '@slipway/service/testing';
import pg from 'pg';
import { type Mailbox, startMailbox } from './mail/example-mailbox.ts';
import { notification } from './module.ts';
import { startReceiver } from './webhooks/example-receiver.ts';

let slipway: TestService;
let mailbox: Mailbox;
let rita: Client;
let database: pg.Client;
const SETTINGS = {
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32',
  WEBHOOK_RETRY_SECONDS: '0.05,0.05',
  MAIL_FROM: 'Slipway <slipway@shop.example>',
};

beforeAll(async () => {
  mailbox = await startMailbox();
  Object.assign(process.env, SETTINGS, { SMTP_URL: mailbox.url });
  slipway = await testService(notification);
  rita = await slipway.as('rita@example.org', 'release-manager');
  database = new pg.Client({ connectionString: slipway.databaseUrl('notification') });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await slipway.stop();
  await mailbox.stop();
  for (const name of ['SMTP_URL', ...Object.keys(SETTINGS)]) delete process.env[name];
});

type Subscription = Readonly<{ id: string; number: string }>;

let topics = 0;
/** Of events that no other test tells of. */
const subject = (): string => `topic-${(topics += 1)}`;
const subscribe = async (about: string, email: object, title = 'Shop'): Promise<Subscription> => {
  const filter = { types: ['dev.slipway.release-*'], expression: `event.subject.startsWith('release-${about}')` };
  const { body } = await rita.post('/v1/subscriptions', { title, filter, email }).expect(201);
  await slipway.caughtUp();
  return body as Subscription;
};
const drafted = (about: string, title: string, nth = 1) =>
  slipway.append('release', `${about}-${nth}`, { type: 'ReleaseDrafted', data: { title, class: 'minor' } });
const to = (address: string) => mailbox.received.filter(mail => mail.to.includes(address));
const deliveriesOf = async ({ id }: Subscription) =>
  (await rita.get(`/v1/subscriptions/${id}/deliveries`).expect(200)).body.items as readonly Readonly<{
    id: string;
    state: string;
    lastError?: string;
    recipient: string;
    contentDigest: string;
    attemptCount: number;
  }>[];
const settled = async (subscription: Subscription) => {
  for (const deadline = performance.now() + 15_000; ;) {
    const all = await deliveriesOf(subscription);
    if (all.length > 0 && all.every(({ state }) => state !== 'waiting')) return all;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(all)}`);
  }
};

test('people get mail in the words of a template, from the revision that is current, and the ledger says so', async () => {
  const words = { subject: '{{subscription}}: {{title}}', text: 'It is {{event.data.class}}.' };
  const { body: template } = await rita
    .post('/v1/templates', { title: 'Releases', audience: 'support', subject: 'old', text: 'old' })
    .expect(201);
  expect(template).toMatchObject({ number: expect.stringMatching(/^TPL-\d+$/) as string, state: 'Current' });
  await rita.post(`/v1/templates/${template.number}/revise`, words).expect(200);
  const about = subject();
  const subscription = await subscribe(about, { people: ['ann@shop.example'], template: template.number });
  await drafted(about, 'Checkout 2.4');
  await mailbox.until(() => to('ann@shop.example').length === 1);
  const [mail] = to('ann@shop.example');
  expect(mail).toMatchObject({ subject: 'Shop: Checkout 2.4', text: 'It is minor.' });
  const [delivery] = await settled(subscription);
  expect(delivery).toMatchObject({
    state: 'delivered',
    recipient: expect.stringMatching(/^person-/) as string,
    contentDigest: expect.stringMatching(/^sha256:/) as string,
  });
  expect(mail?.messageId).toBe(`<${delivery?.id}@shop.example>`);
  expect(JSON.stringify(await slipway.events(`subscription-${subscription.id}`))).not.toContain('ann@');
});

test('who is told by two subscriptions is told once', async () => {
  const about = subject();
  const both = [
    await subscribe(about, { people: ['ben@shop.example'] }),
    await subscribe(about, { people: ['ben@shop.example', 'cy@shop.example'] }),
  ];
  await drafted(about, 'Checkout 2.5');
  await mailbox.until(() => to('cy@shop.example').length === 1 && to('ben@shop.example').length > 0);
  for (const each of both) await settled(each);
  expect(to('ben@shop.example')).toHaveLength(1);
  expect(to('cy@shop.example')).toHaveLength(1);
});

test('a digest gathers events until it is due, and is one mail', async () => {
  const about = subject();
  const digest = { every: 'hour', timeZone: 'Europe/Berlin' };
  const subscription = await subscribe(about, { people: ['dee@shop.example'], digest }, 'Morning');
  for (const nth of [1, 2, 3]) await drafted(about, `Checkout 2.${nth}`, nth);
  await slipway.caughtUp();
  expect((await deliveriesOf(subscription)).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
  await database.query('UPDATE notification.deliveries_v1 SET next_at = clock_timestamp() WHERE subscription = $1', [
    subscription.id,
  ]); // as if the hour were over
  await settled(subscription);
  const [mail, ...others] = to('dee@shop.example');
  expect([mail?.subject, others]).toEqual(['Morning: 3 events', []]);
  for (const nth of [1, 2, 3]) expect(mail?.text).toContain(`Checkout 2.${nth}`);
});

test('who is refused for ever is a failure at once; who is refused for now is tried again', async () => {
  mailbox.refuse('eve@shop.example', 550, 99);
  mailbox.refuse('fay@shop.example', 451, 1);
  const about = subject();
  const subscription = await subscribe(about, { people: ['eve@shop.example', 'fay@shop.example', 'github:nobody'] });
  await drafted(about, 'Checkout 3');
  const outcomes = (await settled(subscription)).map(({ state, lastError, attemptCount }) => [
    state,
    lastError,
    attemptCount,
  ]);
  expect(new Set(outcomes.map(outcome => outcome.join(' ')))).toEqual(
    new Set(['delivered  2', 'failed no-address 1', 'failed refused 1']),
  );
  expect(to('fay@shop.example')).toHaveLength(1);
  expect(to('eve@shop.example')).toEqual([]);
});

test('the owner of a subscription that Slipway disables is told', async () => {
  const gone = await startReceiver(response => void response.writeHead(410).end());
  const webhook = { url: gone.url };
  const { body } = await rita
    .post('/v1/subscriptions', { title: 'Old chat', owner: 'gil@shop.example', filter: { types: [] }, webhook })
    .expect(201);
  await rita.post(`/v1/subscriptions/${body.id}/test`).expect(200);
  await mailbox.until(() => to('gil@shop.example').length === 1);
  expect(to('gil@shop.example')[0]?.subject).toBe(`${body.number} Old chat: dev.slipway.subscription-disabled.v1`);
  await gone.stop();
});

test.each([
  [{ email: { people: [] } }, 400, 'invalid-fields'],
  [{ email: { people: ['a@b.example'], digest: { every: 'hour', timeZone: 'Mars/Base' } } }, 400, 'invalid-fields'],
  [{ email: { people: ['a@b.example'], template: 'TPL-999' } }, 404, 'not-found'],
  [{ email: { people: ['a@b.example'], template: 'nothing' } }, 422, 'unknown-template'],
  [{}, 400, 'invalid-fields'],
  [{ email: { people: ['a@b.example'] }, webhook: { url: 'https://x.example/' } }, 400, 'invalid-fields'],
])('%j is refused: %d %s', async (channel, status, code) => {
  const { body } = await rita.post('/v1/subscriptions', { title: 'x', ...channel }).expect(status);
  expect(body).toMatchObject({ code });
});

test('a subscription by mail has no secret, and stays one by mail', async () => {
  const { id } = await subscribe(subject(), { people: ['ann@shop.example'] });
  const { body } = await rita.post(`/v1/subscriptions/${id}/rotate-secret`).expect(409);
  expect(body).toMatchObject({ code: 'no-such-channel' });
  await rita.post(`/v1/subscriptions/${id}/change-webhook`, { url: 'https://x.example/' }).expect(409);
  const people = ['hal@shop.example'];
  const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
  const { body: changed } = await rita.post(`/v1/subscriptions/${id}/change-email`, { people, quietHours }).expect(200);
  expect(changed).toMatchObject({ channel: { kind: 'email', timing: { quietHours } } });
});
