import type { Figure } from '../figures/figure.ts';
import { type Period, within } from '../periods/period.ts';
import { causesOf } from '../rows/incidents.ts';
import type { Incident } from '../rows/incident.ts';
import { impactOf, restoredAt } from '../rows/intervals.ts';
import { type Known, oncePer } from '../rows/known.ts';
import { finishOf } from '../rows/rollouts.ts';
import type { Run } from '../rows/run.ts';
import { finishedIn, idsOf } from './counted.ts';
import type { Definition } from './definition.ts';
import { figureOf } from './restoration.ts';

/**
 * Impact start to restored, of the incidents that a production rollout caused.
 * Source: DORA 2023 and later (failed deployment recovery time).
 */
export const recoveryTime: Definition = {
  measure: 'failed-deployment-recovery-time',
  version: 'first/2',
  title: 'Failed deployment recovery time',
  text:
    'Of each incident of which a deployment of a production rollout is a cause: from the start of its impact until the service was restored ' +
    '(mitigated, else resolved), and in a second series from the finish of that deployment (the primary cause; else the one that finished first). ' +
    'A reopened incident counts the sum of its impact intervals, once. In the period of its (last) restoration; open ones are listed with their age. ' +
    'One that was restored before that is listed, not counted.',
  source: 'DORA: failed deployment recovery time',
  series: {
    'from-impact-start': 'impact start to restored',
    'from-deployment-finish': 'finish of the deployment to restored',
  },
  earlier: [{ version: 'first/1', difference: 'One that ended before it began counted as 0 seconds.' }],
  figures: (known, period) => {
    const failed = causedByDeployment(known);
    return [fromImpact(known, failed, period), fromFinish(failed, period)];
  },
};

/** An incident, and the finish of the deployment that is its first cause. */
type Caused = Readonly<{ incident: Incident; finishedAt?: number }>;

const causedByDeployment = oncePer(({ rollouts, incidents }: Known): readonly Caused[] => {
  const runs = new Map(rollouts.flatMap(rollout => rollout.runs.map(run => [run.id, run] as const)));
  return incidents.flatMap(incident => {
    const causes = causesOf(incident).flatMap(({ kind, deploymentId, primary }) =>
      kind === 'deployment' && runs.has(deploymentId ?? '') ? [{ run: runs.get(deploymentId!)!, primary }] : [],
    );
    if (causes.length === 0) return [];
    const considered = causes.some(({ primary }) => primary) ? causes.filter(({ primary }) => primary) : causes;
    const finishes = considered
      .map(({ run }) => run)
      .filter(hasEnded)
      .map(finishOf);
    return [{ incident, ...(finishes.length > 0 && { finishedAt: Math.min(...finishes) }) }];
  });
});

const hasEnded = ({ endedAt }: Run): boolean => endedAt !== undefined;

const fromImpact = (known: Known, failed: readonly Caused[], period: Period): Figure => {
  const incidents = failed.map(({ incident }) => incident);
  const figure = figureOf('from-impact-start', incidents, period, {
    end: restoredAt,
    since: ({ impactStartedAt }) => impactStartedAt,
    milliseconds: incident => impactOf(incident, incident.impactStartedAt),
    none: 'no-incident-restored',
  });
  const without = finishedIn(known, period).filter(
    ({ failures }) => failures.length > 0 && !failures.some(({ reason }) => reason === 'confirmed-cause'),
  );
  if (without.length === 0) return figure;
  return { ...figure, listed: [...figure.listed, { reason: 'failed-without-an-incident', ids: idsOf(without) }] };
};

const fromFinish = (failed: readonly Caused[], period: Period): Figure => {
  const finishes = new Map(failed.map(({ incident, finishedAt }) => [incident.id, finishedAt]));
  const unfinished = failed.filter(
    ({ finishedAt, incident }) => finishedAt === undefined && within(period, restoredAt(incident)),
  );
  const since = ({ id }: Incident): number => finishes.get(id)!;
  return figureOf(
    'from-deployment-finish',
    failed.filter(({ finishedAt }) => finishedAt !== undefined).map(({ incident }) => incident),
    period,
    {
      end: restoredAt,
      since,
      milliseconds: incident => impactOf(incident, since(incident)),
      none: 'no-incident-restored',
    },
    [{ reason: 'deployment-not-finished', ids: unfinished.map(({ incident }) => incident.id) }],
  );
};
