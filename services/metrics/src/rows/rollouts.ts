import type { Code } from './code.ts';
import type { Ledger } from './ledger.ts';
import { mendedBy } from './mended.ts';
import type { Contradiction, Rollout } from './rollout.ts';
import type { Run } from './run.ts';
import { patternOf, sizeOf } from './traits.ts';

/** What is counted once: the content for each service, or the content over all its services. */
export type Unit = 'service' | 'blend';

const UNCOUNTED: readonly Run['kind'][] = ['rollback', 'redeploy'];

/** The rollouts of these runs; a run that never started is none. Rollbacks and redeployments are none either. */
export const rolloutsOf = (runs: readonly Run[], ledger: Ledger, unit: Unit): readonly Rollout[] => {
  const counted = runs.filter(run => run.startedAt !== undefined && !UNCOUNTED.includes(run.kind));
  const groups = Map.groupBy(counted, run => rolloutKey(run, unit));
  return [...groups].map(([id, group]) => rolloutRow(id, group, ledger)).sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** Without a change the release stands for it, and without a release the content alone. */
export const rolloutKey = ({ changeId, releaseId, serviceId, content }: Run, unit: Unit): string => {
  const under =
    changeId !== undefined ? `change-${changeId}` : releaseId !== undefined ? `release-${releaseId}` : undefined;
  return unit === 'blend' ? (under ?? content) : `${under ?? 'no-change'}/service-${serviceId}/${content}`;
};

/** The row of a rollout: of the runs of its key, and of what others say about them. */
export const rolloutRow = (id: string, runs: readonly Run[], ledger: Ledger): Rollout => {
  const traffic = runs.filter(hasTraffic);
  const state = stateOf(runs);
  const code = ledger.codeOf(runs);
  const startedAt = Math.min(...runs.map(run => run.startedAt!));
  const changeId = runs.find(run => run.changeId !== undefined)?.changeId;
  return {
    id,
    serviceIds: [...new Set(runs.map(run => run.serviceId))].sort(),
    ...(changeId !== undefined && { changeId }),
    kind: kindOf(runs),
    runs,
    startedAt,
    state,
    ...(state === 'finished' && { finishedAt: Math.max(...traffic.map(finishOf)) }),
    failures: state === 'finished' ? runs.flatMap(ledger.failuresOf) : [],
    rolledBack: [...new Set(traffic.flatMap(({ rolledBack }) => (rolledBack ? [rolledBack] : [])))].sort(),
    mends: runs.flatMap(mendedBy),
    code,
    ...ledger.underOf(runs),
    size: sizeOf(code),
    pattern: patternOf(runs),
    contradictions: contradictionsOf(runs, code, startedAt, ledger),
    lateness: Math.max(...runs.map(run => run.lateness)),
  };
};

export const hasTraffic = ({ trafficAt }: Run): boolean => trafficAt !== undefined;

/** When a run with traffic had ended and taken it, whichever came last. */
export const finishOf = ({ endedAt, trafficAt }: Run): number =>
  Math.max(endedAt ?? Number.NEGATIVE_INFINITY, trafficAt ?? Number.NEGATIVE_INFINITY);

const kindOf = (runs: readonly Run[]): Rollout['kind'] => {
  if (runs.some(({ kind }) => kind === 'hotfix')) return 'hotfix';
  return runs.every(({ kind }) => kind === 'activation') ? 'activation' : 'planned';
};

const stateOf = (runs: readonly Run[]): Rollout['state'] => {
  if (runs.some(run => run.endedAt === undefined)) return 'open';
  if (runs.some(hasTraffic)) return 'finished';
  if (runs.some(run => run.succeeded)) return 'unreported';
  return runs.some(({ trafficIs }) => trafficIs === 'unknown') ? 'unknown' : 'aborted';
};

const contradictionsOf = (
  runs: readonly Run[],
  { pullRequests }: Code,
  startedAt: number,
  { isOverlapping }: Ledger,
): readonly Contradiction[] => {
  const found: readonly (readonly [Contradiction, boolean])[] = [
    ['finished-before-started', runs.some(({ startedAt: start, endedAt }) => (endedAt ?? Infinity) < start!)],
    ['traffic-before-started', runs.some(({ startedAt: start, trafficAt }) => (trafficAt ?? Infinity) < start!)],
    ['overlapping-runs', runs.some(isOverlapping)],
    ['deployed-before-merged', pullRequests.some(({ mergedAt }) => Date.parse(mergedAt ?? '') > startedAt)],
  ];
  return found.filter(([, isSo]) => isSo).map(([contradiction]) => contradiction);
};
