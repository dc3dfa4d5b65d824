import { authorize, drafted, planned, type Shown, type Stage, stage } from '../planning.example.ts';

let { slipway, rita }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita } = await stage());
});
afterAll(() => slipway.stop());

const ask = async ({ id }: Pick<Shown, 'id'>, what: string, body: object = {}, status = 200) =>
  (await rita.post(`/v1/releases/${id}/${what}`, body).expect(status)).body;

const few = {
  id: 'few-failures',
  title: 'Fewer than one in ten rollouts fails',
  measurement: { measure: 'change-fail-rate', condition: 'below', limit: 0.1, days: 30 },
} as const;
const pays = { id: 'guests-pay', title: 'Guests pay', howJudged: 'Ann counts the orders of guests.' };
const measured = {
  value: 0.05,
  definition: 'first/2',
  position: 4_711,
  counted: 20,
  from: '2026-03-03T22:00:00+01:00',
  to: '2026-04-02T23:00:00+02:00',
};

/** Declared while planned, rolled out into both regions, and reviewed. */
const reviewed = async (): Promise<Shown> => {
  const release = await planned(rita);
  const declared = await ask(release, 'declare-success-criteria', { criteria: [few, pays] });
  await authorize(slipway, declared as Shown);
  await ask(release, 'go');
  const target = { serviceId: 'service-1', environmentId: 'environment-2', wave: 2 };
  const requested = { releaseId: release.id, target, kind: 'planned', digests: [], production: true };
  await slipway.append(
    'deployment',
    crypto.randomUUID(),
    { type: 'DeploymentRequested', data: { ...requested, deployer: 'person-x' } },
    { type: 'DeploymentStarted', data: {} },
    { type: 'TrafficTaken', data: {} },
    { type: 'DeploymentSucceeded', data: {} },
  );
  await slipway.caughtUp();
  await ask(release, 'end-early-life-support');
  return release;
};

test('a release is closed once each of its success criteria is judged by a person', async () => {
  const release = await reviewed();
  const early = await ask(release, 'close', {}, 409);
  expect(early).toMatchObject({
    code: 'success-criteria-not-judged',
    detail: 'Not judged yet: few-failures, guests-pay.',
  });
  const judge = (body: object, status = 200) =>
    ask(release, 'judge-success-criterion', { note: 'Ann looked', ...body }, status);
  expect((await judge({ criterion: few.id, verdict: 'met' }, 409)).code).toBe('measured-value-missing');
  expect((await judge({ criterion: few.id, verdict: 'not-met', measured }, 409)).code).toBe(
    'verdict-contradicts-value',
  );
  expect((await judge({ criterion: pays.id, verdict: 'met', measured }, 409)).code).toBe('not-measurable');
  expect((await judge({ criterion: 'other', verdict: 'met' }, 409)).code).toBe('success-criterion-not-found');
  const backwards = { ...measured, to: measured.from };
  expect((await judge({ criterion: few.id, verdict: 'met', measured: backwards }, 400)).code).toBe('invalid-fields');
  await judge({ criterion: few.id, verdict: 'met', measured });
  const { successCriteria, owner } = await judge({ criterion: pays.id, verdict: 'not-judgeable' });
  expect(successCriteria).toMatchObject([
    {
      ...few,
      measurement: { ...few.measurement, series: 'change-fail-rate', statistic: 'value' },
      judgement: {
        verdict: 'met',
        note: 'Ann looked',
        measured: { ...measured, from: '2026-03-03T21:00:00.000Z', to: '2026-04-02T21:00:00.000Z' },
        by: owner,
      },
    },
    { ...pays, judgement: { verdict: 'not-judgeable', by: owner } },
  ]);
  expect(await ask(release, 'close')).toMatchObject({ state: 'Closed', outcome: 'full' });
  expect(JSON.stringify(await slipway.events(`release-${release.id}`))).not.toContain('Ann');
});

test('a tool does not judge', async () => {
  const release = await reviewed();
  const robot = await slipway.as('robot', 'integration');
  const verdict = { criterion: pays.id, verdict: 'met', note: 'run 7' };
  await robot.post(`/v1/releases/${release.id}/comment`, { text: 'beep' }).expect(200);
  const last = (await slipway.events(`release-${release.id}`)).at(-1);
  const { actor = '' } = (last?.data ?? {}) as { actor?: string };
  await slipway.append('person', actor.slice('person-'.length), {
    type: 'PersonRegistered',
    data: { kind: 'service-account', alsoKnownAs: [] },
  });
  const refused = await robot.post(`/v1/releases/${release.id}/judge-success-criterion`, verdict).expect(409);
  expect(refused.body.code).toBe('judgement-needs-a-person');
});

test('success criteria are declared as a whole, with a reason once the release has left planning', async () => {
  const draft = await drafted(rita);
  expect((await ask(draft, 'declare-success-criteria', { criteria: [few, few] }, 409)).code).toBe(
    'duplicate-success-criterion',
  );
  const vague = { id: 'vague', title: 'It is good' };
  expect((await ask(draft, 'declare-success-criteria', { criteria: [vague] }, 409)).code).toBe('no-way-to-judge');
  await ask(draft, 'declare-success-criteria', { criteria: [{ ...few, id: 'Not An Id' }] }, 400);
  await ask(draft, 'declare-success-criteria', { criteria: [{ ...few, measurement: { measure: 'mttr' } }] }, 400);
  expect((await ask(draft, 'judge-success-criterion', { criterion: 'x', verdict: 'met', note: 'n' }, 409)).code).toBe(
    'not-released',
  );
  const release = await planned(rita);
  await ask(release, 'declare-success-criteria', { criteria: [few] });
  await authorize(slipway, release);
  expect((await ask(release, 'declare-success-criteria', { criteria: [pays] }, 409)).code).toBe('reason-required');
  const changed = await ask(release, 'declare-success-criteria', { criteria: [pays], reason: 'Ann asked' });
  expect(changed).toMatchObject({ state: 'Authorized', successCriteria: [pays] });
});
