import { type Client, testService, type TestService } from '@slipway/service/testing';
import supertest from 'supertest';
import { catalog, decide, digest, PRODUCTION, release, SERVICE } from './examples.ts';
import { deploymentExecution } from './module.ts';

type Record = Readonly<{ id: string; number: string } & { [field: string]: unknown }>;
type Items = Readonly<{ items: readonly Record[] }>;

const REPOSITORY = 'acme/checkout';
let slipway: TestService;
let bot: Client;
let releases: readonly { id: string; changeId: string }[];

beforeAll(async () => {
  slipway = await testService(deploymentExecution);
  bot = await slipway.as('deploy-bot', 'deployer');
  await catalog(slipway, REPOSITORY);
  releases = [
    await release(slipway, 1, REPOSITORY, 'a'.repeat(40)),
    await release(slipway, 2, REPOSITORY, 'b'.repeat(40)),
  ];
});
afterAll(() => slipway.stop());

const types = async (stream: string) => (await slipway.events(stream)).map(({ type }) => type);
const post = async (path: string, body?: object, status = 200): Promise<Record> =>
  (await bot.post(`/v1/deployments${path}`, body).expect(status)).body as Record;
const read = async (path: string): Promise<Record> => (await bot.get(path).expect(200)).body as Record;
const request = (of: number, other: object = {}) =>
  post('', { service: 'checkout', environment: 'production-eu', release: releases[of]?.id, ...other }, 201);

/** Requested, allowed, started, in traffic, finished. */
const rolledOut = async (of: number): Promise<Record> => {
  const { id } = await request(of);
  await decide(slipway, id, 'allow');
  await post(`/${id}/start`);
  await post(`/${id}/took-traffic`, { percent: 100 });
  return post(`/${id}/finish`);
};

