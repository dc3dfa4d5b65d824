import 'reflect-metadata';
import type { Client } from '@slipway/service/testing';
import { type Fixture, startFixture, windowAround } from './fixture.ts';

let fixture: Fixture;
let rita: Client;
let ann: Client;
let vera: Client;

beforeAll(async () => {
  fixture = await startFixture();
  rita = await fixture.person('rita', ['release-manager']);
  ann = await fixture.person('ann', ['change-approver']);
  vera = await fixture.slipway.as('vera@example.org', 'viewer');
});
afterAll(() => fixture.stop());

const content = () => ({ window: windowAround(), targets: [{ service: 'checkout', environment: 'production' }] });
const raising = (changes: object = {}) => ({
  title: 'Open port 443',
  model: 'emergency',
  content: content(),
  ...changes,
});
type Body = Record<string, unknown> & { id: string; contentDigest: string };
const raised = async (changes: object = {}): Promise<Body> =>
  (await rita.post('/v1/changes', raising(changes)).expect(201)).body;
const on = (id: string) => ({
  does: async (action: string, body: object = {}): Promise<Body> =>
    (await rita.post(`/v1/changes/${id}/${action}`, body).expect(200)).body,
  refuses: async (action: string, body: object, status = 409): Promise<string> =>
    (await rita.post(`/v1/changes/${id}/${action}`, body).expect(status)).body.code,
});

const backOut = { steps: 'Ann closes the port again', minutes: 15 };

describe('plans', () => {
  test('an approval waits for the back-out plan, and is of what was planned', async () => {
    const { id, contentDigest } = await raised();
    const approve = (digest: string) => ann.post(`/v1/changes/${id}/approve`, { contentDigest: digest });
    expect((await approve(contentDigest).expect(409)).body.code).toBe('back-out-plan-missing');
    const planned = await on(id).does('plan', { kind: 'back-out', ...backOut });
    expect(planned).toMatchObject({ backoutMinutes: 15, plans: [{ kind: 'back-out', ...backOut }] });
    expect(planned.contentDigest).not.toBe(contentDigest);
    expect((await approve(contentDigest).expect(409)).body.code).toBe('content-changed');
    expect((await approve(planned.contentDigest).expect(200)).body.state).toBe('Scheduled');
    const tested = await on(id).does('plan', { kind: 'test', steps: 'Ask for a page' });
    expect(tested).toMatchObject({ state: 'Scheduled', contentDigest: planned.contentDigest });
    expect(await on(id).does('plan', { kind: 'implementation', steps: 'Open it', minutes: 5 })).toMatchObject({
      state: 'Authorize',
      approvals: [{ state: 'Void', cause: 'left-envelope' }],
      plans: [{ kind: 'back-out' }, { kind: 'test' }, { kind: 'implementation', minutes: 5 }],
    });
    expect(JSON.stringify(await fixture.slipway.events(`change-${id}`))).not.toContain('Ann closes');
  });

  test('come with the change, and may be kept elsewhere', async () => {
    const { id, plans, backoutMinutes } = await raised({ plans: { backOut, test: { steps: 'Ask for a page' } } });
    expect([plans, backoutMinutes]).toMatchObject([[{ kind: 'test' }, { kind: 'back-out', ...backOut }], 15]);
    const events = await fixture.slipway.events(`change-${id}`);
    await on(id).does('plan', { kind: 'back-out', ...backOut });
    expect(await fixture.slipway.events(`change-${id}`)).toHaveLength(events.length);
    const twice = { ...content(), rollbackPlan: `sha256:${'f'.repeat(64)}` };
    expect(
      (await rita.post('/v1/changes', raising({ plans: { backOut }, content: twice })).expect(400)).body,
    ).toMatchObject({ code: 'invalid-fields', errors: [{ pointer: '/content/rollbackPlan' }] });
  });

  test('of a release are its own', async () => {
    const { id, contentDigest } = await fixture.changeOf(rita, await fixture.release());
    expect(await on(id).refuses('plan', { kind: 'back-out', ...backOut })).toBe('content-comes-from-release');
    const planned = await on(id).does('plan', { kind: 'implementation', steps: 'One region after the other' });
    expect(planned).toMatchObject({ contentDigest, implementationPlan: expect.stringMatching(/^sha256:/) });
    expect(await on(id).refuses('plan', { kind: 'back-out', steps: 'x', minutes: 0 }, 400)).toBe('invalid-fields');
    expect(await on((await raised()).id).refuses('plan', { kind: 'back-out', steps: 'x' })).toBe(
      'back-out-time-missing',
    );
  });
});

