import { finishedIn } from './counted.ts';
import type { Definition } from './definition.ts';
import { durations, instant, type Period, within } from './figure.ts';
import { artifactKey, type Attached, type Known } from './known.ts';
import type { Rollout } from './rollouts.ts';
import type { Run } from './runs.ts';

/**
 * Per commit: committed to the finish of its first finished production rollout.
 * Source: DORA (lead time for changes), per commit instead of per deployment.
 */
export const leadTime: Definition = {
  measure: 'lead-time',
  version: 'first/1',
  title: 'Lead time for changes',
  text:
    'Per commit: from the instant it was committed to the finish of the first finished production rollout whose content holds it, in the period of that finish. ' +
    'The commits of a content are those of the artifacts of its release with the same digest. Rollbacks and redeployments are no rollouts. ' +
    'Without a service it is a blend: a commit counts once over all services.',
  source: 'DORA: lead time for changes',
  series: { 'lead-time': 'committed to in production' },
  figures: (known, period) => {
    const carriers = known.rollouts
      .flatMap(rollout => (rollout.finishedAt === undefined ? [] : carriedBy(known, rollout, rollout.finishedAt)))
      .sort((a, b) => a.at - b.at || (a.rollout.id < b.rollout.id ? -1 : 1));
    const first = new Map<string, Carried>();
    for (const carried of carriers) if (!first.has(carried.id)) first.set(carried.id, carried);
    const counted = [...first.values()].filter(({ at }) => within(period, at));
    return [durations('lead-time', counted.map(memberOf), { doubts: doubtsOf(known, period, counted) })];
  },
};

type Carried = Readonly<{ id: string; committedAt: number; at: number; rollout: Rollout }>;

const carriedBy = (known: Known, rollout: Rollout, at: number): readonly Carried[] =>
  rollout.runs
    .flatMap(run => artifactsOf(known, run))
    .flatMap(({ serviceId, repository, commits }) =>
      commits.map(({ sha, committedAt }) => ({
        id: known.unit === 'blend' ? `${repository}@${sha}` : `${serviceId}/${repository}@${sha}`,
        committedAt: Date.parse(committedAt),
        at,
        rollout,
      })),
    );

/** Of the run's own release; when that says nothing of them, of any release that attached the same bits. */
const artifactsOf = ({ artifacts }: Known, { serviceId, digests, releaseId }: Run): readonly Attached[] => {
  const same = digests.flatMap(digest => artifacts.get(artifactKey(serviceId, digest)) ?? []);
  const own = same.filter(artifact => artifact.releaseId === releaseId);
  return own.length > 0 ? own : same;
};

const memberOf = ({ id, committedAt, at, rollout }: Carried) => ({
  id,
  at: instant(at),
  seconds: Math.max(0, at - committedAt) / 1000,
  deploymentIds: rollout.runs.map(run => run.id).sort(),
});

const doubtsOf = (known: Known, period: Period, counted: readonly Carried[]) => [
  {
    reason: 'rollout-without-known-commits',
    ids: finishedIn(known, period)
      .filter(rollout =>
        rollout.runs.every(run => artifactsOf(known, run).every(artifact => artifact.commits.length === 0)),
      )
      .map(({ id }) => id),
  },
  {
    reason: 'committed-after-its-rollout',
    ids: counted.filter(({ committedAt, at }) => committedAt > at).map(({ id }) => id),
  },
];
