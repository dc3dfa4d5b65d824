import type { DeploymentEvent } from '@slipway/contracts';
import { importedId } from '@slipway/records';
import { type Client, testService, type TestService } from '@slipway/service/testing';
import pg from 'pg';
import supertest from 'supertest';
import { catalog, digest, PRODUCTION, SERVICE, STAGING } from './examples.ts';
import { deploymentExecution } from './module.ts';

let slipway: TestService;
let ci: Client;
let rita: Client;

beforeAll(async () => {
  slipway = await testService(deploymentExecution);
  ci = await slipway.as('ci@example.org', 'integration');
  rita = await slipway.as('rita@example.org', 'release-manager');
  await catalog(slipway, 'example/checkout');
  await slipway.append('service', '00000000-0000-8000-8000-0000000000aa', {
    type: 'ServiceRegistered',
    data: { ...twin, name: 'first twin' },
  });
  await slipway.append('service', '00000000-0000-8000-8000-0000000000ab', {
    type: 'ServiceRegistered',
    data: { ...twin, name: 'second twin' },
  });
  await slipway.caughtUp();
});
afterAll(() => slipway.stop());

const twin = {
  title: 'Twin',
  ownerTeam: 'shop',
  criticality: 'high',
  repositories: [],
  alertLabels: [],
  aliases: ['twin'],
  dependencies: [],
};
const row = (key: string, other: object = {}) => ({
  key,
  service: 'checkout',
  environment: 'production',
  version: '2.4.0',
  startedAt: '2025-03-02T20:00:00Z',
  finishedAt: '2025-03-02T20:10:00+01:00',
  outcome: 'succeeded',
  ...other,
});

type Answered = Readonly<{ row: number; outcome: string; id?: string; code?: string; contradictions?: string[] }>;
type Answer = Readonly<{ imported: number; unchanged: number; corrected: number; refused: number; rows: Answered[] }>;

const importing = (lines: readonly (object | string)[], query = 'system=github', client = ci) =>
  supertest(slipway.url)
    .post(`/v1/deployments/import?${query}`)
    .set({ authorization: `Bearer ${client.token}`, 'content-type': 'application/x-ndjson' })
    .serialize(each => each as string)
    .send(lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
const imported = async (lines: readonly (object | string)[], query?: string): Promise<Answer> =>
  (await importing(lines, query).expect(200)).body as Answer;
const eventsOf = async (key: string): Promise<readonly DeploymentEvent[]> =>
  (await slipway.events(`deployment-${importedId('deployment', 'github', key)}`)) as readonly DeploymentEvent[];

test('what was becomes one event each, with its true time and where it comes from', async () => {
  const rich = row('1', {
    kind: 'rollback',
    digests: [digest('1')],
    change: { system: 'servicenow', key: 'CHG0030002' },
    undoes: { key: '0' },
    tookTraffic: true,
    url: 'https://github.com/example/checkout/deployments/1',
  });
  expect(await imported([rich, row('2')], 'system=github&batch=first')).toMatchObject({ imported: 2, refused: 0 });
  const [event, ...others] = await eventsOf('1');
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    type: 'DeploymentImported',
    data: {
      source: 'import',
      occurredAt: '2025-03-02T19:10:00.000Z',
      origin: { system: 'github', key: '1', batch: 'first', url: 'https://github.com/example/checkout/deployments/1' },
      kind: 'rollback',
      serviceId: SERVICE,
      environmentId: PRODUCTION,
      production: true,
      startedAt: '2025-03-02T20:00:00.000Z',
      change: { system: 'servicenow', key: 'CHG0030002', id: importedId('change', 'servicenow', 'CHG0030002') },
      undoes: { system: 'github', key: '0', id: importedId('deployment', 'github', '0') },
    },
  });
});

test('the same again changes nothing, and something else only as a correction', async () => {
  await imported([row('3')]);
  expect(await imported([row('3')], 'system=github&batch=other')).toMatchObject({ unchanged: 1, imported: 0 });
  const failed = row('3', { outcome: 'failed' });
  expect((await imported([failed])).rows).toMatchObject([{ outcome: 'refused', code: 'imported-differently' }]);
  expect(await imported([failed], 'system=github&correct=true')).toMatchObject({ corrected: 1 });
  expect((await eventsOf('3')).map(({ data }) => 'outcome' in data && data.outcome)).toEqual(['succeeded', 'failed']);
});

test('rows of one key are taken in their order', async () => {
  const { rows } = await imported([row('4'), row('4'), row('4', { outcome: 'failed' })]);
  expect(rows.map(({ outcome }) => outcome)).toEqual(['imported', 'unchanged', 'refused']);
});

