import { type Client, testService, type TestService } from '@slipway/service/testing';
import supertest from 'supertest';
import { fixtureJson } from './edge/fixture.ts';
import { catalog, decide, digest, PRODUCTION } from './examples.ts';
import { deploymentExecution } from './module.ts';

type Record = Readonly<{ id: string; state: string } & { [field: string]: unknown }>;

const TOKEN = '16688eb5e9f289f1991c';
let slipway: TestService;
let bot: Client;

beforeAll(async () => {
  process.env['FLAGGER_WEBHOOK_TOKEN'] = TOKEN;
  slipway = await testService(deploymentExecution);
  bot = await slipway.as('deploy-bot', 'deployer');
  await catalog(slipway, 'acme/checkout');
});
afterAll(async () => {
  await slipway.stop();
  delete process.env['FLAGGER_WEBHOOK_TOKEN'];
});

const ABOUT = { service: 'checkout', environment: 'production-eu', digests: digest('1'), token: TOKEN };
const ask = async (hook: string, checksum: string, other: object = {}) => {
  const body = { ...fixtureJson('flagger/gate'), checksum, metadata: ABOUT, ...other };
  const answer = await supertest(slipway.url).post(`/v1/deployments/hooks/flagger/${hook}`).send(body);
  return { status: answer.status, ...(answer.body as { code?: string; detail?: string; outcome?: string }) };
};
const deployments = async (): Promise<readonly Record[]> => {
  await slipway.caughtUp();
  return ((await bot.get('/v1/deployments').expect(200)).body as { items: readonly Record[] }).items;
};
const latest = async (): Promise<Record> => {
  const [{ id }] = (await deployments()) as [Record];
  return (await bot.get(`/v1/deployments/${id}`).expect(200)).body as Record;
};
const attempts = async (id: string) =>
  (await slipway.events(`deployment-${id}`)).filter(({ type }) => type === 'DecisionRequested').length;

describe('a canary of Flagger', () => {
  let id: string;

  it('waits until the decision allows it, however often it asks', async () => {
    for (const _ of [1, 2])
      expect(await ask('confirm-rollout', 'r1')).toMatchObject({ status: 403, code: 'gate-closed' });
    const all = await deployments();
    expect(all).toMatchObject([{ state: 'Queued', environmentId: PRODUCTION, digests: [digest('1')] }]);
    id = all[0]?.id ?? '';
    await decide(slipway, id, 'deny');
    for (const _ of [1, 2]) expect(await ask('confirm-rollout', 'r1')).toMatchObject({ status: 403 });
    expect(await attempts(id)).toBe(1);
    await decide(slipway, id, 'allow', { validUntil: new Date(Date.now() - 1).toISOString() });
    expect(await ask('confirm-rollout', 'r1')).toMatchObject({
      status: 403,
      detail: 'Wait: a fresh decision is asked for.',
    });
    await decide(slipway, id, 'allow');
    for (const _ of [1, 2]) expect(await ask('confirm-rollout', 'r1')).toEqual({ status: 200, outcome: 'go' });
    expect(await latest()).toMatchObject({ state: 'Running' });
    expect(await deployments()).toHaveLength(1);
  });

  it('is let on by a decision that is still good, and held by a no', async () => {
    expect(await ask('pre-rollout', 'r1')).toMatchObject({ status: 200 });
    expect(await ask('rollout', 'r1')).toMatchObject({ status: 200 });
    expect(await latest()).toMatchObject({ tookTraffic: { at: expect.any(String) as string } });
    expect(await ask('confirm-promotion', 'r1')).toMatchObject({ status: 200 });
    expect(await ask('rollback', 'r1')).toMatchObject({ status: 403 });
    await bot.post(`/v1/deployments/${id}/decision`).expect(200);
    await decide(slipway, id, 'deny');
    for (const hook of ['confirm-promotion', 'confirm-traffic-increase', 'rollout'])
      expect(await ask(hook, 'r1')).toMatchObject({ status: 403, code: 'gate-closed' });
    expect(await ask('rollback', 'r1')).toMatchObject({ status: 200 });
    await decide(slipway, id, 'allow');
    expect(await ask('confirm-promotion', 'r1')).toMatchObject({ status: 200 });
  });

  it('keeps another one out meanwhile', async () => {
    await ask('confirm-rollout', 'r2');
    await decide(slipway, (await latest()).id, 'allow');
    expect(await ask('confirm-rollout', 'r2')).toMatchObject({
      status: 403,
      detail: expect.stringContaining('target-occupied') as string,
    });
  });

  it('succeeds when its analysis did, once', async () => {
    for (const hook of ['post-rollout', 'event', 'event'])
      expect(await ask(hook, 'r1', { phase: 'Succeeded' })).toEqual({ status: 200, outcome: 'stored' });
    expect((await bot.get(`/v1/deployments/${id}`).expect(200)).body).toMatchObject({
      state: 'Succeeded',
      tookTraffic: { percent: 100 },
      verification: { outcome: 'passed', checks: ['Flagger analysis'] },
    });
  });

  it('that fails leaves live what was', async () => {
    const second = await latest();
    expect(await ask('confirm-rollout', 'r2')).toMatchObject({ status: 200 });
    expect(await ask('rollout', 'r2')).toMatchObject({ status: 200 });
    await ask('event', 'r2', { phase: 'Failed' });
    await ask('event', 'r2', { phase: 'Failed' });
    expect((await bot.get(`/v1/deployments/${second.id}`).expect(200)).body).toMatchObject({ state: 'Failed' });
    await slipway.caughtUp();
    const { body } = await bot.get('/v1/environments/production-eu/running').expect(200);
    expect(body).toMatchObject({ services: [{ deploymentId: id }] });
    expect(body).not.toHaveProperty('services.0.inProgress');
  });

  it('that went without asking is seen all the same, and its token is not kept', async () => {
    const told = await ask('event', 'r3', { phase: 'Succeeded' });
    expect(told).toEqual({ status: 200, outcome: 'stored' });
    expect(await latest()).toMatchObject({
      state: 'Succeeded',
      digests: [digest('1')],
      pipelineRunId: expect.any(String) as string,
    });
    const { pipelineRunId } = await latest();
    const run = await bot.get(`/v1/pipelines/runs/${String(pipelineRunId)}`).expect(200);
    expect(JSON.stringify(run.body)).toContain('***');
    expect(JSON.stringify(run.body)).not.toContain(TOKEN);
  });

  it('stays shut when nobody knows what it deploys', async () => {
    const nobody = { metadata: { ...ABOUT, service: 'nobody' } };
    expect(await ask('confirm-rollout', 'r4', nobody)).toMatchObject({ status: 422, code: 'unknown-service' });
    const nothing = { metadata: { ...ABOUT, digests: '' } };
    expect(await ask('confirm-rollout', 'r4', nothing)).toMatchObject({
      status: 403,
      detail: expect.stringContaining('digests-required') as string,
    });
    expect(await ask('confirm-promotion', 'r4')).toMatchObject({ status: 403 });
  });

  it('is who it says', async () => {
    const stranger = { metadata: { ...ABOUT, token: 'another' } };
    expect(await ask('confirm-rollout', 'r5', stranger)).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(await ask('confirm-rollout', 'r5', { checksum: 1 })).toMatchObject({ status: 401 });
    expect(await ask('dance', 'r5')).toMatchObject({ status: 404 });
  });
});
