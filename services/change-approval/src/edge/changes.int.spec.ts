import 'reflect-metadata';
import type { Client } from '@slipway/service/testing';
import { attached, CHECKOUT, digest, type Fixture, PRODUCTION, startFixture, windowAround } from './fixture.ts';

let fixture: Fixture;
let rita: Client;
let ann: Client;
let bob: Client;
let dana: Client;

beforeAll(async () => {
  fixture = await startFixture();
  rita = await fixture.person('rita', ['release-manager', 'change-approver']);
  ann = await fixture.person('ann', ['change-approver']);
  bob = await fixture.person('bob', ['change-approver']);
  dana = await fixture.person('dana', ['change-approver'], { alsoKnownAs: ['github:dana'] });
});
afterAll(() => fixture.stop());

const approve = (client: Client, { id, contentDigest }: { id: string; contentDigest: string }) =>
  client.post(`/v1/changes/${id}/approve`, { contentDigest });

describe('the change of a release', () => {
  test('is raised by itself, assessed on the catalog, and asks for two approvals', async () => {
    const releaseId = await fixture.release();
    expect(await fixture.changeOf(rita, releaseId)).toMatchObject({
      number: expect.stringMatching(/^CHG-\d+$/),
      title: 'Checkout 2.4',
      model: 'normal',
      state: 'Authorize',
      requester: await fixture.pseudonym('rita@example.org'),
      releaseIds: [releaseId],
      commitAuthors: [await fixture.pseudonym('github:dana')],
      backoutMinutes: 30,
      content: { artifacts: [{ serviceId: CHECKOUT, digest: digest('a') }], targets: [{ environmentId: PRODUCTION }] },
      riskAssessment: { points: 25, level: 'low', modelVersion: 'first/1' },
      slots: [{ slot: 'change-approvers', role: 'change-approver', count: 2, policyVersion: '1' }],
    });
  });

  test('is authorized by two people who had no part in it, each under a role grant', async () => {
    const change = await fixture.changeOf(rita, await fixture.release());
    for (const [client, code] of [
      [rita, 'approver-is-requester'],
      [dana, 'approver-is-commit-author'],
    ] as const)
      expect((await approve(client, change).expect(409)).body.code).toBe(code);
    const { body } = await ann
      .post(`/v1/changes/${change.id}/approve`, {
        contentDigest: change.contentDigest,
        comment: 'Looks fine, says Ann',
      })
      .expect(200);
    expect(body).toMatchObject({
      state: 'Authorize',
      approvals: [{ state: 'Approved', roleGrantId: 'change-approver-ann', comment: 'Looks fine, says Ann' }],
    });
    expect((await approve(ann, change).expect(200)).body.approvals).toHaveLength(1);
    expect((await approve(bob, change).expect(200)).body).toMatchObject({
      state: 'Scheduled',
      authorization: 'approved',
      envelope: { contentDigest: change.contentDigest, riskLevel: 'low', model: 'normal' },
    });
    expect(JSON.stringify(await fixture.slipway.events(`change-${change.id}`))).not.toMatch(/Ann|rita@/);
  });

  test('loses its approvals when an artifact changes, and is not approved unseen', async () => {
    const releaseId = await fixture.release();
    const change = await fixture.changeOf(rita, releaseId);
    await approve(ann, change).expect(200);
    await approve(bob, change).expect(200);
    const author = await fixture.pseudonym('github:dana');
    await fixture.slipway.append(
      'release',
      releaseId,
      { type: 'ArtifactDetached', data: { serviceId: CHECKOUT, digest: digest('a') } },
      attached('b', author),
    );
    const revised = await fixture.changeOf(rita, releaseId);
    expect(revised).toMatchObject({
      id: change.id,
      state: 'Authorize',
      approvals: [
        { state: 'Void', cause: 'left-envelope' },
        { state: 'Void', cause: 'left-envelope' },
      ],
    });
    expect(revised).not.toHaveProperty('envelope');
    expect((await approve(ann, change).expect(409)).body.code).toBe('content-changed');
    await approve(ann, revised).expect(200);
    expect((await approve(bob, revised).expect(200)).body.state).toBe('Scheduled');
  });

  test('moves inside its envelope without asking anybody', async () => {
    const releaseId = await fixture.release({ window: windowAround(60, 240) });
    const change = await fixture.changeOf(rita, releaseId);
    await approve(ann, change).expect(200);
    await approve(bob, change).expect(200);
    const window = windowAround(30, 200);
    await fixture.slipway.append('release', releaseId, {
      type: 'ReleaseRescheduled',
      data: { window, targets: [{ serviceId: CHECKOUT, environmentId: PRODUCTION, wave: 1 }] },
    });
    expect(await fixture.changeOf(rita, releaseId)).toMatchObject({ state: 'Scheduled', window });
  });

  test('ends with it', async () => {
    const releaseId = await fixture.release();
    await fixture.changeOf(rita, releaseId);
    await fixture.slipway.append('release', releaseId, { type: 'ReleaseCanceled', data: { reason: 'sealed:v1:x' } });
    expect(await fixture.changeOf(rita, releaseId)).toMatchObject({
      state: 'Canceled',
      reason: 'The release was canceled.',
    });
  });

  test('is authorized beforehand when it is standard', async () => {
    expect(await fixture.changeOf(rita, await fixture.release({ model: 'standard' }))).toMatchObject({
      state: 'Scheduled',
      authorization: 'pre-authorized',
      approvals: [],
    });
  });
});

