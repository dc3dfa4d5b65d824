import type { DeploymentEvent } from '@slipway/contracts';
import { type Client, testService, type TestService } from '@slipway/service/testing';
import { createHmac } from 'node:crypto';
import pg from 'pg';
import supertest from 'supertest';
import { fixture, fixtureJson } from './edge/fixture.ts';
import { catalog, decide, digest, PRODUCTION, release, SERVICE, STAGING } from './examples.ts';
import { deploymentExecution } from './module.ts';

const SECRET = 'a secret for the tests';
const TOKEN = 'a token for the tests';
const COMMIT = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e';
let slipway: TestService;
let rita: Client;
let releases: readonly { id: string; changeId: string }[];

beforeAll(async () => {
  process.env['GITHUB_WEBHOOK_SECRET'] = SECRET;
  process.env['GITLAB_WEBHOOK_TOKEN'] = TOKEN;
  slipway = await testService(deploymentExecution);
  rita = await slipway.as('rita@example.org', 'release-manager');
  await catalog(slipway, 'Codertocat/Hello-World');
  releases = [
    await release(slipway, 1, 'codertocat/hello-world', 'a'.repeat(40)),
    await release(slipway, 2, 'codertocat/hello-world', COMMIT),
  ];
});
afterAll(async () => {
  await slipway.stop();
  delete process.env['GITHUB_WEBHOOK_SECRET'];
  delete process.env['GITLAB_WEBHOOK_TOKEN'];
});

type Accepted = Readonly<{ outcome: string; runId: string }>;
type Found = Readonly<{ id: string } & { [field: string]: unknown }>;
type Items = Readonly<{ items: readonly Found[] }>;

let deliveries = 0;
const github = (bytes: Buffer | string, headers: Record<string, string> = {}) =>
  supertest(slipway.url)
    .post('/v1/deployments/hooks/github')
    .set({
      'content-type': 'application/json',
      'x-github-event': 'deployment_status',
      'x-github-delivery': `delivery-${(deliveries += 1)}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(bytes).digest('hex')}`,
      ...headers,
    })
    .serialize(each => each as string)
    .send(bytes);
const gitlab = (bytes: Buffer | string, headers: Record<string, string> = {}) =>
  supertest(slipway.url)
    .post('/v1/deployments/hooks/gitlab')
    .set({
      'content-type': 'application/json',
      'x-gitlab-event': 'Deployment Hook',
      'x-gitlab-token': TOKEN,
      ...headers,
    })
    .serialize(each => each as string)
    .send(bytes);

/** GitHub's own example, of another run. */
const status = (externalId: number, state: string, minute: number, other: object = {}): string => {
  const body = fixtureJson('github/deployment_status.success');
  const deployment = { ...body['deployment'], id: externalId, environment: 'production', ...other };
  return JSON.stringify({
    ...body,
    deployment,
    deployment_status: { ...body['deployment_status'], state, created_at: `2026-03-02T10:${minute}:00Z` },
  });
};
const told = async (bytes: Buffer | string, headers: Record<string, string> = {}): Promise<Accepted> => {
  const { body } = await github(bytes, headers).expect(202);
  await slipway.caughtUp();
  return body as Accepted;
};
const run = async (id: string): Promise<Found> =>
  (await rita.get(`/v1/pipelines/runs/${id}`).expect(200)).body as Found;
const runs = async (query: string): Promise<readonly Found[]> =>
  ((await rita.get(`/v1/pipelines/runs?${query}`).expect(200)).body as Items).items;
const deploymentOf = async (runId: string): Promise<string> => String((await run(runId))['deploymentId']);
const types = async (id: string) => (await slipway.events(`deployment-${id}`)).map(({ type }) => type);

const OBSERVED = [
  'DeploymentRequested',
  'DeploymentStarted',
  'TrafficTaken',
  'DeploymentFinished',
  'DeploymentSucceeded',
];

