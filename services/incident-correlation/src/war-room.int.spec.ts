import { type Client, testService, type TestService } from '@slipway/service/testing';
import request from 'supertest';
import { environmentRegistered, idOfEnvironment, idOfService, serviceRegistered } from './catalog.example.ts';
import { incidentCorrelation } from './module.ts';
import { escalateWhenNotAcknowledged } from './processes/escalate-when-not-acknowledged.ts';

const TOKEN = 'alertmanager-token';
// Of a low incident nobody is given a moment; of others more than a test takes.
const clock = escalateWhenNotAcknowledged({ critical: 600, high: 600, medium: 600, low: 0 });
const definition = {
  ...incidentCorrelation,
  processes: [...incidentCorrelation.processes.filter(each => (each as { name: string }).name !== clock.name), clock],
};

let slipway: TestService;
let ines: Client;

beforeAll(async () => {
  process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = TOKEN;
  slipway = await testService(definition);
  ines = await slipway.as('ines@example.org', 'incident-responder');
  for (const [name, ownerTeam] of [
    ['checkout', 'shop'],
    ['payment', 'money'],
  ] as const)
    await slipway.append('service', idOfService(name), serviceRegistered(name, { ownerTeam }));
  await slipway.append('environment', idOfEnvironment('production'), environmentRegistered('production'));
});
afterAll(() => slipway.stop());

const open = async (more: object = {}) =>
  (
    await ines
      .post('/v1/incidents', { title: 'Checkout fails', severity: 'high', services: ['checkout'], ...more })
      .expect(201)
  ).body;
const read = async (id: string) => (await ines.get(`/v1/incidents/${id}`).expect(200)).body;
const act = async (id: string, action: string, body: object = {}) =>
  (await ines.post(`/v1/incidents/${id}/${action}`, body).expect(200)).body;
const refused = (id: string, action: string, body: object, code: string, status = 409) =>
  ines.post(`/v1/incidents/${id}/${action}`, body).expect(status, new RegExp(code));
const alerts = async (groupKey: string, startsAt: string, ...names: string[]) => {
  const body = {
    groupKey,
    alerts: names.map(name => ({
      status: 'firing',
      fingerprint: name,
      startsAt,
      labels: { alertname: name, service: 'checkout' },
    })),
  };
  await request(slipway.url)
    .post('/v1/incidents/hooks/alertmanager')
    .set('Authorization', `Bearer ${TOKEN}`)
    .send(body)
    .expect(202);
  await slipway.caughtUp();
  // Named after whichever of them came to it first: all begin as their group does.
  return (await ines.get(`/v1/incidents?q=${groupKey}`).expect(200)).body.items[0];
};

describe('how severe it is', () => {
  test('is judged with a reason, and so is a major one', async () => {
    const { id, classifiedAt, awareAt, detectedAt } = await open();
    expect([classifiedAt, awareAt]).toEqual([detectedAt, detectedAt]);
    expect(await act(id, 'classify', { severity: 'critical', reason: 'Ann says all carts' })).toMatchObject({
      severity: 'critical',
    });
    expect(await act(id, 'declare-major', { reason: 'all of Europe' })).toMatchObject({ major: true });
    expect((await slipway.events(`incident-${id}`)).filter(event => JSON.stringify(event).includes('Ann'))).toEqual([]);
    await slipway.caughtUp();
    const major = (await ines.get('/v1/incidents?major=true&severity=critical').expect(200)).body.items;
    expect(major.map((each: { id: string }) => each.id)).toEqual([id]);
    expect(await act(id, 'lift-major', { reason: 'one shop only' })).toMatchObject({ major: false });
    expect(await act(id, 'correct-awareness', { awareAt: '2026-11-01T00:00:00Z', reason: 'mail' })).toMatchObject({
      awareAt: '2026-11-01T00:00:00.000Z',
    });
    await refused(id, 'declare-major', {}, 'invalid-fields', 400);
  });
});

