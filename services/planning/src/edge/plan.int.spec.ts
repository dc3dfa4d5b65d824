import { drafted, type Shown, type Stage, stage } from '../planning.example.ts';

let { slipway, rita }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita } = await stage());
});
afterAll(() => slipway.stop());

const ask = async ({ id }: Shown, what: string, body: object, status = 200) =>
  (await rita.post(`/v1/releases/${id}/${what}`, body).expect(status)).body;

test('milestones are planned, moved, reached by somebody at some time, or dropped', async () => {
  const release = await drafted(rita);
  const name = 'Code complete';
  await ask(release, 'plan-milestone', { name, dueAt: '2026-02-27T18:00:00+01:00', owner: 'ann@example.org' });
  await ask(release, 'plan-milestone', { name: 'Tested', dueAt: '2026-03-01T17:00:00Z' });
  await ask(release, 'drop-milestone', { name: 'Tested', reason: 'Ann is away' });
  const { milestones, owner } = await ask(release, 'reach-milestone', { name, reachedAt: '2026-02-26T12:00:00Z' });
  expect(milestones).toEqual([
    {
      name,
      dueAt: '2026-02-27T17:00:00.000Z',
      owner: expect.stringMatching(/^person-/),
      reached: { by: owner, at: '2026-02-26T12:00:00.000Z' },
    },
  ]);
  expect((await ask(release, 'reach-milestone', { name: 'Elsewhere' }, 409)).code).toBe('milestone-not-found');
  expect(JSON.stringify(await slipway.events(`release-${release.id}`))).not.toMatch(/Ann|ann@/);
});

test('a phase is left by a person, once its criteria are met; a tool may say that they are', async () => {
  const release = await drafted(rita);
  const robot = await slipway.as('robot', 'integration');
  const at = { phase: 'Build', gate: 'exit' };
  await ask(release, 'plan-phase', { name: 'Build', entryCriteria: [], exitCriteria: ['Development complete'] });
  await ask(release, 'pass-gate', { phase: 'Build', gate: 'entry' });
  const open = await ask(release, 'pass-gate', at, 409);
  expect(open).toMatchObject({ code: 'criteria-open', detail: 'Open: Development complete.' });
  const checked = { ...at, criterion: 'Development complete', note: 'Ann merged the last one' };
  await robot.post(`/v1/releases/${release.id}/meet-criterion`, checked).expect(200);
  const last = (await slipway.events(`release-${release.id}`)).at(-1);
  const { actor = '' } = (last?.data ?? {}) as { actor?: string };
  const registered = { kind: 'service-account', alsoKnownAs: [] };
  await slipway.append('person', actor.slice('person-'.length), { type: 'PersonRegistered', data: registered });
  const refused = await robot.post(`/v1/releases/${release.id}/pass-gate`, at).expect(409);
  expect(refused.body.code).toBe('gate-needs-a-person');
  const reopen = { ...at, criterion: 'Development complete', reason: 'one was left' };
  const reopened = await ask(release, 'reopen-criterion', reopen);
  expect(reopened.phases[0].exit).toEqual({ criteria: [{ name: 'Development complete' }] });
  await ask(release, 'meet-criterion', checked);
  const { phases, owner } = await ask(release, 'pass-gate', at);
  expect(phases).toMatchObject([
    {
      name: 'Build',
      entry: { criteria: [], passed: { by: owner } },
      exit: {
        criteria: [{ name: 'Development complete', met: { by: owner, note: checked.note } }],
        passed: { by: owner },
      },
    },
  ]);
  expect((await ask(release, 'drop-phase', { name: 'Build' }, 409)).code).toBe('gate-passed');
});

test('the manager and who answers for what are people, by pseudonym', async () => {
  const release = await drafted(rita);
  const { manager } = await ask(release, 'name-manager', { manager: 'mia@example.org' });
  const body = { responsible: ['github:ann', 'mia@example.org', 'MIA@example.org'], accountable: 'mia@example.org' };
  const { raci } = await ask(release, 'state-raci', body);
  expect(raci).toEqual({
    responsible: [expect.stringMatching(/^person-/), manager],
    accountable: manager,
    consulted: [],
    informed: [],
  });
  await ask(release, 'state-raci', { responsible: ['nobody in particular'] }, 400);
  await ask(release, 'state-raci', { accountable: 'mia@example.org' }, 400);
});
