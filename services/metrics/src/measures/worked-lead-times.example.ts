import { A, at, attached, B, commit, rollsOut } from './example.ts';
import type { Case } from './worked-case.example.ts';

const LEAD = 'lead-time lead-time';
const REQUEST = 'lead-time from-first-commit';

export const leadTimeCases: readonly Case[] = [
  {
    case: 'a deployment of three commits',
    because: 'Committed 3, 2 and 1 hours before 12:00: the median is 2.',
    given: [
      ...attached('r1', A, { commits: [commit('x', '2 09:00'), commit('y', '2 10:00'), commit('z', '2 11:00')] }),
      ...rollsOut('d1', {}, '2'),
    ],
    figure: LEAD,
    is: '120 min of 3',
  },
  {
    case: 'two commits',
    because: 'Of two, the median is their mean: (3 + 1) ÷ 2 hours.',
    given: [
      ...attached('r1', A, { commits: [commit('x', '2 09:00'), commit('z', '2 11:00')] }),
      ...rollsOut('d1', {}, '2'),
    ],
    figure: LEAD,
    is: '120 min of 2',
  },
  {
    case: 'a commit that is in two rollouts',
    because: 'It was in production since the first one; only the new one of the second counts there: 3 h and 2 h.',
    given: [
      ...attached('r1', A, { commits: [commit('x', '2 09:00')] }),
      ...attached('r2', B, { commits: [commit('x', '2 09:00'), commit('y', '4 10:00')] }),
      ...rollsOut('d1', {}, '2'),
      ...rollsOut('d2', { change: 'c2', digest: B }, '4'),
    ],
    figure: LEAD,
    is: '150 min of 2',
  },
  {
    case: 'a squash merge, per commit',
    because: 'What is on the main branch was committed by the merge, 3 hours before.',
    given: [
      ...attached('r1', A, {
        commits: [commit('squash', '2 09:00')],
        pullRequests: [{ key: '7', firstCommitAt: at('1 09:00'), mergedAt: at('2 09:00') }],
      }),
      ...rollsOut('d1', {}, '2'),
    ],
    figure: LEAD,
    is: '180 min of 1',
  },
  {
    case: 'a squash merge, per pull request',
    because: 'Its first commit was a day earlier: 24 + 3 hours.',
    given: [
      ...attached('r1', A, {
        commits: [commit('squash', '2 09:00')],
        pullRequests: [{ key: '7', firstCommitAt: at('1 09:00'), mergedAt: at('2 09:00') }],
      }),
      ...rollsOut('d1', {}, '2'),
    ],
    figure: REQUEST,
    is: '1620 min of 1',
  },
  {
    case: 'deployed before it was merged',
    because: 'Started at 10:00, merged at 11:00: counted, and in doubt.',
    given: [
      ...attached('r1', A, { pullRequests: [{ key: '7', firstCommitAt: at('2 09:00'), mergedAt: at('2 11:00') }] }),
      ...rollsOut('d1', {}, '2'),
    ],
    figure: REQUEST,
    is: '180 min of 1',
    shows: { 'deployed-before-merged': ['change-c1'] },
  },
  {
    case: 'a commit after its rollout',
    because: 'A negative duration is no duration: shown with what it would add, in no figure.',
    given: [...attached('r1', A, { commits: [commit('x', '3'), commit('y', '2 11:00')] }), ...rollsOut('d1', {}, '2')],
    figure: LEAD,
    is: '60 min of 1',
    shows: { contradictory: ['x'] },
  },
  {
    case: 'a rollout without known commits',
    because: 'No lead time can be said, which is not 0.',
    given: rollsOut('d1', {}, '2'),
    figure: LEAD,
    is: 'none, no-commit-in-production',
    shows: { 'rollout-without-known-commits': ['change-c1'] },
  },
];