describe('the impact of a reopened incident', () => {
  test('has several intervals, each of which may be corrected', async () => {
    const { id } = await open({ impactStartedAt: '2026-11-20T10:00:00Z' });
    await act(id, 'mitigate');
    await act(id, 'reopen', { reason: 'again' });
    const { impact } = await act(id, 'resolve');
    expect(impact).toHaveLength(2);
    const correct = {
      interval: 1,
      startedAt: '2026-11-20T09:00:00Z',
      endedAt: '2026-11-20T09:30:00Z',
      reason: 'graph',
    };
    const corrected = await act(id, 'correct-impact-interval', correct);
    expect(corrected).toMatchObject({
      impactStartedAt: '2026-11-20T09:00:00.000Z',
      impact: [{ startedAt: '2026-11-20T09:00:00.000Z', endedAt: '2026-11-20T09:30:00.000Z' }, impact[1]],
    });
    await refused(id, 'correct-impact-interval', { ...correct, interval: 3 }, 'no-such-interval');
  });
});

describe('the war room', () => {
  test('has roles that persons take, and tasks in their order', async () => {
    const { id } = await open();
    const ann = { role: 'coordinator', person: 'ann@example.org' };
    await act(id, 'assign-role', ann);
    const { roles } = await act(id, 'assign-role', { role: 'coordinator', person: 'bob@example.org' });
    expect(roles).toEqual([{ role: 'coordinator', person: expect.stringMatching(/^person-/) }]);
    await refused(id, 'end-role', ann, 'role-not-held');
    await act(id, 'add-task', { title: 'Tell support', order: 2 });
    const { tasks } = await act(id, 'add-task', { title: 'Look at the pool', order: 1, owner: 'ann@example.org' });
    expect(tasks.map((each: { title: string }) => each.title)).toEqual(['Look at the pool', 'Tell support']);
    const [first, second] = tasks.map((each: { taskId: string }) => each.taskId);
    await act(id, 'complete-task', { task: first, note: 'Ann saw it' });
    await act(id, 'drop-task', { task: second, reason: 'they know' });
    expect((await read(id)).tasks).toMatchObject([
      { state: 'done', note: 'Ann saw it', owner: expect.stringMatching(/^person-/) },
      { state: 'dropped', note: 'they know' },
    ]);
    await refused(id, 'change-task', { task: first, order: 9 }, 'task-done');
    await refused(id, 'complete-task', { task: 'nothing' }, 'no-such-task');
    await refused(id, 'add-task', { title: 'x', owner: 'nobody' }, 'invalid-fields', 400);
  });

  test('is called when nobody acknowledges in time: role after role, once each', async () => {
    const { id } = await open({ severity: 'low' });
    await slipway.caughtUp();
    const late = await read(id);
    expect(late).toMatchObject({ state: 'Detected', acknowledgementOverdue: true });
    expect(late.escalations.map((each: { role: string }) => each.role)).toEqual([
      'on-call',
      'coordinator',
      'service-owner',
      'management',
    ]);
    const types = (await slipway.events(`incident-${id}`)).map(({ type }) => type);
    expect(types.filter(type => type === 'AcknowledgementOverdue')).toHaveLength(1);
    await refused(id, 'escalate', { reason: 'still' }, 'escalated-to-the-last');
    const { id: other } = await open();
    expect((await act(other, 'escalate', { reason: 'hurry' })).escalations).toMatchObject([
      { level: 1, role: 'on-call', reason: 'hurry' },
    ]);
  });
});

describe('a confirmed cause', () => {
  test('is taken back with a reason; one that is left becomes the primary one', async () => {
    const { id } = await open();
    await act(id, 'confirm-cause', { kind: 'external', note: 'the supplier' });
    await refused(id, 'confirm-cause', { kind: 'external', primary: false }, 'primary-cause-needed');
    await slipway.append('change', 'c-7', { type: 'ChangeCanceled', data: { reason: 'sealed:v1:x' } });
    const { causes } = await act(id, 'confirm-cause', { kind: 'change', change: 'c-7' });
    expect(causes).toMatchObject([
      { kind: 'external', primary: false },
      { kind: 'change', changeId: 'c-7', primary: true },
    ]);
    const left = await act(id, 'withdraw-cause', { kind: 'change', change: 'c-7', reason: 'it was not' });
    expect(left.causes).toMatchObject([{ kind: 'external', primary: true, note: 'the supplier' }]);
    await refused(id, 'withdraw-cause', { kind: 'unknown', reason: 'x' }, 'cause-not-confirmed');
  });
});

