import { drafted, inUtc, planned, type Stage, stage, window } from '../planning.example.ts';

let { slipway, rita, viewer }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita, viewer } = await stage());
});
afterAll(() => slipway.stop());

const items = [
  { key: 'SHOP-1', kind: 'feature', title: 'Pay by invoice' },
  { key: 'SHOP-2', kind: 'tech-debt', title: 'Old till' },
];
const earlier = async () => {
  const release = await planned(rita);
  const ask = (what: string, body: object) => rita.post(`/v1/releases/${release.id}/${what}`, body).expect(200);
  await ask('change-scope', { items });
  await ask('register-rollback-plan', { steps: 'Ann switches back', backoutMinutes: 15, triggers: ['errors'] });
  await ask('plan-phase', { name: 'Build', entryCriteria: ['Agreed'], exitCriteria: ['Done'] });
  await ask('meet-criterion', { phase: 'Build', gate: 'entry', criterion: 'Agreed' });
  await ask('declare-success-criteria', { criteria: [{ id: 'calm', title: 'Calm', howJudged: 'Ann asks support' }] });
  await ask('name-manager', { manager: 'mia@example.org' });
  return (await ask('state-raci', { responsible: ['mia@example.org'] })).body;
};

test('the next release begins as the earlier one was planned, without what it shipped and who approved it', async () => {
  const before = await earlier();
  const { body } = await rita
    .post(`/v1/releases/${before.number}/copy`, { title: 'Checkout 2.5', scopeKinds: ['tech-debt'] })
    .expect(201);
  expect(body).toMatchObject({
    title: 'Checkout 2.5',
    class: 'minor',
    changeModel: 'normal',
    state: 'Draft',
    copiedFrom: before.id,
    proposedTargets: before.targets,
    scope: [items[1]],
    artifacts: [],
    changes: [],
    rollbackPlan: before.rollbackPlan,
    phases: [{ name: 'Build', entry: { criteria: [{ name: 'Agreed' }] }, exit: { criteria: [{ name: 'Done' }] } }],
    successCriteria: [{ id: 'calm', title: 'Calm', howJudged: 'Ann asks support' }],
    manager: before.manager,
    raci: before.raci,
  });
  expect(body.phases[0].entry.criteria).toEqual([{ name: 'Agreed' }]);
  expect(JSON.stringify(await slipway.events(`release-${body.id}`))).not.toMatch(/Ann (switches|asks)/);
  const { body: scheduled } = await rita.post(`/v1/releases/${body.id}/schedule`, { window }).expect(200);
  expect(scheduled).toMatchObject({ state: 'Planned', targets: before.targets, window: inUtc });
  expect(scheduled).not.toHaveProperty('proposedTargets');
});

test('a copy is made once for one key, and of a release that is there', async () => {
  const before = await drafted(rita);
  const copy = () =>
    rita.post(`/v1/releases/${before.id}/copy`, { title: 'Again' }).set('Idempotency-Key', 'copy').expect(201);
  const first = await copy();
  expect((await copy()).body).toEqual(first.body);
  expect(first.body).toMatchObject({ proposedTargets: [], scope: [] });
  const untold = await rita.post(`/v1/releases/${first.body.id}/schedule`, { window }).expect(409);
  expect(untold.body.code).toBe('no-targets');
  await rita.post('/v1/releases/REL-999999/copy', { title: 'Of nothing' }).expect(404);
  await rita.post(`/v1/releases/${crypto.randomUUID()}/copy`, { title: 'Of nothing' }).expect(404);
  await rita.post(`/v1/releases/${before.id}/copy`, { title: 'T', scopeKinds: ['chore'] }).expect(400);
  await viewer.post(`/v1/releases/${before.id}/copy`, { title: 'Mine' }).expect(403);
});

test('notes are drafted from what is in it, as JSON and as Markdown', async () => {
  const { id, number } = await earlier();
  await rita.post(`/v1/releases/${id}/trade-off-scope`, { keys: ['SHOP-1'], reason: 'no time' }).expect(200);
  const { body } = await viewer.get(`/v1/releases/${number}/notes`).expect(200);
  expect(body).toMatchObject({
    title: 'Checkout 2.4',
    number,
    sections: [{ kind: 'tech-debt', heading: 'Technical debt', items: [{ key: 'SHOP-2' }] }],
    services: [{ service: 'checkout', version: '2.4.0', commits: [{ sha: 'b'.repeat(40) }] }],
    tradedOff: [{ key: 'SHOP-1', title: 'Pay by invoice' }],
  });
  const asked = await viewer.get(`/v1/releases/${id}/notes?format=markdown`).expect(200);
  expect(asked.headers['content-type']).toBe('text/markdown; charset=utf-8');
  expect(asked.text).toContain(`# Checkout 2.4 (${number})`);
  const accepted = await viewer.get(`/v1/releases/${id}/notes`).set('Accept', 'text/markdown').expect(200);
  expect(accepted.text).toBe(asked.text);
  await viewer.get(`/v1/releases/${id}/notes?format=pdf`).expect(400);
  await viewer.get('/v1/releases/REL-999999/notes').expect(404);
});

test('notes name the known errors of what ships, while they can be lived with and are not resolved', async () => {
  const { id } = await earlier();
  const problem = crypto.randomUUID();
  const told = (type: string, data: object = {}) => ({ type, data });
  const opened = { owner: 'person-00000000-0000-4000-8000-000000000001', incidentIds: [] };
  const errors = async () => {
    await slipway.caughtUp();
    return (await viewer.get(`/v1/releases/${id}/notes`).expect(200)).body.knownErrors as object[];
  };
  await slipway.append(
    'problem',
    crypto.randomUUID(),
    told('ProblemOpened', { ...opened, title: 'Baskets', serviceIds: ['service-2'] }),
    told('WorkaroundRecorded', { workaround: 'sealed:v1:x' }),
    told('KnownErrorDeclared', { rootCause: 'sealed:v1:x' }),
  );
  await slipway.append(
    'problem',
    problem,
    told('ProblemOpened', { ...opened, title: 'Night', serviceIds: ['service-1', 'service-2'] }),
    told('KnownErrorDeclared', { rootCause: 'sealed:v1:x' }),
  );
  expect(await errors()).toEqual([]);
  await slipway.append('problem', problem, told('WorkaroundRecorded', { workaround: 'sealed:v1:x' }));
  // What was appended here has no number, and is named by its id.
  expect(await errors()).toEqual([{ number: problem, title: 'Night', services: ['checkout'] }]);
  const { text } = await viewer.get(`/v1/releases/${id}/notes?format=markdown`).expect(200);
  expect(text).toContain('Night (checkout); it has a workaround');
  await slipway.append('problem', problem, told('ProblemResolved'));
  expect(await errors()).toEqual([]);
});