describe('a verdict', () => {
  test('is refused to who holds no role grant, and to who is not registered', async () => {
    const change = await fixture.changeOf(rita, await fixture.release());
    const eve = await fixture.slipway.as('eve@example.org', 'change-approver');
    expect((await approve(eve, change).expect(409)).body.code).toBe('approver-unresolved');
    const sam = await fixture.person('sam', ['change-approver'], { services: ['another'] });
    expect((await approve(sam, change).expect(409)).body.code).toBe('role-not-held');
    const bot = await fixture.person('bot', ['change-approver'], { kind: 'service-account' });
    expect((await approve(bot, change).expect(409)).body.code).toBe('approver-is-service-account');
    const viewer = await fixture.slipway.as('vera@example.org', 'viewer');
    expect((await approve(viewer, change).expect(403)).body).toMatchObject({ permission: 'changes:approve' });
  });

  test('counts a revoked grant from the moment it is revoked', async () => {
    const change = await fixture.changeOf(rita, await fixture.release());
    const tom = await fixture.person('tom', ['change-approver']);
    await fixture.slipway.append('roleGrant', 'change-approver-tom', { type: 'RoleRevoked', data: {} });
    expect((await approve(tom, change).expect(409)).body.code).toBe('role-not-held');
  });

  test('of no sends the change back, and approvals are asked for again', async () => {
    const change = await fixture.changeOf(rita, await fixture.release());
    await approve(ann, change).expect(200);
    const rejecting = { contentDigest: change.contentDigest, comment: 'The rollback plan is thin' };
    expect((await bob.post(`/v1/changes/${change.id}/reject`, rejecting).expect(200)).body).toMatchObject({
      state: 'New',
      approvals: [
        { state: 'Void', cause: 'rejected' },
        { state: 'Rejected', comment: 'The rollback plan is thin' },
      ],
    });
    expect((await rita.post(`/v1/changes/${change.id}/request-approvals`).expect(200)).body).toMatchObject({
      state: 'Authorize',
    });
  });
});

