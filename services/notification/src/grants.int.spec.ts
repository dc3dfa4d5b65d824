import { type Client, testService, type TestService } from '@slipway/service/testing';
import { v7 as uuidv7 } from 'uuid';
import { notification } from './module.ts';
import { type Receiver, startReceiver } from './webhooks/example-receiver.ts';

let slipway: TestService;
let ada: Client;
let chat: Receiver;
const SETTINGS = {
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32',
  WEBHOOK_RETRY_SECONDS: Array.from({ length: 200 }, () => '0.05').join(','),
};
const ids = { payment: uuidv7(), checkout: uuidv7(), eu: uuidv7(), us: uuidv7() };

beforeAll(async () => {
  Object.assign(process.env, SETTINGS);
  slipway = await testService(notification);
  ada = await slipway.as('ada@example.org', 'administrator');
  for (const name of ['payment', 'checkout'] as const)
    await slipway.append('service', ids[name], { type: 'ServiceRegistered', data: { ...SERVICE, name, title: name } });
  for (const name of ['eu', 'us'] as const)
    await slipway.append('environment', ids[name], {
      type: 'EnvironmentRegistered',
      data: { ...ENVIRONMENT, name, title: name },
    });
  await slipway.caughtUp();
});
afterAll(async () => {
  await slipway.stop();
  for (const name of Object.keys(SETTINGS)) delete process.env[name];
});
beforeEach(async () => {
  chat = await startReceiver();
});
afterEach(() => chat.stop());

const SERVICE = {
  ownerTeam: 'shop',
  criticality: 'high',
  repositories: [],
  alertLabels: [],
  aliases: [],
  dependencies: [],
};
const ENVIRONMENT = { tier: 'production', region: 'eu', timeZone: 'UTC', aliases: [], openness: 'always-open' };

/** Somebody whose token says who it is, and nothing of what may be done. */
const holding = async (name: string, scope: object) => {
  const email = `${name}@example.org`;
  const [person = ''] = (await slipway.host.running[0]?.service.pseudonyms([`email:${email}`])) ?? [];
  const id = uuidv7();
  const data = { person, role: 'incident-responder', scope, from: '2026-01-01T00:00:00Z' };
  await slipway.append('roleGrant', id, { type: 'RoleGranted', data });
  const client = await slipway.as(email);
  return { client, revoke: () => slipway.append('roleGrant', id, { type: 'RoleRevoked', data: {} }) };
};
const subscribe = (client: Client, filter?: object) =>
  client.post('/v1/subscriptions', { title: 'Ours', webhook: { url: chat.url }, ...(filter && { filter }) });
const subscribed = async (client: Client, filter: object): Promise<string> => {
  const { body } = await subscribe(client, filter).expect(201);
  await slipway.caughtUp();
  return body.id as string;
};
const scheduled = (title: string, ...targets: readonly (readonly [keyof typeof ids, keyof typeof ids])[]) =>
  slipway.append(
    'release',
    uuidv7(),
    {
      type: 'ReleaseDrafted',
      data: { title, class: 'minor', owner: 'person-00000000-0000-7000-8000-000000000001', changeModel: 'normal' },
    },
    {
      type: 'ReleaseScheduled',
      data: {
        window: { start: '2026-03-02T10:00:00Z', end: '2026-03-02T12:00:00Z' },
        targets: targets.map(([service, environment]) => ({
          serviceId: ids[service],
          environmentId: ids[environment],
          wave: 1,
        })),
        contentDigest: `sha256:${'a'.repeat(64)}`,
      },
    },
  );
type Delivery = Readonly<{ state: string; subject: string; attemptCount: number }>;
const deliveriesOf = async (id: string, client = ada): Promise<readonly Delivery[]> =>
  (await client.get(`/v1/subscriptions/${id}/deliveries`).expect(200)).body.items;