test('tasks have an owner, an order and a due time, and end done or dropped', async () => {
  const { id } = await raised();
  const owner = await fixture.pseudonym('ann@example.org');
  await on(id).does('add-task', { title: 'Tell the support desk', owner: 'ann@example.org', description: 'Ask Bob' });
  const added = await on(id).does('add-task', { title: 'Book the room', dueAt: '2026-03-02T10:00:00+01:00' });
  const [first, second] = added['tasks'] as { id: string }[];
  expect(added['tasks']).toMatchObject([
    { title: 'Tell the support desk', state: 'Open', order: 1, owner, description: 'Ask Bob' },
    { title: 'Book the room', state: 'Open', order: 2, dueAt: '2026-03-02T09:00:00.000Z' },
  ]);
  await on(id).does('move-task', { task: first?.id, order: 3 });
  await on(id).does('assign-task', { task: second?.id, owner: 'bob@example.org' });
  await on(id).does('finish-task', { task: second?.id, note: 'Room 7' });
  const dropped = await on(id).does('drop-task', { task: first?.id, reason: 'They know' });
  expect(dropped['tasks']).toMatchObject([
    { title: 'Book the room', state: 'Done', note: 'Room 7', owner: await fixture.pseudonym('bob@example.org') },
    { title: 'Tell the support desk', state: 'Dropped', order: 3, reason: 'They know' },
  ]);
  expect(await on(id).refuses('finish-task', { task: first?.id })).toBe('task-over');
  expect(await on(id).refuses('finish-task', { task: 'nope' })).toBe('no-such-task');
  expect(await on(id).refuses('add-task', { title: '' }, 400)).toBe('invalid-fields');
  await vera.post(`/v1/changes/${id}/add-task`, { title: 'x' }).expect(403);
  expect(JSON.stringify(await fixture.slipway.events(`change-${id}`))).not.toMatch(/Ask Bob|Room 7|They know/);
});

test('incidents that a change caused or mends are linked, by what is there', async () => {
  const { id } = await raised();
  const incident = crypto.randomUUID();
  await fixture.slipway.append('incident', incident, { type: 'IncidentDetected', data: { title: 'Checkout is slow' } });
  expect(await on(id).does('link-record', { incident, relation: 'remediates' })).toMatchObject({
    relatedRecords: [{ record: 'incident', recordId: incident, relation: 'remediates' }],
  });
  expect(await on(id).does('link-record', { incident, relation: 'caused-by' })).toMatchObject({
    relatedRecords: [{ relation: 'caused-by' }],
  });
  expect(await on(id).refuses('link-record', { incident: crypto.randomUUID(), relation: 'related' }, 422)).toBe(
    'unknown-incident',
  );
  expect(await on(id).refuses('link-record', { problem: 'p1', relation: 'related' }, 422)).toBe('unknown-problem');
  expect(await on(id).refuses('link-record', { relation: 'related' }, 400)).toBe('invalid-fields');
  expect(await on(id).refuses('link-record', { incident, problem: 'p1', relation: 'related' }, 400)).toBe(
    'invalid-fields',
  );
  expect(await on(id).does('unlink-record', { incident, reason: 'Another one' })).toMatchObject({ relatedRecords: [] });
  expect(await on(id).refuses('unlink-record', { incident, reason: 'Again' })).toBe('not-linked');
});

test('what is changed may be no service of the catalog', async () => {
  const configurationItems = [
    { kind: 'parameter', name: 'checkout.timeout' },
    { kind: 'firewall-rule', name: 'edge/443' },
    { kind: 'parameter', name: 'checkout.timeout' },
  ];
  const change = await raised({ content: { ...content(), configurationItems } });
  expect(change).toMatchObject({ content: { configurationItems: [configurationItems[1], configurationItems[0]] } });
  expect(change.contentDigest).not.toBe((await raised()).contentDigest);
});

test('resuming may say why', async () => {
  const { id } = await raised();
  await on(id).does('hold', { reason: 'Wait' });
  expect(await on(id).does('resume', { reason: 'Bob is back' })).toMatchObject({ onHold: false });
  const { body } = await rita.get(`/v1/changes/${id}/events`).expect(200);
  expect(body.items.at(-1)).toMatchObject({ type: 'ChangeResumed', facts: { reason: 'Bob is back' } });
});