describe('by hand', () => {
  const content = () => ({
    window: windowAround(),
    targets: [{ service: 'checkout', environment: 'production' }],
    backoutMinutes: 15,
    rollbackPlan: digest('f'),
    commitAuthors: ['dana@example.org'],
  });
  const raising = (changes: object = {}) => ({
    title: 'Open port 443',
    model: 'emergency',
    content: content(),
    ...changes,
  });

  test('a change without a release has a content of its own', async () => {
    const { body } = await rita.post('/v1/changes', raising({ description: 'For Ann' })).expect(201);
    expect(body).toMatchObject({
      state: 'Authorize',
      description: 'For Ann',
      releaseIds: [],
      serviceIds: [CHECKOUT],
      slots: [{ slot: 'emergency-approver', count: 1 }],
    });
    const revised = { ...content(), backoutMinutes: 20 };
    expect((await rita.post(`/v1/changes/${body.number}/revise`, { content: revised }).expect(200)).body).toMatchObject(
      { backoutMinutes: 20 },
    );
    expect((await approve(ann, body).expect(200)).body.state).toBe('Scheduled');
  });

  test('a second change of a release takes its content', async () => {
    const releaseId = await fixture.release();
    const own = await fixture.changeOf(rita, releaseId);
    const { body } = await rita
      .post('/v1/changes', { title: 'Again', model: 'emergency', release: releaseId })
      .expect(201);
    expect(body).toMatchObject({ releaseIds: [releaseId], contentDigest: own.contentDigest, model: 'emergency' });
    expect((await rita.post(`/v1/changes/${body.id}/revise`, { content: content() }).expect(409)).body.code).toBe(
      'content-comes-from-release',
    );
  });

  test.each([
    ['a release or a content', { content: undefined }, 400, 'invalid-fields'],
    [
      'a known service',
      { content: { ...content(), targets: [{ service: 'nope', environment: 'production' }] } },
      422,
      'unknown-service',
    ],
    [
      'a known environment',
      { content: { ...content(), targets: [{ service: 'checkout', environment: 'moon' }] } },
      422,
      'unknown-environment',
    ],
    ['a release that is there', { content: undefined, release: crypto.randomUUID() }, 422, 'unknown-release'],
    ['a release that has the number', { content: undefined, release: 'REL-999999' }, 422, 'unknown-release'],
    ['targets', { content: { ...content(), targets: [] } }, 409, 'no-targets'],
    [
      'a window that ends after it starts',
      { content: { ...content(), window: windowAround(0, -5) } },
      409,
      'window-empty',
    ],
    ['no other field', { color: 'red' }, 400, 'invalid-fields'],
  ])('needs %s', async (_, changes, status, code) =>
    expect((await rita.post('/v1/changes', raising(changes)).expect(status)).body.code).toBe(code),
  );

  test('needs a scheduled release', async () => {
    const release = crypto.randomUUID();
    const owner = await fixture.pseudonym('rita@example.org');
    const data = { title: 'Draft', class: 'minor', owner, changeModel: 'normal' };
    await fixture.slipway.append('release', release, { type: 'ReleaseDrafted', data });
    const { body } = await rita.post('/v1/changes', raising({ content: undefined, release })).expect(422);
    expect(body.code).toBe('release-not-scheduled');
  });

  test('is held, resumed and canceled', async () => {
    const { body } = await rita.post('/v1/changes', raising()).expect(201);
    expect((await rita.post(`/v1/changes/${body.id}/hold`, { reason: 'Wait' }).expect(200)).body).toMatchObject({
      onHold: true,
      reason: 'Wait',
    });
    expect((await rita.post(`/v1/changes/${body.id}/resume`).expect(200)).body).toMatchObject({ onHold: false });
    expect((await rita.post(`/v1/changes/${body.id}/assess`).expect(409)).body.code).toBe('model-not-assessed');
    expect((await rita.post(`/v1/changes/${body.id}/cancel`, { reason: 'No need' }).expect(200)).body).toMatchObject({
      state: 'Canceled',
    });
    expect((await rita.post(`/v1/changes/${body.id}/review`, { closeCode: 'successful' }).expect(409)).body.code).toBe(
      'change-not-in-review',
    );
    expect((await rita.post(`/v1/changes/${body.id}/close`).expect(409)).body.code).toBe('change-not-in-review');
  });

  test('lists say what they were asked for', async () => {
    const { body, headers } = await rita.post('/v1/changes', raising({ title: 'Rename the widget' })).expect(201);
    const found = async (query: object) =>
      (
        await rita
          .get('/v1/changes')
          .query({ afterEvent: headers['slipway-event'], q: 'the WIDGET', ...query })
          .expect(200)
      ).body.items;
    expect(
      await found({ service: 'checkout', environment: 'production', state: 'Authorize', model: 'emergency' }),
    ).toMatchObject([{ id: body.id, number: body.number, services: [CHECKOUT], environments: [PRODUCTION] }]);
    expect(await found({ from: windowAround().start, to: windowAround().end })).toHaveLength(1);
    expect(await found({ to: '2026-01-01T00:00:00Z' })).toHaveLength(0);
    expect(await found({ state: 'Closed' })).toHaveLength(0);
    expect(await found({ environment: 'staging' })).toHaveLength(0);
    await rita.get('/v1/changes').query({ state: 'Sleeping' }).expect(400);
  });
});
