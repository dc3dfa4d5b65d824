import { type Client, testService, type TestService } from '@slipway/service/testing';
import { idOfService, serviceRegistered } from './catalog.example.ts';
import { incidentCorrelation } from './module.ts';

let slipway: TestService;
let ines: Client;

beforeAll(async () => {
  slipway = await testService(incidentCorrelation);
  ines = await slipway.as('ines@example.org', 'incident-responder');
  await slipway.append('service', idOfService('checkout'), serviceRegistered('checkout'));
  for (const id of ['c-1', 'c-2', 'c-3', 'c-4', 'c-5']) await slipway.append('change', id, raised(id));
});
afterAll(() => slipway.stop());

const raised = (title: string) => ({
  type: 'ChangeRaised',
  data: {
    title,
    model: 'normal',
    requester: 'person-00000000-0000-7000-8000-00000000000d',
    releaseIds: [],
    serviceIds: [idOfService('checkout')],
    content: { scope: [], artifacts: [], targets: [] },
    contentDigest: `sha256:${'a'.repeat(64)}`,
    window: { start: '2026-11-10T08:00:00Z', end: '2026-11-10T10:00:00Z' },
    commitAuthors: [],
    builders: [],
  },
});
const incident = async (more: object = {}) =>
  (
    await ines
      .post('/v1/incidents', { title: 'Checkout fails', severity: 'high', services: ['checkout'], ...more })
      .expect(201)
  ).body;
const at = (path: string) => ({
  read: async () => (await ines.get(path).expect(200)).body,
  act: async (action: string, body: object = {}) => (await ines.post(`${path}/${action}`, body).expect(200)).body,
  refused: (action: string, body: object, code: string, status = 409) =>
    ines.post(`${path}/${action}`, body).expect(status, new RegExp(code)),
});
const listed = async (path: string) => (await ines.get(path).expect(200)).body.items;

describe('a problem', () => {
  test('becomes a known error with a workaround, and is resolved by a change', async () => {
    const { id: incidentId, number: incidentNumber } = await incident();
    const stated = {
      title: 'Connections run out',
      description: 'Ann Example saw it first',
      services: ['checkout'],
      incidents: [incidentNumber],
    };
    const { body } = await ines.post('/v1/problems', stated).expect(201);
    expect(body).toMatchObject({
      number: expect.stringMatching(/^PRB-\d+$/),
      state: 'Open',
      owner: expect.stringMatching(/^person-/),
      incidentIds: [incidentId],
      description: 'Ann Example saw it first',
    });
    const problem = at(`/v1/problems/${body.number}`);
    await problem.act('record-workaround', { workaround: 'Restart it, says Ann Example' });
    const known = await problem.act('declare-known-error', { rootCause: 'The pool leaks' });
    expect(known).toMatchObject({
      state: 'KnownError',
      workaround: 'Restart it, says Ann Example',
      rootCause: 'The pool leaks',
    });
    expect(JSON.stringify(await slipway.events(`problem-${body.id}`))).not.toContain('Ann Example');
    const { id: another } = await incident();
    await problem.act('link-incident', { incident: another });
    await problem.act('unlink-incident', { incident: incidentId, reason: 'another fault' });
    await problem.act('link-change', { change: 'c-1' });
    await problem.refused('unlink-change', { change: 'c-2' }, 'change-not-linked');
    await problem.refused('unlink-incident', { incident: incidentId }, 'incident-not-linked');
    await problem.refused('link-change', { change: 'CHG-9' }, 'unknown-change', 422);
    await problem.refused('close', {}, 'problem-not-resolved');
    expect(await problem.act('resolve', { change: 'c-2', note: 'pool of its own' })).toMatchObject({
      state: 'Resolved',
      resolvedBy: 'c-2',
      changeIds: ['c-1', 'c-2'],
      incidentIds: [another],
    });
    expect(await problem.act('reopen', { reason: 'again' })).toMatchObject({ state: 'KnownError' });
    await problem.act('resolve');
    expect(await problem.act('close')).toMatchObject({ state: 'Closed' });
    await problem.refused('reopen', { reason: 'x' }, 'problem-closed');
  });

  test('is listed by state, service, incident, change, label, reference and words', async () => {
    const { id: incidentId } = await incident();
    const { body } = await ines.post('/v1/problems', { title: 'Listed', incidents: [incidentId] }).expect(201);
    await ines
      .patch(`/v1/problems/${body.id}`, { labels: ['pool'], externalRefs: [{ system: 'jira', key: 'OPS-7' }] })
      .expect(200);
    await slipway.caughtUp();
    for (const query of [`incident=${incidentId}`, 'label=pool', 'ref=OPS-7', `q=${body.number}`, 'state=open'])
      expect(await listed(`/v1/problems?${query}`)).toMatchObject([{ id: body.id, hasWorkaround: false }]);
    expect(await listed('/v1/problems?change=c-2&team=shop&service=checkout')).toMatchObject([{ state: 'Closed' }]);
    expect(await listed('/v1/problems?state=KnownError')).toEqual([]);
    const viewer = await slipway.as('vera@example.org', 'viewer');
    await viewer.post(`/v1/problems/${body.id}/close`).expect(403);
  });
});