describe('two that are one', () => {
  test('merged: the other one goes on with alerts, causes and impact, and the number still says where it went', async () => {
    const storm = await alerts('storm', '2026-11-20T10:00:00Z', 'StormOne', 'StormTwo');
    await act(storm.id, 'confirm-cause', { kind: 'external' });
    const kept = await open({ title: 'Kept', services: ['payment'] });
    expect(await act(storm.number, 'merge', { into: kept.number, reason: 'the same' })).toMatchObject({
      state: 'Canceled',
      mergedInto: kept.id,
      canceled: { cause: 'duplicate', duplicateOf: kept.id },
      alerts: [],
    });
    await slipway.caughtUp();
    expect(await read(storm.number)).toMatchObject({ mergedInto: kept.id });
    const after = await read(kept.id);
    expect(after).toMatchObject({
      absorbed: [storm.id],
      impactStartedAt: '2026-11-20T10:00:00.000Z',
      serviceIds: [idOfService('payment'), idOfService('checkout')],
      alerts: [{ status: 'firing' }, { status: 'firing' }],
      causes: [{ kind: 'external', primary: true }],
    });
    expect(after.timeline.find((line: { event: string }) => line.event === 'ImpactStartCorrected').text).toContain(
      'merged into this one',
    );
    await refused(kept.id, 'merge', { into: storm.id }, 'merge-loop');
    await refused(kept.id, 'merge', { into: kept.number }, 'merged-into-itself');
    await refused(kept.id, 'merge', { into: 'INC-999' }, 'unknown-incident', 422);
    const other = await open();
    await refused(other.id, 'merge', { into: storm.id }, 'merge-target-canceled');
    await refused(other.id, 'cancel', { cause: 'duplicate', duplicateOf: storm.number }, 'duplicate-of-canceled');
    const { items } = (await ines.get(`/v1/incidents?q=${kept.number}`).expect(200)).body;
    expect(items).toMatchObject([{ firingAlerts: 2 }]);
  });

  test('merged at the same moment into each other: one of them goes on', async () => {
    const [one, other] = [await open(), await open()];
    const answers = await Promise.all([
      ines.post(`/v1/incidents/${one.id}/merge`, { into: other.id }),
      ines.post(`/v1/incidents/${other.id}/merge`, { into: one.id }),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(new Set([(await read(one.id)).state, (await read(other.id)).state])).toEqual(
      new Set(['Canceled', 'Detected']),
    );
  });
});

test('one that is two: some alerts become an incident of their own, and their news go there', async () => {
  const storm = await alerts('split', '2026-10-02T10:00:00Z', 'SplitOne', 'SplitTwo');
  const { alerts: both } = await read(storm.id);
  const away = both.find((each: { fingerprint: string }) => each.fingerprint === 'SplitTwo').alertId;
  const split = { alerts: [away], title: 'Of its own', severity: 'medium', reason: 'another fault' };
  const { body } = await ines.post(`/v1/incidents/${storm.number}/split`, split).expect(201);
  expect(body).toMatchObject({ number: expect.stringMatching(/^INC-/), fromIncidentId: storm.id, severity: 'medium' });
  await slipway.caughtUp();
  expect(await read(body.id)).toMatchObject({ alerts: [{ alertId: away, fingerprint: 'SplitTwo' }] });
  expect(await read(storm.id)).toMatchObject({ splitInto: [body.id], alerts: [{ fingerprint: 'SplitOne' }] });
  await ines.post(`/v1/incidents/${storm.id}/split`, split).expect(409, /no-such-alert/);
});

test('counted by state, narrowed like the list; by the team that owns a service', async () => {
  const { headers, body } = await ines
    .post('/v1/incidents', { title: 'Counted', severity: 'high', services: ['payment'] })
    .expect(201);
  await ines.patch(`/v1/incidents/${body.id}`, { labels: ['counted'] }).expect(200);
  await slipway.caughtUp();
  const counts = async (query: string) =>
    (await ines.get(`/v1/incidents/counts?${query}&afterEvent=${headers['slipway-event']}`).expect(200)).body;
  expect(await counts('label=counted')).toMatchObject({ total: 1, byState: { Detected: 1 } });
  expect(await counts('label=counted&team=money')).toMatchObject({ total: 1 });
  expect(await counts('label=counted&team=shop')).toEqual({ total: 0, byState: {}, bySeverity: {} });
});