describe('a deployment', () => {
  let first: Record;

  it('is requested with what the release says, and awaits its decision', async () => {
    first = await request(0);
    expect(first).toMatchObject({
      number: expect.stringMatching(/^DEP-\d+$/) as string,
      state: 'Queued',
      kind: 'planned',
      production: true,
      serviceId: SERVICE,
      environmentId: PRODUCTION,
      wave: 2,
      digests: [digest('1')],
      artifactVersion: '2.1.0',
      releaseId: releases[0]?.id,
      changeId: releases[0]?.changeId,
    });
    expect(await post(`/${first.id}/start`, {}, 409)).toMatchObject({ code: 'not-allowed' });
  });

  it('waits when it is denied, and says why', async () => {
    await decide(slipway, first.id, 'deny', { nextOpening: '2030-01-01T00:00:00Z' });
    expect(await read(`/v1/deployments/${first.number}`)).toMatchObject({
      state: 'Waiting',
      decision: {
        verdict: 'deny',
        reasons: ['change-authorized: CHG-1 is in Assess'],
        nextOpening: '2030-01-01T00:00:00Z',
      },
    });
    expect(await post(`/${first.id}/start`, {}, 409)).toMatchObject({
      code: 'not-allowed',
      detail: 'Denied: change-authorized: CHG-1 is in Assess',
    });
  });

  it('asks again, and does not start under an expired allow', async () => {
    expect(await post(`/${first.id}/decision`)).toMatchObject({ state: 'Queued', attempt: 2 });
    await decide(slipway, first.id, 'allow', { validUntil: new Date(Date.now() - 1).toISOString() });
    expect(await post(`/${first.id}/start`, {}, 409)).toMatchObject({ code: 'decision-expired' });
    expect(await post(`/${first.id}/decision`)).toMatchObject({ attempt: 3 });
  });

  it('takes no allow that was given for something else', async () => {
    await decide(slipway, first.id, 'allow', { digests: [digest('9')] });
    expect(await post(`/${first.id}/start`, {}, 409)).toMatchObject({ code: 'not-allowed' });
  });

  it('starts under a valid allow, with the lock of its target, once for the same key', async () => {
    await decide(slipway, first.id, 'allow');
    const key = { 'Idempotency-Key': 'start-1' };
    const started = await bot.post(`/v1/deployments/${first.id}/start`).set(key).expect(200);
    expect(started.body).toMatchObject({ state: 'Running' });
    const again = await bot.post(`/v1/deployments/${first.id}/start`).set(key).expect(200);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', etag: started.headers['etag'] });
    expect(await post(`/${first.id}/start`, {}, 409)).toMatchObject({ code: 'wrong-state' });
  });

  it('keeps another one out', async () => {
    const other = await request(1);
    await decide(slipway, other.id, 'allow');
    expect(await post(`/${other.id}/start`, {}, 409)).toMatchObject({ code: 'target-occupied' });
    expect(await types(`deployment-${other.id}`)).toEqual(['DeploymentRequested', 'DeploymentAllowed']);
    expect(await post(`/${other.id}/cancel`, { reason: 'Ann takes the next one.' })).toMatchObject({
      state: 'Canceled',
      reason: 'Ann takes the next one.',
    });
  });

  it('is one of those that start at the same moment on one target', async () => {
    const rivals = await Promise.all(
      Array.from({ length: 6 }, () =>
        post('', { service: 'checkout', environment: 'staging', digests: [digest('8')] }, 201),
      ),
    );
    for (const { id } of rivals) await decide(slipway, id, 'allow');
    const started = await Promise.all(rivals.map(({ id }) => bot.post(`/v1/deployments/${id}/start`)));
    const winners = rivals.filter((_, index) => started[index]?.status === 200);
    expect(winners).toHaveLength(1);
    const codes = started.filter(({ status }) => status !== 200).map(({ body }) => (body as Record)['code']);
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'target-occupied'));
    for (const { id } of rivals.filter(each => !winners.includes(each)))
      await post(`/${id}/cancel`, { reason: 'Late' });
    expect(await post(`/${winners[0]?.id}/fail`, { reason: 'It was a race' })).toMatchObject({ state: 'Failed' });
  });

  it('goes through its steps', async () => {
    await post(`/${first.id}/steps/migrate/start`);
    expect(await post(`/${first.id}/finish`, {}, 409)).toMatchObject({ code: 'steps-running' });
    await post(`/${first.id}/steps/migrate/fail`, { reason: 'a lock' });
    await post(`/${first.id}/steps/migrate/start`);
    await post(`/${first.id}/steps/migrate/succeed`);
    expect(await post(`/${first.id}/steps/switch/succeed`, {}, 409)).toMatchObject({ code: 'step-not-started' });
    expect(await post(`/${first.id}/took-traffic`, { percent: 10 })).toMatchObject({ tookTraffic: { percent: 10 } });
    expect(await post(`/${first.id}/finish`)).toMatchObject({
      state: 'Verifying',
      steps: [{ step: 'migrate', state: 'succeeded' }],
    });
  });

  it('succeeds, and is what runs there', async () => {
    const verified = await bot
      .post(`/v1/deployments/${first.id}/verify`, { outcome: 'passed', checks: ['smoke'] })
      .expect(200);
    expect(verified.body).toMatchObject({ state: 'Succeeded', verification: { outcome: 'passed', checks: ['smoke'] } });
    expect(await types(`deployment-${first.id}`)).toEqual([
      'DeploymentRequested',
      'DeploymentWaiting',
      'DecisionRequested',
      'DeploymentAllowed',
      'DecisionRequested',
      'DeploymentAllowed',
      'DeploymentStarted',
      'StepStarted',
      'StepFailed',
      'StepStarted',
      'StepSucceeded',
      'TrafficTaken',
      'DeploymentFinished',
      'VerificationPassed',
      'DeploymentSucceeded',
    ]);
    await slipway.caughtUp();
    const running = await bot.get('/v1/environments/production-eu/running').expect(200);
    expect(running.headers['slipway-position']).toMatch(/^\d+$/);
    expect(running.body).toEqual({
      environmentId: PRODUCTION,
      environment: 'production-eu',
      services: [
        {
          service: 'checkout',
          serviceId: SERVICE,
          deploymentId: first.id,
          digests: [digest('1')],
          artifactVersion: '2.1.0',
          since: expect.any(String) as string,
          position: expect.any(Number) as number,
        },
      ],
    });
    await bot.get('/v1/environments/nowhere/running').expect(404);
  });
});

