import 'reflect-metadata';
import { catalog } from '@slipway/catalog';
import { changeApproval } from '@slipway/change-approval';
import { deploymentExecution } from '@slipway/deployment-execution';
import { planning } from '@slipway/planning';
import { type Client, type TestService, testService } from '@slipway/service/testing';

// What must come first comes first: releases that others need, and the waves of one.

let slipway: TestService;
let ada: Client;
let rita: Client;
let pipeline: Client;

beforeAll(async () => {
  slipway = await testService(catalog, planning, changeApproval, deploymentExecution);
  ada = await slipway.as('ada@example.org', 'administrator');
  rita = await slipway.as('rita@example.org', 'release-manager');
  pipeline = await slipway.as('shop-pipeline', 'deployer');
  await fillTheCatalog();
}, 60_000);
afterAll(() => slipway.stop());

const fillTheCatalog = async (): Promise<void> => {
  const serviceAccounts = [{ name: 'Shop pipeline', accounts: ['sub:shop-pipeline'] }];
  const people = [{ name: 'Rita', email: 'rita@example.org', accounts: [] }];
  await ada.post('/v1/catalog/import', { people, serviceAccounts }).expect(200);
  await ada.post('/v1/role-grants', { person: 'sub:shop-pipeline', role: 'deployer' }).expect(201);
  for (const name of ['cart', 'checkout'])
    await ada.post('/v1/services', { name, title: name, ownerTeam: 'shop', criticality: 'high' }).expect(201);
  for (const name of ['eu', 'us', 'staging'])
    await ada
      .post('/v1/environments', {
        name,
        title: name,
        tier: name === 'staging' ? 'staging' : 'production',
        region: name,
        timeZone: 'UTC',
      })
      .expect(201);
  await slipway.caughtUp();
};

type Place = Readonly<{ service: string; environment: string; wave?: number }>;
type Seen = Readonly<{ id: string; number: string; state: string }>;

const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
const window = () => ({
  start: new Date(Date.now() - 3_600_000).toISOString(),
  end: new Date(Date.now() + 36_000_000).toISOString(),
});

const drafted = async (title: string, services: readonly string[], letter: string): Promise<Seen> => {
  const draft = { title, class: 'minor', changeModel: 'standard' };
  const { body } = await rita.post('/v1/releases', draft).expect(201);
  for (const service of services)
    await rita
      .post(`/v1/releases/${body.id}/attach-artifact`, {
        service,
        version: '2.4.0',
        purl: `pkg:oci/${service}@2.4.0`,
        digest: digestOf(letter),
        repository: `shop/${service}`,
        commits: [{ sha: 'b'.repeat(40), author: 'dana@example.org', committedAt: '2026-02-27T16:04:05Z' }],
      })
      .expect(200);
  const plan = { steps: 'Deploy what was live before.', backoutMinutes: 20 };
  await rita.post(`/v1/releases/${body.id}/register-rollback-plan`, plan).expect(200);
  return body;
};

/** Scheduled, authorized as standard changes are at once, and with its go. */
const gone = async (release: Seen, targets: readonly Place[]): Promise<void> => {
  await rita.post(`/v1/releases/${release.id}/schedule`, { window: window(), targets }).expect(200);
  await slipway.caughtUp();
  await rita.post(`/v1/releases/${release.id}/go`).expect(200);
  await slipway.caughtUp();
};

const asked = async (release: Seen, { service, environment }: Place): Promise<Seen> => {
  const { body } = await pipeline
    .post('/v1/deployments', { service, environment, release: release.number })
    .expect(201);
  await slipway.caughtUp();
  return (await pipeline.get(`/v1/deployments/${body.id}`).expect(200)).body;
};

type Decided = Readonly<{
  verdict: string;
  refusedBy: readonly string[];
  rules: readonly Readonly<{ rule: string; outcome: string; reason: string }>[];
  inputs: readonly Readonly<{ stream: string; version: number }>[];
}>;

const decisionOn = async (deployment: Seen): Promise<Decided> => {
  const { body } = await rita.get('/v1/decisions').query({ deployment: deployment.number }).expect(200);
  const [row] = body.items;
  return { ...row, ...(await rita.get(`/v1/decisions/${row.id}`).expect(200)).body };
};

const runs = async (deployment: Seen, verified: 'passed' | 'failed' = 'passed'): Promise<void> => {
  const path = `/v1/deployments/${deployment.id}`;
  const failed = verified === 'failed' ? { reason: 'Carts are empty.' } : {};
  await pipeline.post(`${path}/start`).expect(200);
  await pipeline.post(`${path}/finish`).expect(200);
  await pipeline.post(`${path}/verify`, { outcome: verified, checks: ['smoke'], ...failed }).expect(200);
};