test('a dry run says the same and does nothing', async () => {
  const lines = [row('5'), row('5a', { service: 'nobody' }), row('3')];
  const foreseen = await imported(lines, 'system=github&dryRun=true');
  expect(foreseen).toMatchObject({ dryRun: true, imported: 1, refused: 2 });
  expect(await eventsOf('5')).toEqual([]);
});

test.each([
  ['{"key": ', 'malformed-json'],
  ['[1, 2]', 'invalid-fields'],
  ['"text"', 'invalid-fields'],
  ['{"key":"x\\u0000"}', 'invalid-text'],
  [row(''), 'invalid-fields'],
  [row('x'.repeat(201)), 'invalid-fields'],
  [row('b', { service: undefined }), 'invalid-fields'],
  [row('b', { service: 'nobody' }), 'unknown-service'],
  [row('b', { service: 'twin' }), 'ambiguous-service'],
  [row('b', { environment: 'nowhere' }), 'unknown-environment'],
  [row('b', { startedAt: '2025-03-02 20:00' }), 'invalid-fields'],
  [row('b', { startedAt: '2025-02-30T20:00:00Z' }), 'invalid-fields'],
  [row('b', { startedAt: undefined }), 'invalid-fields'],
  [row('b', { finishedAt: '2999-01-01T00:00:00Z' }), 'in-the-future'],
  [row('b', { startedAt: '1970-01-01T00:00:00Z' }), 'too-long-ago'],
  [row('b', { outcome: 'fine' }), 'invalid-fields'],
  [row('b', { kind: 'big' }), 'invalid-fields'],
  [row('b', { digests: ['latest'] }), 'invalid-fields'],
  [row('b', { commit: 'main' }), 'invalid-fields'],
  [row('b', { color: 'red' }), 'invalid-fields'],
])('%j is explained as %s, and the good one beside it comes in', async (bad, code) => {
  const good = row('beside');
  const { rows } = await imported([good, bad, good]);
  expect(rows.map(each => each.code)).toEqual([undefined, code, undefined]);
  expect(rows.map(each => each.row)).toEqual([1, 2, 3]);
});

test('what contradicts itself is kept as it is said, and named', async () => {
  const { rows } = await imported([row('6', { startedAt: '2025-03-02T21:00:00Z', outcome: 'unfinished' })]);
  expect(rows[0]?.contradictions).toEqual(['finished-before-started', 'unfinished-with-an-end']);
});

test('a body that is no lines, or too many, is refused as a whole', async () => {
  await ci.post('/v1/deployments/import?system=github', row('7')).expect(415);
  await importing(['']).expect(400);
  const { body } = await importing(Array.from({ length: 1_001 }, () => row('7'))).expect(413);
  expect((body as { code: string }).code).toBe('too-many-rows');
});

test('it takes the permission', async () => {
  const deployer = await slipway.as('dan@example.org', 'deployer');
  await importing([row('8')], 'system=github', deployer).expect(403);
  const admin = await slipway.as('ada@example.org', 'administrator');
  await importing([row('8')], 'system=github', admin).expect(200);
});

test('history moves nothing, is asked for nothing and runs nowhere', async () => {
  const id = importedId('deployment', 'github', 'quiet');
  await imported([row('quiet', { environment: 'staging' })]);
  await slipway.caughtUp();
  expect((await eventsOf('quiet')).map(({ type }) => type)).toEqual(['DeploymentImported']);
  expect(await counted('running_v1')).toBe(0);
  expect(await counted('running_history_v1')).toBe(0);
  const { body: list } = await rita.get('/v1/deployments').expect(200);
  expect(list).toMatchObject({ items: [] });
  expect(await counted('instructions')).toBe(0);
  const { body: refused } = await ci.post(`/v1/deployments/${id}/took-traffic`, {}).expect(409);
  expect((refused as { code: string }).code).toBe('record-imported');
});

const counted = async (table: string): Promise<number> => {
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl('deployment-execution'), max: 1 });
  const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int FROM deployment_execution.${table}`);
  await pool.end();
  return rows[0]?.count ?? -1;
};

test('what was imported has a list of its own', async () => {
  await imported([row('listed', { environment: 'staging' })], 'system=gitlab&batch=listed');
  await slipway.caughtUp();
  const { body } = await rita.get('/v1/deployments/imported?system=gitlab&service=checkout&environment=staging');
  expect(body).toMatchObject({
    items: [{ key: 'listed', batch: 'listed', environmentIds: [STAGING], facts: { outcome: 'succeeded' } }],
  });
  const [found] = (body as { items: { id: string; number: string }[] }).items;
  await rita.get(`/v1/deployments/imported/${found?.number}`).expect(200);
  await rita.get('/v1/deployments/imported/DEP-999999').expect(404);
});