describe('messages of GitHub', () => {
  it('become an observed deployment of the release that has the commit', async () => {
    const created = await told(fixture('github/deployment.created'), { 'x-github-event': 'deployment' });
    expect(created.outcome).toBe('stored');
    const { runId } = await told(fixture('github/deployment_status.success'));
    expect(runId).toBe(created.runId);
    expect(await run(runId)).toMatchObject({
      state: 'matched',
      externalId: '145988746',
      serviceId: SERVICE,
      environmentId: PRODUCTION,
      releaseId: releases[1]?.id,
      messages: [
        { status: 'queued' },
        { status: 'succeeded', payload: fixture('github/deployment_status.success').toString() },
      ],
    });
    const { body } = await rita.get(`/v1/deployments/${await deploymentOf(runId)}`).expect(200);
    const [codertocat] = await slipway.host.running[0]!.service.pseudonyms(['github:Codertocat']);
    expect(body).toMatchObject({
      state: 'Succeeded',
      kind: 'planned',
      wave: 2,
      production: true,
      digests: [digest('2')],
      artifactVersion: '2.2.0',
      deployer: codertocat,
      releaseId: releases[1]?.id,
      changeId: releases[1]?.changeId,
      requestedAt: '2019-05-15T15:20:53.000Z',
      tookTraffic: { at: '2019-05-15T15:20:55.000Z' },
      verification: { outcome: 'not-known' },
    });
    expect(await types(await deploymentOf(runId))).toEqual(OBSERVED);
    const running = await rita.get('/v1/environments/production-eu/running').expect(200);
    expect(running.body).toMatchObject({
      services: [{ deploymentId: await deploymentOf(runId), digests: [digest('2')] }],
    });
    expect(running.body).not.toHaveProperty('services.0.inProgress');
  });

  it('that name another environment are of another run, whatever the number says', async () => {
    const { runId } = await told(fixture('github/deployment_status.in_progress'));
    expect(await runs('state=unmatched')).toMatchObject([
      { id: runId, missing: 'environment', environmentAlias: 'github-pages', externalId: '145988746', messages: 1 },
    ]);
    await rita
      .post(`/v1/pipelines/runs/${runId}/bind`, { service: 'checkout', environment: 'staging', reason: 'Its pages' })
      .expect(200);
    await slipway.caughtUp();
  });

  it('are one fact when they are delivered twice', async () => {
    const headers = { 'x-github-delivery': 'the-same' };
    const both = await Promise.all([
      told(status(1, 'in_progress', 10), headers),
      told(status(1, 'in_progress', 10), headers),
    ]);
    expect(both[0]).toEqual(both[1]);
    await told(status(1, 'in_progress', 10), headers);
    expect(await slipway.events(`pipelineRun-${both[0].runId}`)).toHaveLength(2);
  });

  it('may come in the wrong order', async () => {
    const { runId } = await told(status(2, 'success', 30));
    for (const [state, minute] of [
      ['pending', 10],
      ['in_progress', 20],
      ['inactive', 40],
    ] as const)
      await told(status(2, state, minute));
    expect(await types(await deploymentOf(runId))).toEqual(OBSERVED);
    expect(await runs('state=matched&q=hello')).toContainEqual(
      expect.objectContaining({ id: runId, status: 'inactive', messages: 4 }),
    );
  });

  it('tell of a failure', async () => {
    await told(status(3, 'in_progress', 10));
    const { runId } = await told(status(3, 'failure', 20));
    const { body } = await rita.get(`/v1/deployments/${await deploymentOf(runId)}`).expect(200);
    expect(body).toMatchObject({ state: 'Failed', reason: 'github reported the run as failed' });
    expect(body).not.toHaveProperty('tookTraffic');
  });

  it('of a run without an artifact become a deployment of nothing that is known', async () => {
    const { runId } = await told(status(4, 'in_progress', 10, { sha: 'e'.repeat(40) }));
    const { body } = await rita.get(`/v1/deployments/${await deploymentOf(runId)}`).expect(200);
    expect(body).toMatchObject({ digests: [], state: 'Running' });
    expect(body).not.toHaveProperty('releaseId');
  });
});

