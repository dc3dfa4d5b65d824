import { type Around, type Member, openSince } from '../figures/figure.ts';
import { type Check, checkOf, type Listed, onTime } from '../figures/quality.ts';
import { instant, type Period, within } from '../periods/period.ts';
import type { Known } from '../rows/known.ts';
import { finishOf } from '../rows/rollouts.ts';
import type { Contradiction, Rollout } from '../rows/rollout.ts';

export type Finished = Rollout & Readonly<{ finishedAt: number }>;

export const finishedIn = ({ rollouts }: Known, period: Period): readonly Finished[] =>
  rollouts.filter((rollout): rollout is Finished => within(period, rollout.finishedAt));

export const memberOf = ({ id, finishedAt, runs, changeId, failures }: Finished): Member => ({
  id,
  at: instant(finishedAt),
  deploymentIds: runs.map(run => run.id).sort(),
  ...(changeId !== undefined && { changeId }),
  ...(failures.length > 0 && { failures }),
});

/** What stands around a figure over rollouts: open ones, those counted apart, and what their facts leave in doubt. */
export const aroundRollouts = (known: Known, period: Period): Around => {
  const finished = finishedIn(known, period);
  const begun = known.rollouts.filter(({ startedAt }) => startedAt < period.to);
  const ended = begun.filter(({ runs }) => within(period, Math.max(...runs.map(finishOf))));
  const of = (state: Rollout['state']): readonly string[] => idsOf(ended.filter(each => each.state === state));
  return {
    open: begun.filter(({ state }) => state === 'open').map(({ id, startedAt }) => openSince(id, startedAt, period)),
    listed: [
      { reason: 'aborted-before-traffic', ids: of('aborted') },
      { reason: 'without-change', ids: idsOf(finished.filter(({ changeId }) => changeId === undefined)) },
    ],
    doubts: [
      { reason: 'succeeded-but-traffic-never-reported', ids: of('unreported') },
      { reason: 'failed-and-traffic-unknown', ids: of('unknown') },
      ...contradictionsOf(finished),
    ],
    checks: checksOf(finished),
  };
};

export const idsOf = (rows: readonly Readonly<{ id: string }>[]): readonly string[] => rows.map(({ id }) => id);

const CONTRADICTIONS: readonly Contradiction[] = [
  'finished-before-started',
  'traffic-before-started',
  'overlapping-runs',
  'deployed-before-merged',
];

const contradictionsOf = (rollouts: readonly Rollout[]): readonly Listed[] =>
  CONTRADICTIONS.map(reason => ({
    reason,
    ids: idsOf(rollouts.filter(({ contradictions }) => contradictions.includes(reason))),
  }));

const checksOf = (finished: readonly Finished[]): readonly Check[] => [
  checkOf('change-known', finished, ({ changeId }) => changeId !== undefined),
  checkOf('traffic-reported', finished, ({ runs }) => runs.every(({ trafficIs }) => trafficIs === 'told')),
  checkOf('without-contradiction', finished, ({ contradictions }) => contradictions.length === 0),
  onTime(finished),
];
