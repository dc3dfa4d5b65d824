import { type Client, testService, type TestService } from '@slipway/service/testing';
import { createHmac } from 'node:crypto';
import supertest from 'supertest';
import { catalog, digest } from './examples.ts';
import { deploymentExecution } from './module.ts';

const SECRET = 'a secret for the tests';
let slipway: TestService;
let rita: Client;

beforeAll(async () => {
  process.env['WEBHOOK_SECRET_MY_TOOL'] = SECRET;
  slipway = await testService(deploymentExecution);
  rita = await slipway.as('rita@example.org', 'release-manager');
  await catalog(slipway, 'acme/checkout');
});
afterAll(async () => {
  await slipway.stop();
  delete process.env['WEBHOOK_SECRET_MY_TOOL'];
});

const mapping = {
  signature: { header: 'X-My-Signature', prefix: 'sha256=' },
  fields: {
    externalId: '/run',
    repository: '/app',
    environment: '/where',
    status: '/is',
    digest: '/digest',
    occurredAt: '/at',
  },
  statuses: [
    { said: 'GOING', status: 'running' },
    { said: 'DONE', status: 'succeeded' },
  ],
};
const body = { run: 1, app: 'checkout', where: 'staging', is: 'DONE', digest: digest('1'), at: '2026-03-02T10:00:00Z' };
const tell = (said: object, secret = SECRET, name = 'my-tool') => {
  const bytes = JSON.stringify(said);
  const signature = `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;
  return supertest(slipway.url)
    .post(`/v1/deployments/hooks/mapped/${name}`)
    .set({ 'content-type': 'application/json', 'x-my-signature': signature })
    .send(bytes);
};
const path = '/v1/pipelines/mappings/my-tool';

it('a tool without an adapter is told how to be read, as data', async () => {
  await tell(body).expect(401);
  const viewer = await slipway.as('viewer@example.org', 'viewer');
  await viewer.put(path, mapping).expect(403);
  expect((await rita.put(path, mapping).expect(200)).body).toMatchObject({
    name: 'my-tool',
    state: 'defined',
    version: 1,
  });
  const { body: told } = await tell(body).expect(202);
  await tell(body).expect(202);
  await slipway.caughtUp();
  const run = await rita.get(`/v1/pipelines/runs/${(told as { runId: string }).runId}`).expect(200);
  expect(run.body).toMatchObject({
    tool: 'webhook',
    mapping: { name: 'my-tool', version: 1 },
    state: 'matched',
    messages: [{ status: 'succeeded', occurredAt: '2026-03-02T10:00:00.000Z' }],
  });
  const { deploymentId } = run.body as { deploymentId: string };
  expect((await rita.get(`/v1/deployments/${deploymentId}`).expect(200)).body).toMatchObject({
    state: 'Succeeded',
    digests: [digest('1')],
  });
});

it('another version reads what comes after it, and says so', async () => {
  await rita.put(path, { ...mapping, only: [{ pointer: '/type', equals: 'deploy' }] }).expect(200);
  expect((await tell({ ...body, run: 2 }).expect(202)).body).toEqual({ outcome: 'unused' });
  const { body: told } = await tell({ ...body, run: 2, type: 'deploy' }).expect(202);
  const run = await rita.get(`/v1/pipelines/runs/${(told as { runId: string }).runId}`).expect(200);
  expect(run.body).toMatchObject({ mapping: { version: 2 } });
  expect((await tell({ ...body, type: 'deploy', is: 'MELTED' }).expect(202)).body).toMatchObject({
    outcome: 'unreadable',
  });
});

it('who signs otherwise is nobody', async () => {
  await tell(body, 'another').expect(401);
  await tell(body, SECRET, 'no-tool').expect(401);
  await tell(body, SECRET, '..%2f').expect(401);
});

it('what is no mapping is refused', async () => {
  const refused = async (at: string, other: object) =>
    ((await rita.put(at, { ...mapping, ...other }).expect(400)).body as { code: string }).code;
  expect(await refused(path, { fields: { ...mapping.fields, status: 'status' } })).toBe('invalid-fields');
  expect(await refused(path, { statuses: [{ said: 'X', status: 'melted' }] })).toBe('invalid-fields');
  expect(await refused('/v1/pipelines/mappings/My Tool', {})).toBe('invalid-fields');
  const twice = await rita.put(path, { ...mapping, statuses: [...mapping.statuses, ...mapping.statuses] }).expect(409);
  expect(twice.body).toMatchObject({ code: 'duplicate-status' });
  await rita.put(path, mapping).set('If-Match', '"1"').expect(412);
});

it('is withdrawn with a reason, and listed', async () => {
  await rita.post('/v1/pipelines/mappings/no-tool/withdraw', { reason: 'No' }).expect(404);
  await rita.post(`${path}/withdraw`, { reason: 'Ann has another tool' }).expect(200);
  await tell(body).expect(401);
  expect((await rita.get(path).expect(200)).body).toMatchObject({ state: 'withdrawn', reason: 'Ann has another tool' });
  await slipway.caughtUp();
  const { body: listed } = await rita.get('/v1/pipelines/mappings?state=withdrawn&q=my').expect(200);
  expect(listed).toMatchObject({ items: [{ name: 'my-tool', state: 'withdrawn', version: 3 }] });
  expect((await rita.get('/v1/pipelines/mappings?state=defined').expect(200)).body).toEqual({ items: [] });
});
