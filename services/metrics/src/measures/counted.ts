import { type Around, type Member, openSince } from '../figures/figure.ts';
import { type Check, checkOf, type Listed, onTime } from '../figures/quality.ts';
import { between, instant, type Period } from '../periods/period.ts';
import { type Known, oncePer, oncePerPeriod } from '../rows/known.ts';
import { finishOf } from '../rows/rollouts.ts';
import type { Contradiction, Rollout } from '../rows/rollout.ts';

export type Finished = Rollout & Readonly<{ finishedAt: number }>;

/** Rollouts in the order of time, so that a period takes out its own without going through all of them. */
const timeline = oncePer(({ rollouts }) => {
  const finished = rollouts.filter((rollout): rollout is Finished => rollout.finishedAt !== undefined);
  const ended = rollouts.map(rollout => ({ rollout, at: Math.max(...rollout.runs.map(finishOf)) }));
  return {
    finished: finished.map(rollout => ({ rollout, at: rollout.finishedAt })).sort(byTime),
    ended: ended.filter(({ at }) => Number.isFinite(at)).sort(byTime),
    open: rollouts.filter(({ state }) => state === 'open'),
    firstStart: rollouts.reduce((first, { startedAt }) => Math.min(first, startedAt), Number.POSITIVE_INFINITY),
  };
});

type Timed = Readonly<{ rollout: Rollout; at: number }>;

const byTime = (a: Timed, b: Timed): number => a.at - b.at || (a.rollout.id < b.rollout.id ? -1 : 1);

export const finishedIn = oncePerPeriod((known, period) =>
  between(timeline(known).finished, period).map(({ rollout }) => rollout),
);

/** Something of it had begun by the end of the period. */
export const isAnyKnown = (known: Known, { to }: Period): boolean => timeline(known).firstStart < to;

const members = new WeakMap<Finished, Member>();

export const memberOf = (rollout: Finished): Member => {
  const member = members.get(rollout) ?? asMember(rollout);
  members.set(rollout, member);
  return member;
};

const asMember = ({ id, finishedAt, runs, changeId, failures }: Finished): Member => ({
  id,
  at: instant(finishedAt),
  deploymentIds: runs.map(run => run.id).sort(),
  ...(changeId !== undefined && { changeId }),
  ...(failures.length > 0 && { failures }),
});

/** What stands around a figure over rollouts: open ones, those counted apart, and what their facts leave in doubt. */
export const aroundRollouts = oncePerPeriod((known, period): Around => {
  const finished = finishedIn(known, period);
  const isBegun = ({ startedAt }: Rollout): boolean => startedAt < period.to;
  const ended = between(timeline(known).ended, period)
    .map(({ rollout }) => rollout)
    .filter(isBegun);
  const of = (state: Rollout['state']): readonly string[] => idsOf(ended.filter(each => each.state === state));
  return {
    open: timeline(known)
      .open.filter(isBegun)
      .map(({ id, startedAt }) => openSince(id, startedAt, period)),
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
});

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
