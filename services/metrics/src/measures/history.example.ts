import fc from 'fast-check';
import type { Fact, FactType } from '../facts/facts.ts';
import { A, B, march } from './example.ts';

/** Whatever can have happened, likely and unlikely: histories of a few records that name each other, for the property tests. */

const instant = fc.integer({ min: march.from - 86_400_000, max: march.to }).map(at => new Date(at).toISOString());
const oneOf = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const deploymentId = oneOf('d1', 'd2', 'd3', 'd4');
const changeId = oneOf('c1', 'c2');
const serviceId = oneOf('checkout', 'payments');
const environmentId = oneOf('frankfurt', 'paris');
const serviceIds = fc.subarray(['checkout', 'payments'], { minLength: 1 });
const digest = oneOf(A, B);
const model = oneOf('standard', 'normal', 'emergency');
const closeCode = oneOf('successful', 'successful-with-issues', 'unsuccessful');
const kind = oneOf('planned', 'hotfix', 'rollback', 'redeploy', 'activation');
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
/** Its fields, each there or not. */
const some = <Fields extends object>(fields: { [Key in keyof Fields]: fc.Arbitrary<Fields[Key]> }) =>
  fc.record(fields, { requiredKeys: [] });
const commits = fc.array(fc.record({ sha: oneOf('x', 'y', 'z'), committedAt: instant }), { maxLength: 3 });
const pullRequests = fc.array(
  fc
    .tuple(oneOf('7', '8'), some({ firstCommitAt: instant, mergedAt: instant }))
    .map(([key, times]) => ({ key, ...times })),
  { maxLength: 2 },
);
const content = fc.record({
  targets: fc.array(fc.record({ serviceId, environmentId, wave: fc.constant(1) }), { maxLength: 2 }),
});
const scopeItem = fc.record({
  key: oneOf('S-1', 'S-2'),
  kind: oneOf('feature', 'fix'),
  title: fc.constant('Vouchers'),
});
const mended = fc.oneof(
  fc.record({ record: fc.constant('deployment'), recordId: deploymentId }),
  fc.record({ record: fc.constant('incident'), recordId: oneOf('i1', 'i2') }),
);
const named = (id: fc.Arbitrary<string>) => fc.record({ system: fc.constant('github'), key: id, id });