describe('told afterwards', () => {
  const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

  it('says when it happened, in any order, and so does what runs there', async () => {
    const { id } = await request(0);
    await decide(slipway, id, 'allow');
    const told = { start: ago(40), step: ago(35), traffic: ago(30), finish: ago(31), verify: ago(20) };
    await post(`/${id}/start`, { occurredAt: told.start });
    await post(`/${id}/steps/migrate/start`, { occurredAt: told.step });
    await post(`/${id}/steps/migrate/fail`, { occurredAt: told.step, reason: 'a lock' });
    await post(`/${id}/steps/migrate/start`, { occurredAt: told.step });
    await post(`/${id}/steps/migrate/succeed`, { occurredAt: told.step });
    await post(`/${id}/took-traffic`, { occurredAt: told.traffic, percent: 100 });
    await post(`/${id}/finish`, { occurredAt: told.finish });
    expect(await post(`/${id}/verify`, { occurredAt: told.verify, outcome: 'passed' })).toMatchObject({
      state: 'Succeeded',
      startedAt: told.start,
      steps: [{ startedAt: told.step, endedAt: told.step }],
      tookTraffic: { at: told.traffic },
      finishedAt: told.finish,
      verification: { at: told.verify },
      settledAt: told.verify,
    });
    await slipway.caughtUp();
    expect(await read('/v1/environments/production-eu/running')).toMatchObject({
      services: [{ deploymentId: id, since: told.verify }],
    });
  });

  it('of a failure too; by a clock that is ahead of ours, it is now', async () => {
    const { id } = await request(0);
    await decide(slipway, id, 'allow');
    const started = await post(`/${id}/start`, { occurredAt: ago(-0.5) });
    expect(Date.parse(String(started['startedAt']))).toBeLessThanOrEqual(Date.now());
    const failedAt = ago(5);
    expect(await post(`/${id}/fail`, { occurredAt: failedAt, reason: 'No' })).toMatchObject({ settledAt: failedAt });
  });

  it.each([
    [409, 'in-the-future', ago(-2)],
    [409, 'too-long-ago', ago(31 * 24 * 60)],
    [400, 'invalid-fields', 'yesterday'],
  ])('%i %s', async (status, code, occurredAt) => {
    const { id } = await request(0);
    await decide(slipway, id, 'allow');
    expect(await post(`/${id}/start`, { occurredAt }, status)).toMatchObject({ code });
    await post(`/${id}/cancel`, { reason: 'No' });
  });
});

describe('a rollback', () => {
  it('returns to the content live just before, and completes the one it undoes', async () => {
    const bad = await rolledOut(1);
    const failed = await bot
      .post(`/v1/deployments/${bad.id}/verify`, { outcome: 'failed', checks: ['smoke'], reason: 'Errors for Ann' })
      .expect(200);
    expect(failed.body).toMatchObject({
      state: 'Failed',
      verification: { outcome: 'failed', reason: 'Errors for Ann' },
    });
    const key = { 'Idempotency-Key': 'undo-1' };
    const undo = () => bot.post(`/v1/deployments/${bad.id}/roll-back`, { reason: 'Errors' }).set(key).expect(201);
    const rollback = (await undo()).body as Record;
    expect(rollback).toMatchObject({
      kind: 'rollback',
      state: 'Queued',
      undoes: bad.id,
      digests: [digest('1')],
      artifactVersion: '2.1.0',
    });
    expect(await read(`/v1/deployments/${bad.id}`)).toMatchObject({
      state: 'RollingBack',
      rollback: { deploymentId: rollback.id, cause: 'fault' },
    });

    await decide(slipway, rollback.id, 'allow');
    for (const action of ['start', 'took-traffic', 'finish']) await post(`/${rollback.id}/${action}`);
    await post(`/${rollback.id}/verify`, { outcome: 'passed' });
    await slipway.caughtUp();
    expect(await read(`/v1/deployments/${bad.id}`)).toMatchObject({
      state: 'RolledBack',
      rollback: { state: 'succeeded' },
    });
    const { services } = await read('/v1/environments/production-eu/running');
    expect(services).toMatchObject([{ deploymentId: rollback.id, digests: [digest('1')], artifactVersion: '2.1.0' }]);
    // The first answer again, though the target has moved on since.
    expect((await undo()).body).toMatchObject({ id: rollback.id, state: 'Queued' });
    expect(await post(`/${bad.id}/roll-back`, { reason: 'Again' }, 409)).toMatchObject({ code: 'not-live' });
  });

  it('pre-empts the one it undoes while that still runs', async () => {
    const { id } = await request(1);
    await decide(slipway, id, 'allow');
    await post(`/${id}/start`);
    const rollback = await post(`/${id}/roll-back`, { reason: 'Wrong day', cause: 'business' }, 201);
    expect(await read(`/v1/deployments/${id}`)).toMatchObject({ state: 'RollingBack', reason: 'Wrong day' });
    await decide(slipway, rollback.id, 'allow');
    expect(await post(`/${rollback.id}/start`)).toMatchObject({ state: 'Running' });
    await post(`/${rollback.id}/fail`, { reason: 'It did not work' });
    await slipway.caughtUp();
    expect(await read(`/v1/deployments/${id}`)).toMatchObject({ state: 'Failed', rollback: { state: 'failed' } });
    expect(await read('/v1/environments/production-eu/running')).not.toHaveProperty('services.0.inProgress');
  });

  it('that is canceled frees the target of the one that it was to undo', async () => {
    const { id } = await request(1);
    await decide(slipway, id, 'allow');
    await post(`/${id}/start`);
    const rollback = await post(`/${id}/roll-back`, { reason: 'Wrong day' }, 201);
    await post(`/${rollback.id}/cancel`, { reason: 'The other way' });
    await slipway.caughtUp();
    expect(await read(`/v1/deployments/${id}`)).toMatchObject({ state: 'Failed', rollback: { state: 'failed' } });
    expect(await read('/v1/environments/production-eu/running')).not.toHaveProperty('services.0.inProgress');
  });

  it('of what never started is refused', async () => {
    const { id } = await request(1);
    expect(await post(`/${id}/roll-back`, { reason: 'No' }, 409)).toMatchObject({ code: 'not-live' });
    await post(`/${id}/cancel`, { reason: 'No' });
  });

  it('of the first deployment on a target has nothing to return to', async () => {
    const { id } = await post('', { service: 'checkout', environment: 'staging', digests: [digest('7')] }, 201);
    await decide(slipway, id, 'allow');
    await post(`/${id}/start`);
    expect(await post(`/${id}/roll-back`, { reason: 'No' }, 409)).toMatchObject({ code: 'nothing-to-return-to' });
  });
});

