import { credentials, loadPackageDefinition, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { type planningV1, protoDirectory } from '@slipway/contracts';
import { digest } from './domain/example.ts';
import { type Stage, stage } from './planning.example.ts';

type Call = (message: object, metadata: Metadata, done: (error: ServiceError | null, answer: unknown) => void) => void;
type Stub = Record<string, Call> & { close: () => void };

let { slipway, rita }: Stage = {} as never;
let stub: Stub;
let token: string;

beforeAll(async () => {
  ({ slipway, rita } = await stage());
  ({ token } = rita);
  const file = 'slipway/planning/v1/releases.proto';
  const definition = loadSync(file, { includeDirs: [protoDirectory], longs: String, enums: String, defaults: true });
  const { slipway: packages } = loadPackageDefinition(definition) as never as {
    slipway: { planning: { v1: { ReleasesService: new (address: string, by: object) => Stub } } };
  };
  stub = new packages.planning.v1.ReleasesService(slipway.grpcAddress, credentials.createInsecure());
});
afterAll(async () => {
  stub.close();
  await slipway.stop();
});

const call = <Answer>(method: string, message: object, by = token): Promise<Answer> => {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${by}`);
  return new Promise((resolve, reject) => {
    stub[method]?.(message, metadata, (error, answer) => (error ? reject(error) : resolve(answer as Answer)));
  });
};
const failure = (method: string, message: object, by?: string): Promise<ServiceError> =>
  call(method, message, by).then(
    () => Promise.reject(new Error(`${method} was not refused`)),
    (error: ServiceError) => error,
  );
const codeIn = ({ metadata }: ServiceError): string => String(metadata.get('grpc-status-details-bin')[0]);

const draft = { title: 'Checkout 2.4', class: 'RELEASE_CLASS_MINOR', changeModel: 'CHANGE_MODEL_NORMAL' };
const artifact = {
  service: 'checkout',
  version: '2.4.0',
  purl: 'pkg:oci/checkout@2.4.0',
  digest: digest('a'),
  repository: 'example/checkout',
  commits: [{ sha: 'b'.repeat(40), author: 'github:ann', committedAt: { seconds: 1772204645, nanos: 0 } }],
  pullRequests: [{ key: '311', firstCommitAt: { seconds: 1772100000, nanos: 0 } }],
};
const window = { start: { seconds: 1772564400, nanos: 0 }, end: { seconds: 1772571600, nanos: 0 } };
const drafted = async (): Promise<string> =>
  (await call<planningV1.DraftReleaseResponse>('DraftRelease', draft)).release?.id ?? '';

test('carries a release from the draft to the plan, and shows it', async () => {
  const id = await drafted();
  await call('AttachArtifact', { id, artifact });
  const item = { key: 'SHOP-1', kind: 'SCOPE_KIND_TECH_DEBT', title: 'Old till' };
  await call('AddScopeItem', { id, item });
  await call('RegisterRollbackPlan', { id, plan: { steps: 'switch back', backoutMinutes: 15 } });
  const targets = [{ service: 'checkout', environment: 'eu' }];
  const { release, event } = await call<planningV1.ScheduleReleaseResponse>('ScheduleRelease', { id, window, targets });
  expect(release).toMatchObject({
    id,
    version: 5,
    class: 'RELEASE_CLASS_MINOR',
    state: 'RELEASE_STATE_PLANNED',
    artifacts: [
      {
        service: 'service-1',
        commits: [{ committedAt: { seconds: '1772204645', nanos: 0 } }],
        pullRequests: [{ key: '311', firstCommitAt: { seconds: '1772100000', nanos: 0 } }],
      },
    ],
    scope: [item],
    rollbackPlan: { steps: 'switch back', backoutMinutes: 15 },
    window: { start: { seconds: '1772564400', nanos: 0 } },
    targets: [{ service: 'service-1', environment: 'environment-2', wave: 1 }],
  });
  const found = await call<planningV1.GetReleaseResponse>('GetRelease', { id: release?.number });
  expect(found.release).toEqual(release);
  const list = await call<planningV1.ListReleasesResponse>('ListReleases', {
    afterEvent: event,
    state: 'RELEASE_STATE_PLANNED',
    service: 'checkout',
  });
  expect(list.releases).toMatchObject([{ id, state: 'RELEASE_STATE_PLANNED', scope: ['SHOP-1'] }]);
});

test('states the scope in bulk, ticks off what a pipeline knows, and reads the notes', async () => {
  const id = await drafted();
  const items = [
    { key: 'SHOP-1', kind: 'SCOPE_KIND_FEATURE', title: 'Invoices', priority: 'SCOPE_PRIORITY_HIGH' },
    { kind: 'SCOPE_KIND_FIX', title: 'Rounding', externalRef: { system: 'jira', key: 'ACME-7' } },
    { key: 'SHOP-1', kind: 'SCOPE_KIND_FIX', title: 'Again', lifecycleStage: 'LIFECYCLE_STAGE_GROWTH' },
  ];
  const scope = await call<planningV1.ChangeScopeResponse>('ChangeScope', { id, items, requestId: 'scope' });
  expect(scope.results).toEqual([
    { key: 'SHOP-1', outcome: 'added', code: '' },
    { key: 'ACME-7', outcome: 'added', code: '' },
    { key: 'SHOP-1', outcome: 'refused', code: 'stated-twice' },
  ]);
  expect(await call('ChangeScope', { id, items, requestId: 'scope' })).toEqual({ ...scope, replayed: true });
  const { release } = await call<planningV1.GetReleaseResponse>('GetRelease', { id });
  expect(release?.scope).toMatchObject([
    { priority: 'SCOPE_PRIORITY_HIGH', lifecycleStage: 'LIFECYCLE_STAGE_UNSPECIFIED' },
    { key: 'ACME-7' },
  ]);
  const notes = await call<planningV1.GetReleaseNotesResponse>('GetReleaseNotes', { id });
  expect(notes.sections).toMatchObject([{ kind: 'SCOPE_KIND_FEATURE' }, { kind: 'SCOPE_KIND_FIX' }]);
  expect(notes.markdown).toContain('## Fixes');
  const phase = { name: 'Build', entryCriteria: [], exitCriteria: ['Tests green'] };
  await rita.post(`/v1/releases/${id}/plan-phase`, phase).expect(200);
  await rita.post(`/v1/releases/${id}/plan-milestone`, { name: 'Built', dueAt: '2026-03-01T00:00:00Z' }).expect(200);
  await call('MeetCriterion', { id, phase: 'Build', gate: 'PHASE_GATE_EXIT', criterion: 'Tests green', note: 'run 7' });
  await call('ReachMilestone', { id, name: 'Built', reachedAt: { seconds: 1772204645, nanos: 0 } });
  expect((await rita.get(`/v1/releases/${id}`).expect(200)).body).toMatchObject({
    milestones: [{ reached: { at: '2026-02-27T15:04:05.000Z' } }],
    phases: [{ exit: { criteria: [{ met: { note: 'run 7' } }] } }],
  });
  const unknown = await failure('MeetCriterion', {
    id,
    phase: 'Build',
    gate: 'PHASE_GATE_ENTRY',
    criterion: 'Tests green',
  });
  expect(codeIn(unknown)).toContain('criterion-not-found');
});

test('says how success will be told, and refuses to judge it too early', async () => {
  const id = await drafted();
  const measurement = { measure: 'lead-time', statistic: 'FIGURE_STATISTIC_P90', condition: 'LIMIT_CONDITION_BELOW' };
  const criteria = [
    { id: 'fast', title: 'Fast', measurement: { ...measurement, limit: 0, days: 30 } },
    { id: 'calm', title: 'No complaints', howJudged: 'Ask support.' },
  ];
  const { release } = await call<planningV1.DeclareSuccessCriteriaResponse>('DeclareSuccessCriteria', { id, criteria });
  expect(release?.successCriteria).toMatchObject([
    { id: 'fast', measurement: { ...measurement, series: 'lead-time', limit: 0, days: 30 }, judgement: null },
    { id: 'calm', howJudged: 'Ask support.', measurement: null },
  ]);
  const without = { ...criteria[0], measurement: { ...measurement, days: 30 } };
  expect((await failure('DeclareSuccessCriteria', { id, criteria: [without] })).code).toBe(status.INVALID_ARGUMENT);
  const verdict = { id, criterion: 'calm', verdict: 'SUCCESS_VERDICT_MET', note: 'none' };
  expect(codeIn(await failure('JudgeSuccessCriterion', verdict))).toContain('not-released');
});

test('moves the window alone, or the targets', async () => {
  const id = await drafted();
  const targets = [{ service: 'checkout', environment: 'eu', wave: 3 }];
  await call('ScheduleRelease', { id, window, targets });
  const later = { ...window, end: { seconds: 1772575200, nanos: 0 } };
  const moved = await call<planningV1.RescheduleReleaseResponse>('RescheduleRelease', { id, window: later });
  expect(moved.release).toMatchObject({ window: { end: { seconds: '1772575200' } }, targets: [{ wave: 3 }] });
  const again = await call<planningV1.RescheduleReleaseResponse>('RescheduleRelease', {
    id,
    targets: [{ ...targets[0], wave: 4 }],
  });
  expect(again.release).toMatchObject({ window: { end: { seconds: '1772575200' } }, targets: [{ wave: 4 }] });
});

test('the same request id gives the first answer again', async () => {
  const request = { ...draft, requestId: 'once' };
  const first = await call<planningV1.DraftReleaseResponse>('DraftRelease', request);
  const again = await call<planningV1.DraftReleaseResponse>('DraftRelease', request);
  expect(again).toEqual({ ...first, replayed: true });
  const other = await failure('DraftRelease', { ...request, title: 'Another' });
  expect(codeIn(other)).toContain('idempotency-key-reused');
});

test('goes through hold, resume, detach, remove and cancel as REST does', async () => {
  const id = await drafted();
  await call('AttachArtifact', { id, artifact });
  await call('DetachArtifact', { id, service: 'checkout' });
  await call('AddScopeItem', { id, item: { key: 'SHOP-1', kind: 'SCOPE_KIND_FIX', title: 'Rounding' } });
  await call('RemoveScopeItem', { id, key: 'SHOP-1' });
  const held = await call<planningV1.HoldReleaseResponse>('HoldRelease', { id, reason: 'too early' });
  expect(held.release).toMatchObject({ held: true, reason: 'too early', artifacts: [], scope: [] });
  await call('ResumeRelease', { id });
  const refusals = [
    ['GoRelease', { id }, 'not-authorized'],
    ['WithdrawRelease', { id, reason: 'no' }, 'not-started'],
    ['StartReleaseReview', { id }, 'not-in-early-life-support'],
    ['CloseRelease', { id }, 'not-in-review'],
  ] as const;
  for (const [method, message, code] of refusals) {
    const refused = await failure(method, message);
    expect(refused.code).toBe(status.FAILED_PRECONDITION);
    expect(codeIn(refused)).toContain(code);
  }
  const { release } = await call<planningV1.CancelReleaseResponse>('CancelRelease', { id, reason: 'not this year' });
  expect(release).toMatchObject({ state: 'RELEASE_STATE_CANCELED' });
});

test('refuses what is malformed, unknown, or not permitted', async () => {
  const id = await drafted();
  const { token: viewer } = await slipway.as('vic@example.org', 'viewer');
  const answers = await Promise.all([
    failure('DraftRelease', { title: 'No class' }),
    failure('DraftRelease', { ...draft, class: 77 }),
    failure('AttachArtifact', { id }),
    failure('ScheduleRelease', { id, window, targets: [{ service: 'checkout', environment: 'eu', wave: 0 }] }),
    failure('AttachArtifact', { id, artifact: { ...artifact, service: 'basket' } }),
    failure('GetRelease', { id: 'REL-999999' }),
    failure('DraftRelease', draft, viewer),
    failure('DraftRelease', draft, 'none'),
  ]);
  expect(answers.map(({ code }) => code)).toEqual([
    status.INVALID_ARGUMENT,
    status.INVALID_ARGUMENT,
    status.INVALID_ARGUMENT,
    status.INVALID_ARGUMENT,
    status.FAILED_PRECONDITION,
    status.NOT_FOUND,
    status.PERMISSION_DENIED,
    status.UNAUTHENTICATED,
  ]);
  expect(await slipway.events(`release-${id}`)).toHaveLength(1);
});