const until = async (id: string, isSo: (deliveries: readonly Delivery[]) => boolean): Promise<readonly Delivery[]> => {
  for (const deadline = performance.now() + 15_000; ;) {
    const deliveries = await deliveriesOf(id);
    if (isSo(deliveries)) return deliveries;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(deliveries)}`);
  }
};
const isSettled = (deliveries: readonly Delivery[]): boolean => deliveries.every(({ state }) => state !== 'waiting');

test('whoever has limits subscribes to what is within them, and sees such subscriptions only', async () => {
  const { client: tina } = await holding('tina', { services: [ids.payment] });
  for (const filter of [undefined, {}, { services: ['checkout'] }, { services: ['payment', 'checkout'] }])
    expect((await subscribe(tina, filter).expect(403)).body.code).toBe('outside-scope');
  const id = await subscribed(tina, { services: ['payment'] });
  const others = await subscribed(ada, { services: ['checkout'] });
  await tina.post(`/v1/subscriptions/${id}/change-filter`, { filter: {} }).expect(403, /outside-scope/);
  await tina.post(`/v1/subscriptions/${others}/pause`, {}).expect(403, /outside-scope/);
  await tina.get(`/v1/subscriptions/${others}`).expect(403, /outside-scope/);
  await tina.get(`/v1/subscriptions/${others}/deliveries`).expect(403, /outside-scope/);
  await tina.post(`/v1/subscriptions/${id}/rotate-secret`).expect(200);
  const { body } = await tina.get('/v1/subscriptions').expect(200);
  expect(body.items).toMatchObject([{ id }]);
  const email = { people: ['bob@example.org'] };
  const mail = { title: 'Mail', filter: { services: ['payment'] }, email };
  await tina.post('/v1/subscriptions', mail).expect(403, /outside-scope/);
  await tina.post(`/v1/subscriptions/${id}/change-email`, email).expect(403, /outside-scope/);
});

test('deliveries are cut to the grant, and stop when it ends', async () => {
  const { client: uma, revoke } = await holding('uma', { services: [ids.payment], environments: [ids.eu] });
  const filter = { types: ['dev.slipway.release-scheduled.v1'], services: ['payment'], environments: ['eu'] };
  const id = await subscribed(uma, filter);
  await scheduled('within', ['payment', 'eu']);
  await chat.until(heard => heard.length === 1);
  // Both names are in the filter, but no place of it is within the grant.
  await scheduled('beside', ['payment', 'us'], ['checkout', 'eu']);
  await slipway.caughtUp();
  expect(await until(id, isSettled)).toMatchObject([{ state: 'delivered' }]);
  expect(await deliveriesOf(id, uma)).toMatchObject([{ state: 'delivered' }]);
  await revoke();
  await scheduled('too late', ['payment', 'eu']);
  await slipway.caughtUp();
  expect(await until(id, isSettled)).toHaveLength(1);
  expect(chat.heard).toHaveLength(1);
});

test('what is being tried again when the grant ends is tried no more', async () => {
  chat.behave(response => void response.writeHead(500).end());
  const { client: vera, revoke } = await holding('vera', { services: [ids.payment] });
  const id = await subscribed(vera, { types: ['dev.slipway.release-scheduled.v1'], services: ['payment'] });
  await scheduled('within', ['payment', 'eu']);
  await chat.until(heard => heard.length >= 2);
  await revoke();
  const [delivery] = await until(id, isSettled);
  expect(delivery?.state).toBe('failed');
  expect(delivery?.attemptCount).toBeLessThan(200);
});

test('a filter or an address that somebody without limits says is cut to nobody any more', async () => {
  const { client: willa, revoke } = await holding('willa', { services: [ids.payment] });
  const types = ['dev.slipway.release-scheduled.v1'];
  const id = await subscribed(willa, { types, services: ['payment'] });
  await ada.post(`/v1/subscriptions/${id}/change-filter`, { filter: { types } }).expect(200);
  await revoke();
  await slipway.caughtUp();
  await scheduled('anywhere', ['checkout', 'us']);
  await chat.until(heard => heard.length === 1);
});
