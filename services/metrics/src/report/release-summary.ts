import type { JudgedCriterion } from '@slipway/contracts';
import { shownFigure } from './delivery-report.ts';
import { definitionOf } from '../measures/index.ts';
import { businessTime } from '../periods/business-time.ts';
import { instant, type Period } from '../periods/period.ts';
import type { Change } from '../rows/changes.ts';
import { causesOf } from '../rows/incidents.ts';
import type { Incident } from '../rows/incident.ts';
import { impactOf, isDisordered, restoredAt } from '../rows/intervals.ts';
import type { Known } from '../rows/known.ts';
import type { Ledger } from '../rows/ledger.ts';
import type { Release } from '../rows/releases.ts';
import { mendedBy } from '../rows/mended.ts';
import { rolloutsOf } from '../rows/rollouts.ts';
import type { Rollout } from '../rows/rollout.ts';
import type { Run } from '../rows/run.ts';
import type { AnsweredMeasure } from './answered.ts';

/** What became of one release: what went out where and when, what it was approved by, what it broke, and how it was mended. */
export const releaseSummary = (ledger: Ledger, release: Release, period: Period) => {
  const changes = ledger.changes.filter(({ releaseIds }) => releaseIds.includes(release.id));
  const rollouts = rolloutsUnder(ledger, release, changes);
  const runs = rollouts.flatMap(rollout => rollout.runs);
  const incidents = causedBy(ledger, runs, changes);
  const mending = mendingRuns(ledger, runs, incidents);
  const { title, class: kind, window, scope, successCriteria, ended } = release;
  return {
    ...(title !== undefined && { title }),
    ...(kind !== undefined && { class: kind }),
    ...(window && { window }),
    ...(ended && { ended: { how: ended.how, at: instant(ended.at) } }),
    scope,
    successCriteria: successCriteria.map(criterionIn),
    artifacts: artifactsOf(ledger, release),
    rollouts: rollouts.map(rollout => rolloutIn(ledger, rollout)),
    rollbacks: mending.filter(({ kind: each }) => each !== 'hotfix').map(run => runIn(ledger, run)),
    hotfixes: mending.filter(({ kind: each }) => each === 'hotfix').map(run => runIn(ledger, run)),
    changes: changes.map(change => changeIn(change, period)),
    incidents: incidents.map(incident => incidentIn(incident, runs, period)),
    measures: measuresOf({ ledger, rollouts, changes, incidents }, period),
  };
};

export type ReleaseSummary = ReturnType<typeof releaseSummary>;

/** What was to become of it, and what people said came of it; the words of both stay with the release. */
const criterionIn = ({ id, title, measurement, judgement }: JudgedCriterion) => ({
  id,
  title,
  ...(measurement && { measurement }),
  ...(judgement && { verdict: judgement.verdict, judgedAt: judgement.at }),
  ...(judgement?.measured && { measured: judgement.measured }),
});

const rolloutsUnder = (ledger: Ledger, { id }: Release, changes: readonly Change[]): readonly Rollout[] => {
  const under = new Set(changes.map(change => change.id));
  const runs = ledger.runs.filter(({ releaseId, changeId }) => releaseId === id || under.has(changeId ?? ''));
  return rolloutsOf(runs, ledger, 'service').toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
};

/** Of which one of its runs, or one of its changes, is a cause. */
const causedBy = ({ incidents }: Ledger, runs: readonly Run[], changes: readonly Change[]): readonly Incident[] => {
  const causes = new Set([...runs, ...changes].map(({ id }) => id));
  return incidents
    .filter(each =>
      causesOf(each).some(cause => causes.has(cause.deploymentId ?? '') || causes.has(cause.changeId ?? '')),
    )
    .toSorted((a, b) => a.detectedAt - b.detectedAt || (a.id < b.id ? -1 : 1));
};

/** Started runs that undo one of these, or mend one or an incident that they caused. */
const mendingRuns = (ledger: Ledger, runs: readonly Run[], incidents: readonly Incident[]): readonly Run[] => {
  const mended = new Set([...runs, ...incidents].map(({ id }) => id));
  const own = new Set(runs.map(({ id }) => id));
  return ledger.runs.filter(
    run =>
      run.startedAt !== undefined &&
      !own.has(run.id) &&
      (mended.has(run.undoes ?? '') || mendedBy(run).some(({ recordId }) => mended.has(recordId))),
  );
};

const artifactsOf = (ledger: Ledger, { artifacts }: Release) =>
  Object.entries(artifacts).map(([key, { commits, pullRequests }]) => {
    const [serviceId = '', digest = ''] = key.split(' ');
    return { ...serviceIn(ledger, serviceId), digest, commits: commits.length, pullRequests: pullRequests.length };
  });

const rolloutIn = (ledger: Ledger, rollout: Rollout) => {
  const { id, serviceIds, kind, state, startedAt, finishedAt, failures, rolledBack, runs, contradictions } = rollout;
  return {
    id,
    ...serviceIn(ledger, serviceIds[0] ?? ''),
    ...(rollout.changeId !== undefined && { changeId: rollout.changeId }),
    kind,
    state,
    startedAt: instant(startedAt),
    ...(finishedAt !== undefined && { finishedAt: instant(finishedAt) }),
    failures,
    rolledBack,
    contradictions,
    runs: runs.toSorted((a, b) => a.startedAt! - b.startedAt! || (a.id < b.id ? -1 : 1)).map(run => runIn(ledger, run)),
  };
};

