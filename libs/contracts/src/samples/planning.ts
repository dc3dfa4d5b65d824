import type { SamplesOf } from '../contract.ts';
import type { release, releaseTrain } from '../planning.ts';
import {
  commit,
  contentDigest,
  digest,
  ids,
  laterWindow,
  people,
  planDigest,
  sealed,
  target,
  window,
} from './example.ts';
import { recordSamples } from './record.ts';

export const releaseSamples: SamplesOf<typeof release> = {
  ReleaseDrafted: {
    title: 'Checkout 2.4',
    class: 'minor',
    owner: people.owner,
    description: sealed,
    changeModel: 'normal',
  },
  ReleaseCopied: { fromReleaseId: ids.release, targets: [target] },
  ArtifactAttached: {
    artifact: {
      serviceId: ids.checkout,
      version: '2.4.0',
      purl: `pkg:oci/checkout@${digest}`,
      digest,
      repository: 'example/checkout',
      commits: [
        {
          sha: commit,
          author: people.author,
          committedAt: '2026-02-27T15:04:05Z',
          authoredAt: '2026-02-26T09:30:00Z',
        },
      ],
      pullRequests: [{ key: '311', firstCommitAt: '2026-02-26T09:30:00Z', mergedAt: '2026-02-27T15:04:05Z' }],
      builtBy: people.deployer,
    },
  },
  ArtifactDetached: { serviceId: ids.checkout, digest },
  ScopeItemAdded: {
    item: {
      key: 'SHOP-311',
      kind: 'feature',
      title: 'Pay by invoice',
      externalRef: { system: 'jira', key: 'SHOP-311', url: 'https://jira.example/browse/SHOP-311' },
    },
  },
  ScopeItemRemoved: { key: 'SHOP-311' },
  ScopeItemsChanged: {
    put: [
      { key: 'SHOP-312', kind: 'tech-debt', title: 'Old till', priority: 'low', lifecycleStage: 'decline' },
      { key: 'SHOP-313', kind: 'regulatory', title: 'Receipts by law', priority: 'critical' },
    ],
    removed: ['SHOP-311'],
  },
  ScopeTradedOff: {
    items: [{ key: 'SHOP-311', kind: 'feature', title: 'Pay by invoice' }],
    toReleaseId: ids.nextRelease,
    reason: sealed,
  },
  ReleaseDependencyStated: { releaseId: ids.nextRelease, state: 'EarlyLifeSupport' },
  ReleaseDependencyWithdrawn: { releaseId: ids.nextRelease, reason: sealed },
  MilestonePlanned: { name: 'Code complete', dueAt: '2026-02-27T17:00:00Z', owner: people.author },
  MilestoneReached: { name: 'Code complete', by: people.author },
  MilestoneDropped: { name: 'Code complete', reason: sealed },
  PhasePlanned: {
    name: 'Build and test',
    entryCriteria: ['Scope is agreed'],
    exitCriteria: ['Development complete', 'Regression tests green'],
  },
  PhaseDropped: { name: 'Build and test', reason: sealed },
  PhaseCriterionMet: { phase: 'Build and test', gate: 'exit', criterion: 'Development complete', note: sealed },
  PhaseCriterionReopened: { phase: 'Build and test', gate: 'exit', criterion: 'Development complete', reason: sealed },
  PhaseGatePassed: { phase: 'Build and test', gate: 'exit' },
  ReleaseManagerNamed: { manager: people.owner },
  ReleaseRaciStated: {
    responsible: [people.author],
    accountable: people.owner,
    consulted: [people.approver],
    informed: [people.deployer],
  },
  SuccessCriteriaDeclared: {
    criteria: [
      {
        id: 'few-failures',
        title: 'Fewer than one in ten rollouts fails',
        measurement: {
          measure: 'change-fail-rate',
          series: 'change-fail-rate',
          statistic: 'value',
          condition: 'below',
          limit: 0.1,
          days: 30,
        },
      },
      { id: 'customers-pay', title: 'Customers pay by invoice', howJudged: sealed },
    ],
    reason: sealed,
  },
  SuccessCriterionJudged: {
    criterionId: 'few-failures',
    verdict: 'met',
    note: sealed,
    measured: {
      value: 0.05,
      definition: 'first/2',
      position: 4_711,
      counted: 20,
      from: '2026-03-02T21:00:00.000Z',
      to: '2026-04-01T21:00:00.000Z',
    },
  },
  ReleaseBoardedTrain: { trainId: ids.train, departure: window.start, window },
  ReleaseLeftTrain: { trainId: ids.train, departure: window.start, cause: 'asked', reason: sealed },
  RollbackPlanRegistered: {
    plan: { steps: sealed, digest: planDigest, backoutMinutes: 15, triggers: ['error rate above 2 % for 5 minutes'] },
  },
  ReleaseScheduled: { window, targets: [target] },
  ReleaseRescheduled: { window: laterWindow, targets: [target] },
  ReleaseHeld: { reason: sealed },
  ReleaseResumed: {},
  ReleaseChangeRecorded: {
    changeId: ids.change,
    changeVersion: 9,
    standing: 'authorized',
    contentDigest,
    triedTargets: [target],
  },
  ReleaseTargetRecorded: {
    deploymentId: ids.deployment,
    deploymentVersion: 8,
    serviceId: ids.checkout,
    environmentId: ids.production,
    outcome: 'failed',
    tookTraffic: true,
  },
  ReleaseAuthorized: { changeIds: [ids.change], contentDigest },
  ReleaseAuthorizationLost: { cause: 'content-changed' },
  ReleaseReady: {},
  ReleaseDeploymentStarted: { deploymentId: ids.deployment, deploymentVersion: 3 },
  ReleaseDeploymentFollowed: { deploymentId: ids.rollback, deploymentVersion: 3 },
  ReleaseDeploymentDismissed: {
    deploymentId: ids.deployment,
    deploymentVersion: 9,
    serviceId: ids.checkout,
    environmentId: ids.production,
  },
  ReleaseStartDismissed: {},
  EarlyLifeSupportDismissed: {},
  EarlyLifeSupportStarted: {},
  ReleaseReviewStarted: {},
  ReleasePlanningReopened: { reason: sealed },
  ReleaseClosed: { outcome: 'rolled-back' },
  ReleaseCanceled: { reason: sealed },
  ReleaseWithdrawn: { reason: sealed },
  ...recordSamples('Release'),
};

const cadence = {
  start: '2026-03-02T21:00',
  timeZone: 'Europe/Berlin',
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
  durationMinutes: 120,
} as const;

export const releaseTrainSamples: SamplesOf<typeof releaseTrain> = {
  ReleaseTrainPlanned: { title: 'Shop, every other Monday', owner: people.owner, description: sealed, cadence },
  ReleaseTrainCadenceChanged: { cadence: { ...cadence, rrule: 'FREQ=WEEKLY;BYDAY=MO' }, reason: sealed },
  ReleaseTrainRetired: { reason: sealed },
  ...recordSamples('ReleaseTrain'),
};
