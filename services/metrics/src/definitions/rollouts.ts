import type { Incident } from './incidents.ts';
import type { Run } from './runs.ts';

export type Failure = Readonly<{
  reason: 'run-failed' | 'rolled-back-for-a-fault' | 'remediated-by-hotfix' | 'confirmed-cause';
  /** The run, the hotfix or the incident that says so. */
  by: string;
}>;

/** All production deployments of one content for one service under one change; of a blend: of all services under one change. */
export type Rollout = Readonly<{
  id: string;
  serviceIds: readonly string[];
  changeId?: string;
  runs: readonly Run[];
  startedAt: number;
  /**
   * finished: ended after taking production traffic; open: a run of it goes on;
   * aborted: ended before any traffic; unreported: a run succeeded, but its traffic was never reported.
   */
  state: 'finished' | 'open' | 'aborted' | 'unreported';
  /** Of a finished one: when the last of its runs had ended and taken traffic. */
  finishedAt?: number;
  failures: readonly Failure[];
}>;

/** What is counted once: the content for each service, or the content over all its services. */
export type Unit = 'service' | 'blend';

const UNCOUNTED: readonly Run['kind'][] = ['rollback', 'redeploy'];

/** The rollouts of these runs; a run that never started is none. Rollbacks and redeployments are none either. */
export const rolloutsOf = (runs: readonly Run[], incidents: readonly Incident[], unit: Unit): readonly Rollout[] => {
  const counted = runs.filter(run => run.startedAt !== undefined && !UNCOUNTED.includes(run.kind));
  const groups = Map.groupBy(counted, run => keyOf(run, unit));
  const failures = failuresOf(runs, incidents);
  return [...groups].map(([id, group]) => rolloutOf(id, group, failures)).sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** Without a change the release stands for it, and without a release the content alone. */
const keyOf = ({ changeId, releaseId, serviceId, digests }: Run, unit: Unit): string => {
  const under =
    changeId !== undefined ? `change-${changeId}` : releaseId !== undefined ? `release-${releaseId}` : undefined;
  const content = digests.join('+');
  return unit === 'blend' ? (under ?? content) : `${under ?? 'no-change'}/service-${serviceId}/${content}`;
};

const rolloutOf = (id: string, runs: readonly Run[], failures: (run: Run) => readonly Failure[]): Rollout => {
  const traffic = runs.filter(run => run.trafficAt !== undefined);
  const open = runs.some(run => run.endedAt === undefined);
  const state = open
    ? 'open'
    : traffic.length > 0
      ? 'finished'
      : runs.some(run => run.succeeded)
        ? 'unreported'
        : 'aborted';
  const changeId = runs[0]?.changeId;
  return {
    id,
    serviceIds: [...new Set(runs.map(run => run.serviceId))].sort(),
    ...(changeId !== undefined && { changeId }),
    runs,
    startedAt: Math.min(...runs.map(run => run.startedAt!)),
    state,
    ...(state === 'finished' && { finishedAt: Math.max(...traffic.map(finishOf)) }),
    failures: state === 'finished' ? runs.flatMap(failures) : [],
  };
};

/** When a run with traffic had ended and taken it, whichever came last. */
export const finishOf = ({ endedAt = 0, trafficAt = 0 }: Run): number => Math.max(endedAt, trafficAt);

const failuresOf = (runs: readonly Run[], incidents: readonly Incident[]): ((run: Run) => readonly Failure[]) => {
  const hotfixes = Map.groupBy(
    runs.filter(run => run.kind === 'hotfix' && run.undoes !== undefined && run.trafficAt !== undefined),
    run => run.undoes!,
  );
  const caused = Map.groupBy(
    incidents
      .filter(incident => !incident.canceled)
      .flatMap(({ id, causes }) => causes.filter(({ kind }) => kind === 'deployment').map(cause => ({ ...cause, id }))),
    cause => cause.deploymentId,
  );
  return run => [
    ...(run.failed && run.trafficAt !== undefined ? [{ reason: 'run-failed', by: run.id } as const] : []),
    ...(run.rolledBack === 'fault' ? [{ reason: 'rolled-back-for-a-fault', by: run.id } as const] : []),
    ...(hotfixes.get(run.id) ?? []).map(({ id }) => ({ reason: 'remediated-by-hotfix', by: id }) as const),
    ...(caused.get(run.id) ?? []).map(({ id }) => ({ reason: 'confirmed-cause', by: id }) as const),
  ];
};