const runIn = (ledger: Ledger, run: Run) => ({
  deploymentId: run.id,
  kind: run.kind,
  ...serviceIn(ledger, run.serviceId),
  ...environmentIn(ledger, run.environmentId),
  wave: run.wave,
  startedAt: instant(run.startedAt!),
  ...(run.trafficAt !== undefined && { trafficAt: instant(run.trafficAt) }),
  ...(run.endedAt !== undefined && { endedAt: instant(run.endedAt) }),
  outcome: outcomeOf(run),
  ...(run.undoes !== undefined && { undoes: run.undoes }),
});

const outcomeOf = ({ endedAt, rolledBack, failed, succeeded }: Run): string => {
  if (rolledBack !== undefined) return rolledBack === 'fault' ? 'rolled-back-for-a-fault' : 'rolled-back-for-business';
  if (failed) return 'failed';
  if (succeeded) return 'succeeded';
  return endedAt === undefined ? 'running' : 'canceled';
};

const serviceIn = ({ catalog }: Ledger, serviceId: string) => ({
  serviceId,
  service: catalog.services.find(({ id }) => id === serviceId)?.name ?? serviceId,
});

const environmentIn = ({ catalog }: Ledger, environmentId: string) => ({
  environmentId,
  environment: catalog.environments.find(({ id }) => id === environmentId)?.name ?? environmentId,
});

const changeIn = (change: Change, { business }: Period) => {
  const { id, model, requestedAt, approvedAt, implementedAt, closedAt, isAwaiting } = change;
  const isApproved = requestedAt !== undefined && approvedAt !== undefined && !isAwaiting && approvedAt >= requestedAt;
  return {
    changeId: id,
    model,
    ...at('requestedAt', requestedAt),
    ...at('approvedAt', approvedAt),
    ...(isApproved && {
      approvalSeconds: (approvedAt - requestedAt) / 1000,
      approvalBusinessSeconds: businessTime(business, requestedAt, approvedAt) / 1000,
    }),
    approvals: change.approvals,
    awaiting: isAwaiting,
    breakGlass: change.breakGlass,
    unauthorized: change.isUnauthorized,
    ...at('implementedAt', implementedAt),
    ...at('closedAt', closedAt),
    ...(change.closeCode !== undefined && { closeCode: change.closeCode }),
    ...at('canceledAt', change.canceledAt),
  };
};

const incidentIn = (incident: Incident, runs: readonly Run[], { now }: Period) => {
  const { id, detectedAt, impactStartedAt, canceled } = incident;
  const own = new Set(runs.map(run => run.id));
  const restored = restoredAt(incident);
  const seconds = impactOf(incident, impactStartedAt) / 1000;
  const isPossible = seconds >= 0 && !isDisordered(incident, impactStartedAt);
  return {
    incidentId: id,
    impactStartedAt: instant(impactStartedAt),
    detectedAt: instant(detectedAt),
    canceled,
    ...at('restoredAt', restored),
    ...(restored === undefined ? { ageSeconds: Math.max(0, now - detectedAt) / 1000 } : {}),
    ...(restored !== undefined && isPossible && { impactSeconds: seconds }),
    contradictory: restored !== undefined && !isPossible,
    causes: causesOf(incident).flatMap(({ deploymentId }) => (own.has(deploymentId ?? '') ? [deploymentId!] : [])),
  };
};

const at = <Name extends string>(name: Name, value: number | undefined): { readonly [Key in Name]?: string } =>
  (value === undefined ? {} : { [name]: instant(value) }) as { readonly [Key in Name]?: string };

type Concerned = Readonly<{
  ledger: Ledger;
  rollouts: readonly Rollout[];
  changes: readonly Change[];
  incidents: readonly Incident[];
}>;

/** What can be asked of one release: how often something goes out cannot. */
const MEASURES = [
  'lead-time',
  'change-fail-rate',
  'rollback-rate',
  'failed-deployment-recovery-time',
  'mttr',
  'change-success',
  'approval-lead-time',
];

/** The figures of the same definitions, over the rows of this release alone. */
const measuresOf = (
  { ledger, rollouts, changes, incidents }: Concerned,
  period: Period,
): readonly AnsweredMeasure[] => {
  const known: Known = {
    unit: 'service',
    scope: {},
    ledger,
    rollouts,
    incidents,
    incidentsInScope: incidents,
    incidentsSomewhere: [],
    changes,
  };
  return MEASURES.flatMap(name => definitionOf(name) ?? []).map(({ measure, version, title, figures }) => ({
    measure,
    definition: version,
    title,
    figures: figures(known, period)
      .filter(({ series }) => measure !== 'mttr' || series === 'release-related')
      .map(figure => shownFigure(figure, true)),
  }));
};
