import { type Check, checkOf } from '../figures/quality.ts';
import { durations, type Timed } from '../figures/figure.ts';
import { instant, type Period, within } from '../periods/period.ts';
import { type Known, oncePer } from '../rows/known.ts';
import { aroundRollouts, type Finished, finishedIn, idsOf } from './counted.ts';
import type { Definition } from './definition.ts';

/**
 * Per commit: committed to the finish of its first finished production rollout.
 * Source: DORA (lead time for changes), per commit instead of per deployment.
 */
export const leadTime: Definition = {
  measure: 'lead-time',
  version: 'first/2',
  title: 'Lead time for changes',
  text:
    'Per commit: from the instant it was committed to the finish of the first finished production rollout whose content holds it, in the period of that finish. ' +
    'Beside it, per pull request: from its first commit, as it was before it was squashed, until it is running, which is the same finish. ' +
    'The commits of a content are those of the artifacts of its release with the same digest, or what an import says. A commit after the rollout that brings it is ' +
    'listed and not counted. Rollbacks and redeployments are no rollouts. Over several services it is a blend: a commit counts once over all of them.',
  source: 'DORA: lead time for changes',
  series: {
    'lead-time': 'committed to in production',
    'from-first-commit': 'first commit of the pull request to running',
  },
  earlier: [
    {
      version: 'first/1',
      difference: 'A commit after its rollout counted as 0 seconds; pull requests were not there.',
    },
  ],
  figures: (known, period) => {
    const finished = finishedIn(known, period);
    const around = aroundRollouts(known, period);
    const checks = [...(around.checks ?? []), commitsKnown(finished)];
    const doubts = [...(around.doubts ?? []), { reason: 'rollout-without-known-commits', ids: checks.at(-1)!.missing }];
    const unmerged = { ...around, doubts, checks };
    return [
      durations('lead-time', commitRows(known).filter(isIn(period)).map(timed), 'no-commit-in-production', unmerged),
      durations(
        'from-first-commit',
        pullRequestRows(known).filter(isIn(period)).map(timed),
        'no-pull-request-in-production',
        {
          ...around,
          checks: [...(around.checks ?? []), pullRequestsKnown(finished)],
        },
      ),
    ];
  },
};

/** A commit or a pull request, and the first finished rollout that brought it: of all rollouts whose content holds it. */
export type Delivered = Readonly<{ id: string; since: number; at: number; rollout: Finished }>;

export const commitRows = oncePer((known: Known): readonly Delivered[] =>
  firstOf(known, ({ code }) =>
    code.commits.map(({ sha, committedAt }) => ({ id: sha, since: Date.parse(committedAt) })),
  ),
);

export const pullRequestRows = oncePer((known: Known): readonly Delivered[] =>
  firstOf(known, ({ code }) =>
    code.pullRequests.flatMap(({ key, firstCommitAt }) =>
      firstCommitAt === undefined ? [] : [{ id: key, since: Date.parse(firstCommitAt) }],
    ),
  ),
);

type Brought = Readonly<{ id: string; since: number }>;

const firstOf = ({ rollouts }: Known, brought: (rollout: Finished) => readonly Brought[]): readonly Delivered[] => {
  const finished = rollouts
    .filter((rollout): rollout is Finished => rollout.finishedAt !== undefined)
    .sort((a, b) => a.finishedAt - b.finishedAt || (a.id < b.id ? -1 : 1));
  const first = new Map<string, Delivered>();
  for (const rollout of finished)
    for (const { id, since } of brought(rollout))
      if (!first.has(id)) first.set(id, { id, since, at: rollout.finishedAt, rollout });
  return [...first.values()];
};

const isIn =
  (period: Period) =>
  ({ at }: Delivered): boolean =>
    within(period, at);

const timed = ({ id, since, at, rollout }: Delivered): Timed => ({
  id,
  at: instant(at),
  seconds: (at - since) / 1000,
  deploymentIds: idsOf(rollout.runs).toSorted(),
});

const commitsKnown = (finished: readonly Finished[]): Check =>
  checkOf('commits-known', finished, ({ code }) => code.commits.length > 0);

const pullRequestsKnown = (finished: readonly Finished[]): Check =>
  checkOf('first-commits-known', finished, ({ code }) =>
    code.pullRequests.some(({ firstCommitAt }) => firstCommitAt !== undefined),
  );