describe('an observed deployment', () => {
  const detected = async (id: string) =>
    ((await slipway.events(`deployment-${id}`)) as readonly DeploymentEvent[]).filter(
      ({ type }) => type === 'UnauthorizedChangeDetected',
    );

  it('in production that is denied is an unauthorized change', async () => {
    const { runId } = await told(status(10, 'success', 10));
    const id = await deploymentOf(runId);
    await decide(slipway, id, 'deny');
    await decide(slipway, id, 'deny');
    expect(await detected(id)).toMatchObject([{ data: { rules: ['change-authorized'], pipelineRunId: runId } }]);
    expect((await rita.get(`/v1/deployments/${id}`).expect(200)).body).toMatchObject({
      state: 'Succeeded',
      unauthorized: { rules: ['change-authorized'] },
    });
    expect(((await rita.get('/v1/deployments?unauthorized=true').expect(200)).body as Items).items).toMatchObject([
      { id, unauthorized: true },
    ]);
  });

  it('that is allowed, or runs outside of production, is none', async () => {
    const allowed = await deploymentOf((await told(status(11, 'success', 10))).runId);
    await decide(slipway, allowed, 'allow');
    const staging = await deploymentOf(
      (
        await told(
          status(12, 'success', 10, { environment: 'staging' }).replace(
            '"environment":"production"',
            '"environment":"staging"',
          ),
        )
      ).runId,
    );
    await decide(slipway, staging, 'deny');
    expect([...(await detected(allowed)), ...(await detected(staging))]).toEqual([]);
    expect((await rita.get(`/v1/deployments/${allowed}`).expect(200)).body).toMatchObject({
      state: 'Succeeded',
      decision: { verdict: 'allow' },
    });
  });

  it('is reported by its tool alone, but can be rolled back', async () => {
    const bot = await slipway.as('deploy-bot', 'deployer');
    await told(status(20, 'success', 10));
    const id = await deploymentOf((await told(status(21, 'success', 10))).runId);
    expect((await bot.post(`/v1/deployments/${id}/took-traffic`).expect(409)).body).toMatchObject({
      code: 'observed-only',
    });
    expect((await bot.post(`/v1/deployments/${id}/roll-back`, { reason: 'Errors' }).expect(201)).body).toMatchObject({
      undoes: id,
      kind: 'rollback',
    });
  });
});

describe('a run that matches nothing', () => {
  const lost = (id: number): string =>
    status(id, 'success', 10).replaceAll('Codertocat/Hello-World', 'Codertocat/Elsewhere');

  it('is listed, and bound by hand with a reason', async () => {
    const { runId } = await told(lost(30));
    expect(await runs('state=unmatched')).toMatchObject([
      { id: runId, missing: 'service', repository: 'https://github.com/Codertocat/Elsewhere' },
    ]);
    const reason = 'Rita knows it is the old name of checkout';
    await rita
      .post(`/v1/pipelines/runs/${runId}/bind`, { service: 'nobody', environment: 'staging', reason })
      .expect(422);
    const bound = await rita
      .post(`/v1/pipelines/runs/${runId}/bind`, { service: 'checkout', environment: 'staging', reason })
      .expect(200);
    expect(bound.body).toMatchObject({ state: 'matched', environmentId: STAGING, bound: { reason } });
    await slipway.caughtUp();
    expect(await runs('state=unmatched')).toEqual([]);
    expect(await types(await deploymentOf(runId))).toEqual(OBSERVED);
    const again = await rita
      .post(`/v1/pipelines/runs/${runId}/bind`, { service: 'checkout', environment: 'staging', reason })
      .expect(409);
    expect(again.body).toMatchObject({ code: 'already-matched' });
    const viewer = await slipway.as('viewer@example.org', 'viewer');
    await viewer
      .post(`/v1/pipelines/runs/${runId}/bind`, { service: 'checkout', environment: 'staging', reason })
      .expect(403);
  });

  it('is matched by its next message when what was missing is there by then', async () => {
    const elsewhere = (state: string, minute: number): string =>
      status(31, state, minute).replaceAll('Codertocat/Hello-World', 'Codertocat/New');
    const { runId } = await told(elsewhere('in_progress', 10));
    expect(await run(runId)).toMatchObject({ state: 'unmatched', missing: 'service' });
    const registered = (await slipway.events(`service-${SERVICE}`))[0]?.data as object;
    await slipway.append('service', SERVICE, {
      type: 'ServiceUpdated',
      data: { ...registered, repositories: ['Codertocat/Hello-World', 'codertocat/new'] },
    });
    await told(elsewhere('success', 20));
    expect(await run(runId)).toMatchObject({ state: 'matched', serviceId: SERVICE });
    expect(await types(await deploymentOf(runId))).toEqual(OBSERVED);
  });
});