const reasonIn = ({ rules }: Pick<Decided, 'rules'>, of: string) => rules.find(({ rule }) => rule === of)?.reason;

test('a release goes to production once the one that it needs is live', async () => {
  const [cart, checkout] = [await drafted('Cart', ['cart'], 'a'), await drafted('Checkout', ['checkout'], 'b')];
  const need = { release: cart.number, state: 'EarlyLifeSupport' };
  await rita.post(`/v1/releases/${checkout.id}/state-dependency`, need).expect(200);
  await gone(cart, [{ service: 'cart', environment: 'eu' }]);
  await gone(checkout, [{ service: 'checkout', environment: 'eu' }]);

  const early = await asked(checkout, { service: 'checkout', environment: 'eu' });
  const denied = await decisionOn(early);
  expect(denied).toMatchObject({ verdict: 'deny', refusedBy: ['release-dependencies-met'] });
  expect(denied).not.toHaveProperty('nextOpening');
  expect(reasonIn(denied, 'release-dependencies-met')).toBe(
    `It waits for ${cart.number} to be EarlyLifeSupport, which is Ready.`,
  );
  const cartVersion = denied.inputs.find(({ stream }) => stream === `release-${cart.id}`)?.version;
  expect(cartVersion).toBe((await slipway.events(`release-${cart.id}`)).length);
  const { body: blockers } = await rita.get(`/v1/releases/${checkout.id}/blockers`).expect(200);
  expect(blockers.items).toMatchObject([{ code: 'release-dependency-not-met', release: { id: cart.id } }]);

  await runs(await asked(cart, { service: 'cart', environment: 'eu' }));
  await slipway.caughtUp();
  await pipeline.post(`/v1/deployments/${early.id}/decision`).expect(200);
  await slipway.caughtUp();
  expect(await decisionOn(early)).toMatchObject({ verdict: 'allow' });
  expect((await rita.get(`/v1/releases/${checkout.id}/blockers`).expect(200)).body.items).toEqual([]);
}, 60_000);

test('a wave waits for the one before it, as a what-if says too; a rollback waits for nothing', async () => {
  const release = await drafted('Both', ['cart', 'checkout'], 'c');
  const inEurope = (service: string) => ({ service, environment: 'eu', wave: 1 });
  const inAmerica = { service: 'cart', environment: 'us', wave: 2 };
  await gone(release, [inEurope('cart'), inEurope('checkout'), inAmerica]);
  const reason = async () => {
    const question = { service: 'cart', environment: 'us', release: release.number, deployer: 'sub:shop-pipeline' };
    const { body } = await rita.post('/v1/decisions/preview', question).expect(200);
    return body.verdict === 'allow' ? 'allow' : reasonIn(body, 'wave-order-met');
  };
  expect(await reason()).toBe(
    'Wave 2 waits for cart in eu of wave 1, which was not deployed; checkout in eu of wave 1, which was not deployed.',
  );
  const first = await asked(release, inEurope('cart'));
  await runs(first);
  const failing = await asked(release, inEurope('checkout'));
  await runs(failing, 'failed');
  const early = await asked(release, inAmerica);
  expect(await decisionOn(early)).toMatchObject({ verdict: 'deny', refusedBy: ['wave-order-met'] });
  expect(await reason()).toBe('Wave 2 waits for checkout in eu of wave 1, which failed.');

  await runs(await asked(release, inEurope('checkout')));
  expect(await reason()).toBe('allow');
  await pipeline.post(`/v1/deployments/${early.id}/decision`).expect(200);
  await slipway.caughtUp();
  const allowed = await decisionOn(early);
  expect(allowed).toMatchObject({ verdict: 'allow' });
  expect(allowed.inputs.map(({ stream }) => stream)).toEqual(
    expect.arrayContaining([`deployment-${first.id}`, `deployment-${failing.id}`, `release-${release.id}`]),
  );

  await runs(early);
  const back = await pipeline
    .post(`/v1/deployments/${first.id}/roll-back`, { reason: 'x', cause: 'fault' })
    .expect(201);
  expect(await reason()).toBe('Wave 2 waits for cart in eu of wave 1, which is being rolled back.');
  await slipway.caughtUp();
  expect((await decisionOn(back.body)).rules).toContainEqual(
    expect.objectContaining({ rule: 'wave-order-met', outcome: 'compliant' }),
  );
}, 60_000);