// The fields of every type that has some; what else is kept has none.
const fields: { readonly [Type in FactType]?: fc.Arbitrary<object> } = {
  ServiceRegistered: fc.record({ name: serviceId, ownerTeam: oneOf('shop', 'bank') }),
  ApplicationRegistered: fc.record({ name: fc.constant('store'), serviceIds }),
  EnvironmentRegistered: fc.record({
    name: fc.constant('frankfurt'),
    tier: oneOf('production', 'staging'),
    region: oneOf('eu', 'us'),
  }),
  ReleaseDrafted: fc.record({ title: fc.constant('Checkout 2.4'), class: oneOf('major', 'hotfix') }),
  ReleaseDetailsChanged: some({ title: fc.constant('Checkout 2.5') }),
  ScopeItemAdded: fc.record({ item: scopeItem }),
  ScopeItemRemoved: fc.record({ key: oneOf('S-1', 'S-2') }),
  ScopeItemsChanged: fc.record({ put: fc.array(scopeItem, { maxLength: 2 }), removed: fc.subarray(['S-1', 'S-2']) }),
  ReleaseScheduled: fc.record({
    window: fc.record({ start: instant, end: instant }),
    targets: fc.array(fc.record({ serviceId, environmentId, wave: fc.constant(1) }), { maxLength: 2 }),
  }),
  SuccessCriteriaDeclared: fc.record({
    criteria: fc.array(fc.record({ id: oneOf('calm', 'liked'), title: fc.constant('Calm') }), { maxLength: 2 }),
  }),
  SuccessCriterionJudged: fc.record({
    criterionId: oneOf('calm', 'liked'),
    verdict: oneOf('met', 'not-met', 'not-judgeable'),
  }),
  ReleaseClosed: fc.record({ outcome: oneOf('full', 'partial', 'rolled-back') }),
  ArtifactAttached: fc.record({
    artifact: fc.record({ serviceId, digest, repository: fc.constant('example/shop'), commits, pullRequests }),
  }),
  ArtifactDetached: fc.record({ serviceId, digest }),
  ChangeRaised: fc.record({ model, releaseIds: fc.subarray(['r1', 'r2']), serviceIds, content }),
  ChangeRevised: fc.record({ content }),
  ApprovalRequested: fc.record({ slot: fc.constant('quality') }),
  ChangeAuthorized: fc.record({ authorization: oneOf('approved', 'pre-authorized', 'retrospective') }),
  ChangeClosed: fc.record({ closeCode, unauthorized: fc.boolean() }),
  RelatedRecordLinked: fc.record({
    record: oneOf('incident', 'problem'),
    recordId: oneOf('i1', 'i2'),
    relation: oneOf('remediates', 'related'),
  }),
  RelatedRecordUnlinked: fc.record({ record: oneOf('incident', 'problem'), recordId: oneOf('i1', 'i2') }),
  ChangeImported: fc
    .record({
      model,
      breakGlass: fc.boolean(),
      serviceIds,
      environmentIds: fc.subarray(['frankfurt', 'paris']),
      state: oneOf('open', 'closed', 'canceled'),
    })
    .chain(data =>
      some({
        approvalRequestedAt: instant,
        authorizedAt: instant,
        implementationStartedAt: instant,
        closedAt: instant,
        closeCode,
        unauthorized: fc.boolean(),
      }).map(more => ({ ...data, ...more })),
    ),
  DeploymentRequested: fc.record({
    kind,
    target: fc.record({ serviceId, environmentId, wave: oneOf(1, 2) }),
    production: fc.constant(true),
    digests: fc.array(digest, { minLength: 1, maxLength: 2 }),
    changeId: optional(changeId),
    releaseId: optional(oneOf('r1', 'r2')),
    undoes: optional(deploymentId),
  }),
  DeploymentKindCorrected: fc.record({ kind, undoes: optional(deploymentId) }),
  CutoverSwitched: fc.record({ via: oneOf('dns', 'load-balancer') }),
  TrafficTaken: fc.record({ percent: optional(oneOf(10, 100)) }),
  DeploymentRolledBack: fc.record({ cause: oneOf('fault', 'business') }),
  RemediationConfirmed: mended,
  RemediationRejected: mended,
  DeploymentImported: fc
    .record({
      kind,
      serviceId,
      environmentId,
      production: fc.constant(true),
      digests: fc.array(digest, { maxLength: 1 }),
      commits,
      startedAt: instant,
      outcome: oneOf('succeeded', 'failed', 'rolled-back', 'canceled', 'unfinished'),
    })
    .chain(data =>
      some({
        region: oneOf('eu', 'us'),
        version: oneOf('1', '2'),
        finishedAt: instant,
        tookTraffic: fc.boolean(),
        rolledBackFor: oneOf('fault', 'business'),
        pullRequests,
        change: named(changeId),
        undoes: named(deploymentId),
        remediates: named(deploymentId).map(each => ({ record: 'deployment', ...each })),
      }).map(more => ({ ...data, ...more })),
    ),
  IncidentDetected: fc.record({ serviceIds, environmentId: optional(environmentId), impactStartedAt: instant }),
  AlertAttached: fc.record({ serviceIds: optional(serviceIds) }),
  IncidentAbsorbed: fc.record({ serviceIds }),
  ImpactStartCorrected: fc.record({ impactStartedAt: instant }),
  CauseConfirmed: fc.record({
    kind: oneOf('deployment', 'change', 'external'),
    deploymentId: optional(deploymentId),
    changeId: optional(changeId),
    primary: fc.boolean(),
  }),
  CauseRejected: fc.record({ deploymentId }),
  CauseWithdrawn: fc.record({ kind: fc.constant('deployment'), deploymentId }),
  EarlierAlertFound: fc.record({ detectedAt: instant, impactStartedAt: instant }),
  ImpactIntervalCorrected: fc.record({
    interval: fc.integer({ min: 1, max: 3 }),
    startedAt: instant,
    endedAt: optional(instant),
  }),
  IncidentMitigated: fc.record({ deploymentId: optional(deploymentId) }),
  IncidentImported: fc
    .record({
      serviceIds,
      detectedAt: instant,
      namedCauses: fc.constant([{ kind: 'deployment', record: { id: 'd1' } }]),
    })
    .chain(data =>
      some({
        environmentId,
        impactStartedAt: instant,
        mitigatedAt: instant,
        resolvedAt: instant,
        closedAt: instant,
        canceled: oneOf('duplicate', 'false-alarm'),
      }).map(more => ({ ...data, ...more })),
    ),
};