describe('a review', () => {
  const HOUR = 3_600_000;

  test('is due within 72 hours of a major incident that was resolved', async () => {
    const { id } = await incident({ title: 'Carts are lost', major: true });
    const { resolvedAt } = (await ines.post(`/v1/incidents/${id}/resolve`).expect(200)).body;
    await slipway.caughtUp();
    const [row, ...others] = await listed(`/v1/reviews?incident=${id}`);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      number: expect.stringMatching(/^PIR-\d+$/),
      title: 'Review of: Carts are lost',
      state: 'Due',
      occasion: 'major-incident',
      overdue: false,
    });
    expect(Date.parse(row.dueAt) - Date.parse(resolvedAt)).toBe(72 * HOUR);
    await ines.post('/v1/reviews', { title: 'The same', incident: id }).expect(409, /already-scheduled/);
  });

  const closed = (change: string) =>
    slipway.append('change', change, {
      type: 'ChangeClosed',
      data: { closeCode: 'unsuccessful', unauthorized: false },
    });
  const confirm = (id: string, change: string) =>
    ines.post(`/v1/incidents/${id}/confirm-cause`, { kind: 'change', change }).expect(200);
  const resolve = (id: string) => ines.post(`/v1/incidents/${id}/resolve`).expect(200);
  /** The occasions of the one review that an incident has, the first first. */
  const occasionsOf = async (id: string): Promise<readonly object[]> => {
    await slipway.caughtUp();
    const rows = await listed(`/v1/reviews?incident=${id}`);
    expect(rows).toHaveLength(1);
    const { occasion, changeId, occasions } = await at(`/v1/reviews/${rows[0].id}`).read();
    return [{ occasion, ...(changeId && { changeId }) }, ...occasions];
  };
  const major = { occasion: 'major-incident' };
  const causedBy = (changeId: string) => ({ occasion: 'change-caused-incident', changeId });

  test('is due for a change that was closed as unsuccessful, once', async () => {
    await closed('c-1');
    await slipway.caughtUp();
    const row = { occasion: 'unsuccessful-change', title: 'Review of: c-1' };
    expect(await listed('/v1/reviews?change=c-1')).toMatchObject([row]);
    await ines.post('/v1/reviews', { title: 'The same', change: 'c-1' }).expect(409, /already-scheduled/);
  });

  test('of an incident that a change caused hears of all that calls for it, in whatever order', async () => {
    const { id: causedFirst } = await incident({ major: true });
    await confirm(causedFirst, 'c-2');
    await confirm(causedFirst, 'c-3');
    await resolve(causedFirst);
    expect(await occasionsOf(causedFirst)).toMatchObject([causedBy('c-2'), causedBy('c-3'), major]);
    await closed('c-3');
    const unsuccessful = { occasion: 'unsuccessful-change', changeId: 'c-3' };
    expect(await occasionsOf(causedFirst)).toMatchObject([causedBy('c-2'), causedBy('c-3'), major, unsuccessful]);
    expect(await listed('/v1/reviews?change=c-3')).toHaveLength(1);
    await ines.post('/v1/reviews', { title: 'The same', incident: causedFirst }).expect(409, /already-scheduled/);
    const { id: resolvedFirst } = await incident({ major: true });
    await resolve(resolvedFirst);
    await confirm(resolvedFirst, 'c-4');
    await confirm(resolvedFirst, 'c-4');
    expect(await occasionsOf(resolvedFirst)).toMatchObject([major, causedBy('c-4')]);
  });

  test('of an incident is one, too, when everything calls for it at the same moment', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(async () => (await incident({ major: true })).id as string));
    const asked = (incidentId: string) => ines.post('/v1/reviews', { title: 'Asked for', incident: incidentId });
    const answers = await Promise.all(ids.map(id => Promise.all([asked(id), confirm(id, 'c-5'), resolve(id)])));
    expect(answers.filter(([{ status }]) => status !== 201 && status !== 409)).toEqual([]);
    await closed('c-5');
    for (const id of ids) {
      const occasions = (await occasionsOf(id)).map(each => (each as { occasion: string }).occasion);
      expect(occasions).toEqual(expect.arrayContaining(['major-incident', 'change-caused-incident']));
      expect(new Set(occasions).size).toBe(occasions.length);
    }
  });

  test('hears support, is held, and is completed once every action is done or dropped', async () => {
    const { body } = await ines.post('/v1/reviews', { title: 'Black Friday' }).expect(201);
    const review = at(`/v1/reviews/${body.number}`);
    await review.act('give-feedback', { text: 'Ann Example had 40 calls' });
    await review.act('record-finding', { kind: 'went-badly', text: 'nobody looked' });
    await review.refused('add-action', { title: 'Too early' }, 'review-not-held');
    const held = await review.act('hold', { attendees: ['ann@example.org', 'bob@example.org'], summary: 'blameless' });
    expect(held).toMatchObject({
      state: 'Held',
      attendees: [/^person-/, /^person-/].map(each => expect.stringMatching(each)),
    });
    const past = '2026-11-01T00:00:00Z';
    await review.act('add-action', { title: 'An alert on the pool', owner: 'ann@example.org', dueAt: past });
    const { actions, state } = await review.act('add-action', { title: 'A runbook' });
    expect([state, actions.map((each: { overdue: boolean }) => each.overdue)]).toEqual(['ActionsOpen', [true, false]]);
    await slipway.caughtUp();
    expect(await listed('/v1/reviews?state=ActionsOpen')).toMatchObject([{ openActions: 2 }]);
    await review.refused('complete', {}, 'actions-open');
    await review.act('change-action', { task: actions[1].taskId, dueAt: '2027-01-01T00:00:00Z' });
    await review.act('complete-action', { task: actions[0].taskId });
    await review.act('drop-action', { task: actions[1].taskId, reason: 'there is one' });
    expect(await review.act('complete')).toMatchObject({
      state: 'Completed',
      feedback: [{ text: 'Ann Example had 40 calls' }],
      findings: [{ kind: 'went-badly', text: 'nobody looked' }],
      actions: [
        { state: 'done', overdue: false },
        { state: 'dropped', note: 'there is one' },
      ],
    });
    expect(JSON.stringify(await slipway.events(`review-${body.id}`))).not.toContain('Ann Example');
    await review.refused('add-action', { title: 'Too late' }, 'review-completed');
  });

  test('that was not held in time is overdue', async () => {
    const late = { title: 'Late', dueAt: '2026-11-01T00:00:00Z', owner: 'otto@example.org' };
    const { body } = await ines.post('/v1/reviews', late).expect(201);
    expect(body).toMatchObject({ state: 'Due', overdue: true });
    await slipway.caughtUp();
    expect(await listed('/v1/reviews?overdue=true')).toMatchObject([{ id: body.id, overdue: true }]);
    expect(await listed('/v1/reviews?owner=otto@example.org')).toMatchObject([{ id: body.id }]);
    expect((await listed('/v1/reviews?overdue=false')).length).toBeGreaterThan(2);
    await at(`/v1/reviews/${body.id}`).act('hold');
    await slipway.caughtUp();
    expect(await listed('/v1/reviews?overdue=true')).toEqual([]);
  });

  test('the support desk may say what it met, and nothing else', async () => {
    const { body } = await ines.post('/v1/reviews', { title: 'Heard' }).expect(201);
    const sam = await slipway.as('sam@example.org', 'deployer');
    await sam.post(`/v1/reviews/${body.id}/give-feedback`, { text: 'forty calls' }).expect(200);
    await sam.post(`/v1/reviews/${body.id}/hold`).expect(403, /incidents:write/);
  });
});
