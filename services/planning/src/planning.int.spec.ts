import type { Message } from '@slipway/event-sourcing';
import { artifact } from './domain/example.ts';
import * as example from './planning.example.ts';
import { artifactOf as body, authorize, inUtc, type Stage, stage, targets, window } from './planning.example.ts';

let { slipway, rita, viewer }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita, viewer } = await stage());
});
afterAll(() => slipway.stop());

const drafted = (title?: string) => example.drafted(rita, title, { description: 'Ann wants it' });
const planned = (title?: string) => example.planned(rita, title);
const typesOf = (events: readonly Message[]) => events.map(({ type }) => type);
const read = async (id: string) => (await viewer.get(`/v1/releases/${id}`).expect(200)).body;

test('a release is drafted, put together and scheduled; its texts open again, its people stay pseudonyms', async () => {
  const { id, number } = await drafted();
  expect(number).toMatch(/^REL-\d+$/);
  await rita.post(`/v1/releases/${number}/attach-artifact`, body('checkout')).expect(200);
  const item = { key: 'SHOP-311', kind: 'feature', title: 'Pay by invoice' };
  const externalRef = { system: 'jira', key: 'ACME-7' };
  await rita.post(`/v1/releases/${id}/add-scope-item`, { ...item, externalRef }).expect(200);
  const plan = { steps: 'Ann switches back', backoutMinutes: 15, triggers: ['errors above 2 %'] };
  await rita.post(`/v1/releases/${id}/register-rollback-plan`, plan).expect(200);
  const answer = await rita.post(`/v1/releases/${id}/schedule`, { window, targets }).expect(200);
  expect(answer.headers['etag']).toBe('"5"');
  expect(await read(id)).toMatchObject({
    id,
    number,
    version: 5,
    title: 'Checkout 2.4',
    state: 'Planned',
    held: false,
    changeModel: 'normal',
    description: 'Ann wants it',
    artifacts: [
      {
        serviceId: 'service-1',
        commits: [{ committedAt: '2026-02-27T15:04:05.000Z' }],
        pullRequests: [{ key: '311', firstCommitAt: '2026-02-26T09:30:00.000Z', mergedAt: '2026-02-27T15:04:05.000Z' }],
      },
    ],
    scope: [{ ...item, externalRef }],
    rollbackPlan: { ...plan, digest: expect.stringMatching(/^sha256:/) },
    window: inUtc,
    targets: [
      { serviceId: 'service-1', environmentId: 'environment-1', wave: 1 },
      { serviceId: 'service-1', environmentId: 'environment-2', wave: 2 },
    ],
  });
  const stored = JSON.stringify(await slipway.events(`release-${id}`));
  expect(stored).not.toMatch(/Ann|rita|build-bot|example\.org/i);
  expect(stored).toMatch(/"author":"person-/);
});

test('what the catalog does not have is refused with 422, what is malformed with 400', async () => {
  const { id } = await drafted();
  const refused = await rita.post(`/v1/releases/${id}/attach-artifact`, body('basket')).expect(422);
  expect(refused.body).toMatchObject({ code: 'unknown-service', detail: expect.stringContaining('basket') });
  const nowhere = [{ service: 'checkout', environment: 'moon' }];
  const lost = await rita.post(`/v1/releases/${id}/schedule`, { window, targets: nowhere }).expect(422);
  expect(lost.body).toMatchObject({ code: 'unknown-environment' });
  const bad = { ...body('checkout'), purl: 'npm/checkout', digest: 'sha256:short', extra: 1 };
  const malformed = await rita.post(`/v1/releases/${id}/attach-artifact`, bad).expect(400);
  const pointers = (malformed.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
  expect(pointers).toEqual(expect.arrayContaining(['/purl', '/digest', '/extra']));
  await rita.post(`/v1/releases/${id}/resume`, { nothing: 'here' }).expect(400);
  await rita.post(`/v1/releases/${id}/reschedule`, {}).expect(400);
  await rita.post('/v1/releases/REL-999999/resume').expect(404);
  await rita.post(`/v1/releases/${crypto.randomUUID()}/resume`).expect(404);
  await viewer.post('/v1/releases', { title: 'Mine', class: 'minor' }).expect(403);
  expect(await slipway.events(`release-${id}`)).toHaveLength(1);
});

test('rejections are 409 with their code; a stale version is 412; a retry gives the first answer', async () => {
  const { id } = await planned();
  const other = await rita.post(`/v1/releases/${id}/attach-artifact`, body('checkout', 'c')).expect(409);
  expect(other.body).toMatchObject({ code: 'artifact-already-attached' });
  const go = await rita.post(`/v1/releases/${id}/go`).expect(409);
  expect(go.body).toMatchObject({ code: 'not-authorized' });
  await rita.post(`/v1/releases/${id}/hold`, { reason: 'too early' }).set('If-Match', '"1"').expect(412);
  const hold = () =>
    rita.post(`/v1/releases/${id}/hold`, { reason: 'Ann is away' }).set('Idempotency-Key', 'k1').expect(200);
  const first = await hold();
  const again = await hold();
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.body).toEqual(first.body);
  expect(first.body).toMatchObject({ held: true, reason: 'Ann is away' });
  const { body: resumed } = await rita.post(`/v1/releases/${id}/resume`).expect(200);
  expect(resumed).toMatchObject({ held: false });
  expect(resumed).not.toHaveProperty('reason');
});

const authorized = async () => {
  const release = await planned();
  return { ...release, changeId: await authorize(slipway, release) };
};
const deployed = (releaseId: string, production = true) => ({
  type: 'DeploymentRequested',
  data: {
    kind: 'planned',
    target: { serviceId: 'service-1', environmentId: production ? 'environment-2' : 'environment-1', wave: 1 },
    production,
    digests: [artifact('checkout').digest],
    deployer: 'person-00000000-0000-4000-8000-000000000009',
    releaseId,
  },
});

test('its change authorizes it; other content takes that away', async () => {
  const { id, contentDigest, changeId } = await authorized();
  expect(await read(id)).toMatchObject({
    state: 'Authorized',
    changes: [{ changeId, standing: 'authorized', contentDigest }],
  });
  const later = { start: '2026-03-04T20:00:00Z', end: '2026-03-04T22:00:00Z' };
  const { body: moved } = await rita.post(`/v1/releases/${id}/reschedule`, { window: later }).expect(200);
  expect(moved).toMatchObject({ state: 'Authorized', contentDigest });
  const { body: changed } = await rita.post(`/v1/releases/${id}/detach-artifact`, { service: 'checkout' }).expect(200);
  expect(changed).toMatchObject({ state: 'Planned' });
  expect(typesOf(await slipway.events(`release-${id}`)).slice(-2)).toEqual([
    'ArtifactDetached',
    'ReleaseAuthorizationLost',
  ]);
  await rita.post(`/v1/releases/${id}/attach-artifact`, body('checkout')).expect(200);
  expect(await read(id)).toMatchObject({ state: 'Planned', contentDigest });
});

test('goes from go to a live release by production deployments alone, and back by a rollback', async () => {
  const { id } = await authorized();
  expect((await rita.post(`/v1/releases/${id}/go`).expect(200)).body).toMatchObject({ state: 'Ready' });
  const [tested, live] = [crypto.randomUUID(), crypto.randomUUID()];
  await slipway.append('deployment', tested, deployed(id, false), { type: 'DeploymentStarted', data: {} });
  await slipway.caughtUp();
  expect(await read(id)).toMatchObject({ state: 'Ready' });
  await slipway.append('deployment', live, deployed(id), { type: 'DeploymentStarted', data: {} });
  await slipway.caughtUp();
  expect(await read(id)).toMatchObject({ state: 'Deploying' });
  const frozen = await rita.post(`/v1/releases/${id}/detach-artifact`, { service: 'checkout' }).expect(409);
  expect(frozen.body).toMatchObject({ code: 'content-frozen' });
  const late = await rita.post(`/v1/releases/${id}/cancel`, { reason: 'no' }).expect(409);
  expect(late.body).toMatchObject({ code: 'already-started' });
  await slipway.append('deployment', live, { type: 'DeploymentSucceeded', data: {} });
  await slipway.caughtUp();
  expect(await read(id)).toMatchObject({
    state: 'EarlyLifeSupport',
    deployments: [{ deploymentId: live, outcome: 'succeeded', tookTraffic: true }],
  });
  const undone = { rollbackDeploymentId: crypto.randomUUID(), cause: 'fault' };
  await slipway.append('deployment', live, { type: 'DeploymentRolledBack', data: undone });
  await slipway.caughtUp();
  expect(await read(id)).toMatchObject({ state: 'Review' });
  const { body: closed } = await rita.post(`/v1/releases/${id}/close`).expect(200);
  expect(closed).toMatchObject({ state: 'Closed', outcome: 'rolled-back' });
});

test('a deployment whose kind is corrected moves the release as if it had been of that kind from the start', async () => {
  const { id } = await authorized();
  await rita.post(`/v1/releases/${id}/go`).expect(200);
  const correcting = (before: string, kind: string) => ({
    type: 'DeploymentKindCorrected',
    data: { before, kind, reason: 'sealed:v1:x' },
  });
  const deployment = crypto.randomUUID();
  const { type, data } = deployed(id);
  const went = [
    { type: 'DeploymentStarted', data: {} },
    { type: 'DeploymentSucceeded', data: {} },
  ];
  await slipway.append('deployment', deployment, { type, data: { ...data, kind: 'redeploy' } }, ...went);
  await slipway.caughtUp();
  expect(await read(id)).toMatchObject({ state: 'Ready', deployments: [] });
  await slipway.append('deployment', deployment, correcting('redeploy', 'planned'));
  await slipway.caughtUp();
  expect(await read(id)).toMatchObject({ state: 'EarlyLifeSupport', deployments: [{ deploymentId: deployment }] });
  await slipway.append('deployment', deployment, correcting('planned', 'activation'));
  await slipway.caughtUp();
  expect(await read(id)).toMatchObject({ state: 'Ready', deployments: [] });
  await rita.post(`/v1/releases/${id}/cancel`, { reason: 'It never went.' }).expect(200);
});

test('what was undone is planned anew, and goes out under another change', async () => {
  const release = await authorized();
  const { id } = release;
  const shipped = async (...after: readonly { type: string; data: object }[]) => {
    const deployment = crypto.randomUUID();
    await slipway.append('deployment', deployment, deployed(id), { type: 'DeploymentStarted', data: {} }, ...after);
    await slipway.caughtUp();
  };
  await rita.post(`/v1/releases/${id}/go`).expect(200);
  const undone = { rollbackDeploymentId: crypto.randomUUID(), cause: 'fault' };
  const failed = { type: 'DeploymentFailed', data: { reason: 'sealed:v1:x' } };
  await shipped({ type: 'TrafficTaken', data: {} }, failed, { type: 'DeploymentRolledBack', data: undone });
  const review = { outcomes: [{ target: deployed(id).data.target, outcome: 'rolled-back' }] };
  await slipway.append('change', release.changeId, { type: 'ChangeReviewStarted', data: review });
  await slipway.caughtUp();
  expect(await read(id)).toMatchObject({ state: 'Review' });
  const early = await rita.post(`/v1/releases/${id}/end-early-life-support`).expect(200);
  expect(early.body).toMatchObject({ state: 'Review' });
  const reopened = await rita.post(`/v1/releases/${id}/reopen-planning`, { reason: 'Ann found it' }).expect(200);
  expect(reopened.body).toMatchObject({ state: 'Planned', reason: 'Ann found it' });
  expect(JSON.stringify(await slipway.events(`release-${id}`))).not.toContain('Ann found');
  await rita.post(`/v1/releases/${id}/detach-artifact`, { service: 'checkout' }).expect(200);
  const { body: mended } = await rita.post(`/v1/releases/${id}/attach-artifact`, body('checkout', 'd')).expect(200);
  await authorize(slipway, mended);
  expect((await rita.post(`/v1/releases/${id}/go`).expect(200)).body).toMatchObject({ state: 'Ready' });
  await shipped({ type: 'DeploymentSucceeded', data: {} });
  expect(await read(id)).toMatchObject({ state: 'EarlyLifeSupport' });
  const live = await rita.post(`/v1/releases/${id}/reopen-planning`, { reason: 'no' }).expect(409);
  expect(live.body.code).toBe('not-in-review');
  await rita.post(`/v1/releases/${id}/end-early-life-support`).expect(200);
  const again = await rita.post(`/v1/releases/${id}/reopen-planning`, { reason: 'no' }).expect(409);
  expect(again.body.code).toBe('still-live');
  expect((await rita.post(`/v1/releases/${id}/close`).expect(200)).body).toMatchObject({ outcome: 'full' });
});

test('a service account gives no go', async () => {
  const { id } = await authorized();
  const robot = await slipway.as('robot', 'integration');
  const hold = await robot.post(`/v1/releases/${id}/hold`, { reason: 'who am I' }).expect(200);
  const [last] = (await slipway.events(`release-${id}`)).slice(-1);
  const { actor = '' } = (last?.data ?? {}) as { actor?: string };
  await robot.post(`/v1/releases/${id}/resume`).expect(200);
  const registered = { kind: 'service-account', alsoKnownAs: [] };
  await slipway.append('person', actor.slice('person-'.length), { type: 'PersonRegistered', data: registered });
  const refused = await robot.post(`/v1/releases/${id}/go`).expect(409);
  expect(refused.body).toMatchObject({ code: 'go-needs-a-person' });
  expect(hold.body).toMatchObject({ held: true });
});

test('the list finds by word, state, reference, service, environment and window, page by page', async () => {
  const words = `Autumn ${crypto.randomUUID()}`;
  const first = await planned(`${words} 100%`);
  const second = await drafted(`${words} 100 x`);
  const item = { key: 'SHOP-9', kind: 'fix', title: 'Rounding', externalRef: { system: 'jira', key: `J-${first.id}` } };
  await rita.post(`/v1/releases/${first.id}/add-scope-item`, item).expect(200);
  const third = await rita.post('/v1/releases', { title: `${words} third`, class: 'major' }).expect(201);
  const afterEvent = third.headers['slipway-event'] as string;
  const ids = async (query: Record<string, string>) => {
    const { body: page } = await viewer
      .get('/v1/releases')
      .query({ afterEvent, ...query })
      .expect(200);
    return (page.items as { id: string }[]).map(({ id }) => id);
  };
  expect(await ids({ q: words })).toEqual([third.body.id, second.id, first.id]);
  expect(await ids({ q: `${words} THI` })).toEqual([third.body.id]);
  expect(await ids({ q: `${words} hird` })).toEqual([]);
  expect(await ids({ q: second.number })).toContain(second.id);
  expect(await ids({ q: words, state: 'Draft' })).toEqual([third.body.id, second.id]);
  expect(await ids({ q: words, held: 'false', state: 'Planned' })).toEqual([first.id]);
  expect(await ids({ ref: `J-${first.id}` })).toEqual([first.id]);
  expect(await ids({ q: words, ref: 'SHOP-9' })).toEqual([first.id]);
  expect(await ids({ q: words, service: 'checkout' })).toEqual([first.id]);
  expect(await ids({ q: words, environment: 'environment-2' })).toEqual([first.id]);
  expect(await ids({ q: words, from: inUtc.end })).toEqual([]);
  expect(await ids({ q: words, from: '2026-03-03T20:59:00Z', to: '2026-03-04T00:00:00Z' })).toEqual([first.id]);
  await viewer.get('/v1/releases').query({ state: 'Flying' }).expect(400);
  await viewer.get('/v1/releases').query({ service: 'basket' }).expect(422);
  const page = await viewer.get('/v1/releases').query({ q: words, pageSize: '2' }).expect(200);
  const rest = await viewer.get('/v1/releases').query({ q: words, pageSize: '2', pageToken: page.body.nextPageToken });
  expect([...page.body.items, ...rest.body.items].map(({ id }: { id: string }) => id)).toEqual([
    third.body.id,
    second.id,
    first.id,
  ]);
  expect(Number(page.headers['slipway-position'])).toBeGreaterThan(0);
  expect(page.body.items[1]).toMatchObject({ number: second.number, state: 'Draft', held: false });
});