type Event = Readonly<{ type: FactType; data: object }>;

const event = (type: FactType): fc.Arbitrary<Event> =>
  fc
    .tuple(fields[type] ?? fields[SAME[type] ?? type] ?? fc.constant({}), instant, fc.integer({ min: 0, max: 200_000 }))
    .map(([data, occurredAt, seconds]) => ({
      type,
      data: { ...data, occurredAt, recordedAt: new Date(Date.parse(occurredAt) + seconds * 1000).toISOString() },
    }));

const SAME: { readonly [Type in FactType]?: FactType } = {
  ServiceUpdated: 'ServiceRegistered',
  ApplicationUpdated: 'ApplicationRegistered',
  EnvironmentUpdated: 'EnvironmentRegistered',
  ReleaseRescheduled: 'ReleaseScheduled',
};

const of = (first: readonly FactType[], ...types: FactType[]): fc.Arbitrary<readonly Event[]> =>
  fc
    .tuple(fc.oneof(...first.map(event)), fc.array(fc.oneof(...types.map(event)), { maxLength: 6 }))
    .map(([head, rest]) => [head, ...rest]);

const stream = (name: string, events: fc.Arbitrary<readonly Event[]>): fc.Arbitrary<readonly Fact[]> =>
  events.map(all => all.map((each, index) => ({ ...each, stream: name, version: index + 1 }) as unknown as Fact));

const deployment = of(
  ['DeploymentRequested', 'DeploymentRequested', 'DeploymentImported'],
  'DeploymentKindCorrected',
  'DeploymentStarted',
  'CutoverSwitched',
  'TrafficTaken',
  'DeploymentSucceeded',
  'DeploymentFailed',
  'VerificationFailed',
  'DeploymentRolledBack',
  'DeploymentCanceled',
  'RemediationConfirmed',
  'RemediationRejected',
  'DeploymentImported',
);
const incident = of(
  ['IncidentDetected', 'IncidentDetected', 'IncidentImported'],
  'AlertAttached',
  'IncidentAbsorbed',
  'ImpactStartCorrected',
  'CauseConfirmed',
  'CauseRejected',
  'CauseWithdrawn',
  'ImpactIntervalCorrected',
  'EarlierAlertFound',
  'IncidentMitigated',
  'IncidentResolved',
  'IncidentReopened',
  'IncidentCanceled',
);
const change = of(
  ['ChangeRaised', 'ChangeRaised', 'ChangeImported'],
  'ChangeRevised',
  'ApprovalRequested',
  'ApprovalVoided',
  'ChangeAuthorized',
  'ChangeImplementationStarted',
  'ChangeFoundUnauthorized',
  'ChangeClosed',
  'ChangeCanceled',
  'ChangeRejected',
  'RelatedRecordLinked',
  'RelatedRecordUnlinked',
);
const release = of(
  ['ReleaseDrafted', 'ArtifactAttached'],
  'ArtifactAttached',
  'ArtifactDetached',
  'ReleaseDrafted',
  'ReleaseDetailsChanged',
  'ScopeItemAdded',
  'ScopeItemRemoved',
  'ScopeItemsChanged',
  'ReleaseScheduled',
  'ReleaseRescheduled',
  'SuccessCriteriaDeclared',
  'SuccessCriterionJudged',
  'ReleasePlanningReopened',
  'ReleaseClosed',
  'ReleaseCanceled',
  'ReleaseWithdrawn',
);

export const history: fc.Arbitrary<readonly Fact[]> = fc
  .tuple(
    ...['d1', 'd2', 'd3', 'd4'].map(id => stream(`deployment-${id}`, deployment)),
    ...['i1', 'i2'].map(id => stream(`incident-${id}`, incident)),
    ...['c1', 'c2'].map(id => stream(`change-${id}`, change)),
    ...['r1', 'r2'].map(id => stream(`release-${id}`, release)),
    stream('environment-paris', of(['EnvironmentRegistered'], 'EnvironmentUpdated')),
    stream('service-checkout', of(['ServiceRegistered'], 'ServiceUpdated')),
    stream('application-store', of(['ApplicationRegistered'], 'ApplicationUpdated')),
  )
  .map(streams => streams.flat());