describe('a wrong kind', () => {
  let rita: Client;
  beforeAll(async () => {
    rita = await slipway.as('rita@example.org', 'release-manager');
  });
  const correct = (id: string, body: object) =>
    rita.post(`/v1/deployments/${id}/correct-kind`, { reason: 'Rita was told so', ...body });
  const done = async (environment: string): Promise<Record> => {
    const { id } = await post('', { service: 'search', environment, digests: [digest('6')] }, 201);
    await decide(slipway, id, 'allow');
    for (const action of ['start', 'took-traffic', 'finish']) await post(`/${id}/${action}`);
    return post(`/${id}/verify`, { outcome: 'passed' });
  };

  beforeAll(() =>
    slipway.append('service', '00000000-0000-8000-8000-0000000000aa', {
      type: 'ServiceRegistered',
      data: {
        name: 'search',
        title: 'Search',
        ownerTeam: 'shop',
        criticality: 'high',
        repositories: [],
        alertLabels: [],
        aliases: [],
        dependencies: [],
      },
    }),
  );

  it('is corrected with a reason, by somebody who may, and the list follows', async () => {
    const { id } = await done('staging');
    await bot.post(`/v1/deployments/${id}/correct-kind`, { kind: 'redeploy', reason: 'No' }).expect(403);
    expect((await correct(id, { kind: 'redeploy' }).expect(200)).body).toMatchObject({
      kind: 'redeploy',
      corrected: { before: 'planned', reason: 'Rita was told so' },
    });
    await slipway.caughtUp();
    const { items } = (await bot.get('/v1/deployments?kind=redeploy&service=search').expect(200)).body as Items;
    expect(items).toMatchObject([{ id, kind: 'redeploy' }]);
  });

  it('of what was a rollback settles the one that it undid', async () => {
    const bad = await done('production-eu');
    const good = await done('production-eu');
    const elsewhere = await done('staging');
    const undoes = bad.number;
    expect((await correct(elsewhere.id, { kind: 'rollback', undoes }).expect(409)).body).toMatchObject({
      code: 'undoes-another-target',
    });
    const corrected = await correct(good.id, { kind: 'rollback', undoes }).expect(200);
    expect(corrected.body).toMatchObject({ kind: 'rollback', undoes: bad.id });
    await slipway.caughtUp();
    expect(await read(`/v1/deployments/${bad.id}`)).toMatchObject({
      state: 'RolledBack',
      rollback: { deploymentId: good.id, state: 'succeeded' },
    });
    expect((await correct(good.id, { kind: 'planned' }).expect(409)).body).toMatchObject({ code: 'is-rollback' });
  });

  it('that was a hotfix is told what it mends, by somebody who may', async () => {
    const { id } = await done('staging');
    const other = await done('staging');
    await correct(id, { kind: 'hotfix' }).expect(200);
    const incident = crypto.randomUUID();
    await slipway.append('incident', incident, { type: 'IncidentDetected', data: { title: 'Search is slow' } });
    const path = `/v1/deployments/${id}`;
    await bot.post(`${path}/confirm-remediation`, { incident }).expect(403);
    expect((await rita.post(`${path}/confirm-remediation`, { incident }).expect(200)).body).toMatchObject({
      remediations: [{ record: 'incident', recordId: incident, verdict: 'confirmed' }],
    });
    const rejected = { deployment: other.number, reason: 'Rita looked' };
    expect((await rita.post(`${path}/reject-remediation`, rejected).expect(200)).body).toMatchObject({
      remediations: [{ recordId: incident }, { recordId: other.id, verdict: 'rejected', reason: 'Rita looked' }],
    });
    const refused = async (body: object, status: number): Promise<unknown> =>
      ((await rita.post(`${path}/confirm-remediation`, body).expect(status)).body as { code: string }).code;
    expect(await refused({ incident: crypto.randomUUID() }, 422)).toBe('unknown-incident');
    expect(await refused({ deployment: crypto.randomUUID() }, 422)).toBe('unknown-deployment');
    expect(await refused({ deployment: id }, 422)).toBe('mends-itself');
    expect(await refused({ incident, deployment: other.id }, 400)).toBe('invalid-fields');
    expect(await refused({}, 400)).toBe('invalid-fields');
  });
});