describe('messages of GitLab', () => {
  it('are read in their own dialect, once each', async () => {
    const body = fixture('gitlab/deployment')
      .toString()
      .replaceAll('root/test-deployment-webhooks', 'codertocat/hello-world');
    const first = (await gitlab(body).expect(202)).body as Accepted;
    expect((await gitlab(body).expect(202)).body).toEqual(first);
    await slipway.caughtUp();
    expect(await run(first.runId)).toMatchObject({
      tool: 'gitlab',
      state: 'matched',
      environmentId: STAGING,
      messages: [{ status: 'succeeded', occurredAt: '2021-04-28T19:50:00.000Z' }],
    });
  });

  it('come with their token', async () => {
    expect(
      (await gitlab(fixture('gitlab/deployment'), { 'x-gitlab-token': 'another' }).expect(401)).body,
    ).toMatchObject({ code: 'unauthenticated' });
    expect((await gitlab(fixture('gitlab/pipeline')).expect(202)).body).toEqual({ outcome: 'unused' });
  });
});

describe('what is not a message', () => {
  const position = async () => slipway.host.running[0]!.service.store.settledHead(5_000);

  it.each([
    ['no signature', {}, 'x-hub-signature-256'],
    [
      'the signature of another body',
      { 'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update('{}').digest('hex')}` },
      '',
    ],
    [
      'a signature by another secret',
      {
        'x-hub-signature-256': `sha256=${createHmac('sha256', 'x')
          .update(status(40, 'success', 10))
          .digest('hex')}`,
      },
      '',
    ],
    ['SHA-1', { 'x-hub-signature-256': `sha1=${'0'.repeat(40)}` }, ''],
  ])('is refused with %s, and leaves nothing behind', async (_, headers, without) => {
    const before = await position();
    const sent = github(status(40, 'success', 10), headers);
    if (without) void sent.unset(without);
    expect((await sent.expect(401)).body).toMatchObject({ code: 'unauthenticated' });
    expect(await position()).toBe(before);
  });

  it('of a kind that is not used is accepted, and leaves nothing behind', async () => {
    const before = await position();
    expect(await told(fixture('github/release.published'), { 'x-github-event': 'release' })).toEqual({
      outcome: 'unused',
    });
    expect(await position()).toBe(before);
  });

  it.each([
    ['malformed-json', '{"deployment":', '{"deployment":'],
    ['invalid-utf-8', Buffer.from([0x7b, 0xff, 0x7d]), 'base64:e/99'],
    ['invalid-text', '{"a":"\\u0000"}', '{"a":"\\u0000"}'],
    ['invalid-text', '{"a":"\\ud800"}', '{"a":"\\ud800"}'],
    ['too-deep', '['.repeat(50_000), '['.repeat(50_000)],
    ['not-a-deployment-status', '{}', '{}'],
    ['malformed-json', '', undefined],
    ['not-a-deployment-status', status(41, 'success', 10).replace('"id":41', '"id":9007199254740993.5'), undefined],
    ['no-such-instant', status(42, 'success', 10).replace('2026-03-02T', '2026-02-30T'), undefined],
  ])('comes from the tool but cannot be read: kept for a person as %s', async (problem, bytes, payload) => {
    const accepted = await told(bytes);
    expect(accepted.outcome).toBe('unreadable');
    const kept = await run(accepted.runId);
    expect(kept).toMatchObject({ state: 'unreadable', problem, messages: [{ payload: payload ?? String(bytes) }] });
    expect((await runs('state=unreadable')).map(({ id }) => id)).toContain(accepted.runId);
    expect(
      (
        await rita
          .post(`/v1/pipelines/runs/${accepted.runId}/bind`, {
            service: 'checkout',
            environment: 'staging',
            reason: 'x',
          })
          .expect(409)
      ).body,
    ).toMatchObject({
      code: 'unreadable',
    });
  });

  it('is too large', async () => {
    await github(JSON.stringify({ a: 'x'.repeat(300_000) })).expect(413);
  });
});

it('leaves no account and no address in the log', async () => {
  const url = new URL(process.env['DATABASE_URL'] ?? '');
  url.pathname = new URL(slipway.databaseUrl('deployment-execution')).pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const { rows } = await client.query<{ all: number; found: number }>(
    `SELECT count(*)::int AS all, count(*) FILTER (
       WHERE regexp_replace(data::text, $1, '', 'g') ~* '(github|gitlab):|"codertocat"|user1|admin@example|rita'
     )::int AS found FROM store.events`,
    // Ciphertext holds any four letters by chance.
    ['"sealed:[^"]*"'],
  );
  await client.end();
  expect(rows).toEqual([{ all: expect.any(Number) as number, found: 0 }]);
  expect(rows[0]?.all).toBeGreaterThan(50);
});
