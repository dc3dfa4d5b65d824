import { instant, type Listed, type Member, type Open, openSince, type Period, within } from './figure.ts';
import type { Known } from './known.ts';
import { finishOf, type Rollout } from './rollouts.ts';

type Finished = Rollout & Readonly<{ finishedAt: number }>;

export const finishedIn = ({ rollouts }: Known, period: Period): readonly Finished[] =>
  rollouts.filter((rollout): rollout is Finished => within(period, rollout.finishedAt));

export const memberOf = ({ id, finishedAt, runs, changeId, failures }: Finished): Member => ({
  id,
  at: instant(finishedAt),
  deploymentIds: runs.map(run => run.id).sort(),
  ...(changeId !== undefined && { changeId }),
  ...(failures.length > 0 && { failures }),
});

/** Beside the finished ones: those that go on, those aborted before traffic, and those whose traffic nobody reported. */
export const notFinished = (
  { rollouts }: Known,
  period: Period,
): Readonly<{ open: readonly Open[]; listed: readonly Listed[]; doubts: readonly Listed[] }> => {
  const begun = rollouts.filter(({ startedAt }) => startedAt < period.to);
  const ended = begun.filter(({ runs }) => within(period, Math.max(...runs.map(finishOf))));
  const ids = (state: Rollout['state'], of: readonly Rollout[]): readonly string[] =>
    of.filter(each => each.state === state).map(({ id }) => id);
  const unchanged = rollouts.filter(rollout => within(period, rollout.finishedAt) && rollout.changeId === undefined);
  return {
    open: begun.filter(({ state }) => state === 'open').map(({ id, startedAt }) => openSince(id, startedAt, period)),
    listed: [
      { reason: 'aborted-before-traffic', ids: ids('aborted', ended) },
      { reason: 'without-change', ids: unchanged.map(({ id }) => id) },
    ],
    doubts: [{ reason: 'succeeded-but-traffic-never-reported', ids: ids('unreported', ended) }],
  };
};