describe('what cannot be', () => {
  it.each([
    [422, 'unknown-service', { service: 'nobody', environment: 'staging', digests: [digest('7')] }],
    [422, 'unknown-environment', { service: 'checkout', environment: 'nowhere', digests: [digest('7')] }],
    [422, 'unknown-release', { service: 'checkout', environment: 'staging', release: 'REL-999' }],
    [
      422,
      'unknown-change',
      { service: 'checkout', environment: 'staging', digests: [digest('7')], change: digest('7').slice(7, 43) },
    ],
    [409, 'digests-required', { service: 'checkout', environment: 'staging' }],
    [400, 'invalid-fields', { service: 'checkout', environment: 'staging', digests: ['sha256:x'] }],
    [400, 'invalid-fields', { service: 'checkout', environment: 'staging', kind: 'rollback' }],
    [400, 'invalid-fields', { service: 'checkout', environment: 'staging', digests: [digest('7')], other: 1 }],
    [409, 'undoes-nothing', { service: 'checkout', environment: 'staging', digests: [digest('7')], undoes: 'DEP-1' }],
  ])('%i %s', async (status, code, body) => {
    expect(await post('', body, status)).toMatchObject({ code });
  });

  it('may come without a body', async () => {
    const { id } = await request(1);
    const bare = await supertest(slipway.url)
      .post(`/v1/deployments/${id}/start`)
      .set('Authorization', `Bearer ${bot.token}`)
      .expect(409);
    expect(bare.body).toMatchObject({ code: 'not-allowed' });
    await post(`/${id}/cancel`, { reason: 'No' });
  });

  it('is refused to whoever may not', async () => {
    const viewer = await slipway.as('viewer@example.org', 'viewer');
    const refused = await viewer
      .post('/v1/deployments', { service: 'checkout', environment: 'staging', digests: [digest('7')] })
      .expect(403);
    expect(refused.body).toMatchObject({ permission: 'deployments:write' });
    await bot.post('/v1/deployments/DEP-999/start').expect(404);
    await bot.get('/v1/deployments/DEP-999').expect(404);
    await bot.post('/v1/deployments/00000000-0000-8000-8000-0000000000ff/steps/x/start').expect(404);
  });
});

describe('the list', () => {
  const list = async (query: string): Promise<readonly Record[]> =>
    ((await bot.get(`/v1/deployments?${query}`).expect(200)).body as Items).items;

  it('filters', async () => {
    await slipway.caughtUp();
    const all = await list('');
    const instants = all.map(({ requestedAt }) => Date.parse(String(requestedAt)));
    expect(instants).toEqual(instants.toSorted((a, b) => b - a));
    expect(await list('state=RolledBack&service=checkout')).toHaveLength(1);
    const ofFirst = await list(`release=${releases[0]?.id}&kind=planned`);
    expect(ofFirst.map(({ state }) => state)).toEqual([
      'Canceled',
      'Canceled',
      'Canceled',
      'Failed',
      'Succeeded',
      'Succeeded',
    ]);
    expect(new Set(ofFirst.map(({ releaseId }) => releaseId))).toEqual(new Set([releases[0]?.id]));
    expect(await list(`release=${releases[0]?.id}&state=Failed`)).toHaveLength(1);
    await bot.get('/v1/deployments?state=nowhere').expect(400, /invalid-fields/);
    expect(await list(`change=${releases[1]?.changeId}&kind=rollback`)).toHaveLength(3);
    expect((await list('environment=staging&state=Running')).map(({ kind }) => kind)).toEqual(['planned']);
    expect(await list(`environment=${PRODUCTION}&service=checkout&kind=rollback&state=Succeeded`)).toHaveLength(1);
    expect(await list('q=DEP-1')).toMatchObject([{ number: 'DEP-1' }]);
    expect(await list('q=2.1')).toHaveLength(all.filter(({ artifactVersion }) => artifactVersion === '2.1.0').length);
    for (const nothing of [
      'release=REL-999',
      'q=DEP-999',
      'service=nobody',
      'to=2020-01-01T00:00:00Z',
      'unauthorized=true',
    ])
      expect(await list(nothing)).toEqual([]);
  });

  it('is counted by state, with the same filters', async () => {
    const counts = async (query: string) =>
      (await bot.get(`/v1/deployments/counts?${query}`).expect(200)).body as { total: number; byState: object };
    const all = await list('');
    const states = Object.groupBy(all, ({ state }) => String(state));
    const expected = Object.fromEntries(Object.entries(states).map(([state, items]) => [state, items?.length]));
    expect(await counts('')).toMatchObject({ total: all.length, byState: expected });
    expect(await counts('service=checkout&state=RolledBack')).toMatchObject({ total: 1, byState: { RolledBack: 1 } });
    expect(await counts('service=nobody')).toEqual({ total: 0, byState: {}, byKind: {} });
    await bot.get('/v1/deployments/counts?pageSize=1').expect(400);
  });

  it('finds what people labeled and referred to', async () => {
    const [{ id }] = (await list('')) as [Record];
    const said = { labels: ['night'], externalRefs: [{ system: 'jira', key: 'SHOP-7' }] };
    await bot.patch(`/v1/deployments/${id}`, said).expect(200);
    await slipway.caughtUp();
    for (const query of ['label=night', 'ref=SHOP-7'])
      expect(await list(query)).toMatchObject([{ id, labels: ['night'] }]);
    expect(await list('label=day')).toEqual([]);
  });

  it('comes page by page', async () => {
    const all = await list('');
    const seen: Record[] = [];
    for (let token = ''; ;) {
      const { body } = await bot.get(`/v1/deployments?pageSize=3${token}`).expect(200);
      const page = body as Items & { nextPageToken?: string };
      seen.push(...page.items);
      if (!page.nextPageToken) break;
      token = `&pageToken=${page.nextPageToken}`;
    }
    expect(seen).toEqual(all);
    const made = Buffer.from(JSON.stringify(['tomorrow', 'x'])).toString('base64url');
    const refused = await bot.get(`/v1/deployments?pageToken=${made}`).expect(400);
    expect(refused.body.code).toBe('invalid-page-token');
  });
});

describe('the change of a release', () => {
  it('is the same when it was rejected: it is asked for again', async () => {
    const { changeId = '' } = releases[1] ?? {};
    await slipway.append('change', changeId, { type: 'ChangeRejected', data: { slot: 'change-approvers' } });
    expect(await request(1)).toMatchObject({ changeId });
  });

  it('is none when it was canceled', async () => {
    const { changeId = '' } = releases[1] ?? {};
    await slipway.append('change', changeId, { type: 'ChangeCanceled', data: { reason: 'sealed:v1:x' } });
    expect((await request(1)).changeId).toBeUndefined();
  });
});
