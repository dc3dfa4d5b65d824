import { A, at, attached, B, causedBy, change, commit, incident, march, rollsOut, run, told } from './example.ts';
import type { Case } from './worked-case.example.ts';

const FAIL = 'change-fail-rate change-fail-rate';
const PER_DAY = 'deployment-frequency rollouts-per-day';
const DAYS = 'deployment-frequency share-of-days';
const LEAD = 'lead-time lead-time';
const REQUEST = 'lead-time from-first-commit';
const REWORK = 'rework-rate rework-rate';
const ROLLBACK = 'rollback-rate rollback-rate';

const checkout = { serviceIds: ['checkout'] };
const spanOf = (from: string, to: string, zone = 'UTC') => ({
  ...march,
  from: Date.parse(from),
  to: Date.parse(to),
  now: Date.parse(to),
  zone,
});
const april = spanOf('2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z');
const marchInBerlin = spanOf('2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z', 'Europe/Berlin');
const aprilInBerlin = spanOf('2026-03-31T22:00:00Z', '2026-04-30T22:00:00Z', 'Europe/Berlin');

/** Started, with traffic, and ended at this instant. */
const ranUntil = (id: string, change: string, end: string) =>
  run(id, { change }, [end, 'DeploymentStarted'], [end, 'TrafficTaken'], [end, 'DeploymentSucceeded']);
const failed = (id: string, request: Parameters<typeof run>[1], day: string) =>
  run(
    id,
    request,
    [`${day} 10:00`, 'DeploymentStarted'],
    [`${day} 10:05`, 'TrafficTaken'],
    [`${day} 10:30`, 'DeploymentFailed'],
  );
const undone = (cause: 'fault' | 'business') => ['3 09:00', 'DeploymentRolledBack', { cause }] as const;
const succeeded = [
  ['2 10:00', 'DeploymentStarted'],
  ['2 10:05', 'TrafficTaken'],
  ['2 10:30', 'DeploymentSucceeded'],
] as const;
const hotfix = { kind: 'hotfix', change: 'c2', digest: B } as const;
const confirmed = (recordId: string) => ['3 13:00', 'RemediationConfirmed', { record: 'incident', recordId }] as const;
const mends = (...said: Parameters<typeof run>[2][]) =>
  run(
    'd2',
    hotfix,
    ['3 10:00', 'DeploymentStarted'],
    ['3 11:00', 'TrafficTaken'],
    ['3 12:00', 'DeploymentSucceeded'],
    ...said,
  );
const imported = (id: string, data: object) =>
  told(`deployment-${id}`, [
    '2 12:00',
    'DeploymentImported',
    {
      kind: 'planned',
      serviceId: 'checkout',
      environmentId: 'frankfurt',
      production: true,
      digests: [],
      version: '2.3.6',
      commits: [],
      startedAt: at('2 10:00'),
      finishedAt: at('2 12:00'),
      recordedAt: at('20 09:00'),
      ...data,
    },
  ]);

export const deliveryCases: readonly Case[] = [
  {
    case: 'eighteen regions of one rollout',
    because: 'A rollout is all production deployments of one content under one change: 18 runs are 1.',
    given: Array.from({ length: 18 }, (_, n) => rollsOut(`d${n}`, { environment: `region-${n}` }, `${n + 2}`)).flat(),
    figure: PER_DAY,
    is: '1 in 31 days',
  },
  {
    case: 'the first deployment ever',
    because: 'Nothing was before it, and nothing needs to be.',
    given: rollsOut('d1', {}, '2'),
    figure: PER_DAY,
    is: '1 in 31 days',
  },
  {
    case: 'a service of which nothing is known',
    because: 'No data is not 0: nobody ever reported a run of it.',
    given: rollsOut('d1', { service: 'payments' }, '2'),
    figure: PER_DAY,
    scope: checkout,
    is: 'none, no-rollout-known',
  },
  {
    case: 'a month without a rollout, of a service that is known',
    because: 'Here 0 is what was counted: it ran in March, and nothing came in April.',
    given: rollsOut('d1', {}, '2'),
    figure: PER_DAY,
    period: april,
    is: '0 in 30 days',
  },
  {
    case: 'two rollouts on one day',
    because: 'Share of days counts days: the 2nd once, and the 9th, of 31.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...rollsOut('d2', { change: 'c2' }, '2'),
      ...rollsOut('d3', { change: 'c3' }, '9'),
    ],
    figure: DAYS,
    is: '2 of 31',
  },
  {
    case: 'a period that is not over',
    because: 'Asked on the 11th: ten days are behind us, the others have not been without a rollout yet.',
    given: rollsOut('d1', {}, '2'),
    figure: PER_DAY,
    period: { ...march, now: Date.parse(at('11')) },
    is: '1 in 10 days',
  },
  {
    case: 'a day of 23 hours',
    because: 'On 2026-03-29 Berlin goes from 02:00 to 03:00: 23:00Z to 22:00Z are 23 hours and one day.',
    given: ranUntil('d1', 'c1', '29 12:00'),
    figure: PER_DAY,
    period: spanOf('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 'Europe/Berlin'),
    is: '1 in 1 days',
  },
  {
    case: 'a day of 25 hours',
    because: 'On 2026-10-25 Berlin goes from 03:00 to 02:00: 22:00Z to 23:00Z are 25 hours and one day.',
    given: ranUntil('d1', 'c1', '2026-10-25T22:30:00Z'),
    figure: DAYS,
    period: spanOf('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'Europe/Berlin'),
    is: '1 of 1',
  },
  {
    case: 'half a day of 23 hours',
    because: '11.5 of the 23 hours of that day are half of it.',
    given: ranUntil('d1', 'c1', '29 05:00'),
    figure: PER_DAY,
    period: spanOf('2026-03-28T23:00:00Z', '2026-03-29T10:30:00Z', 'Europe/Berlin'),
    is: '1 in 0.5 days',
  },
  {
    case: 'the last half hour of a month, by UTC',
    because: '22:30Z on the 31st is still March.',
    given: ranUntil('d1', 'c1', '31 22:30'),
    figure: FAIL,
    is: '0 of 1',
  },
  {
    case: 'the same half hour, by Berlin in March',
    because: 'There it is 00:30 of the 1st of April: not in March.',
    given: ranUntil('d1', 'c1', '31 22:30'),
    figure: FAIL,
    period: marchInBerlin,
    is: 'none, no-rollout-finished',
  },
  {
    case: 'the same half hour, by Berlin in April',
    because: 'It is in exactly one month of each zone.',
    given: ranUntil('d1', 'c1', '31 22:30'),
    figure: FAIL,
    period: aprilInBerlin,
    is: '0 of 1',
  },
  {
    case: 'at the very end of a month',
    because: 'A period ends before its end: midnight is of the next one.',
    given: ranUntil('d1', 'c1', '2026-04-01T00:00:00Z'),
    figure: FAIL,
    period: april,
    is: '0 of 1',
  },
  {
    case: 'a zone with half an hour',
    because: '19:00Z on the 2nd is 00:30 on the 3rd in Kolkata (+05:30); with 10:00Z on the 2nd that are two days.',
    given: [...ranUntil('d1', 'c1', '2 10:00'), ...ranUntil('d2', 'c2', '2 19:00')],
    figure: DAYS,
    period: spanOf('2026-02-28T18:30:00Z', '2026-03-31T18:30:00Z', 'Asia/Kolkata'),
    is: '2 of 31',
  },
  {
    case: 'a run that never took traffic',
    because: 'It met no user: not finished, so neither in the rate nor forgotten.',
    given: run('d1', {}, ['2 10:00', 'DeploymentStarted'], ['2 10:30', 'DeploymentFailed']),
    figure: FAIL,
    is: 'none, no-rollout-finished',
    shows: { 'aborted-before-traffic': ['change-c1'] },
  },
  {
    case: 'a canceled run beside one that succeeded',
    because: 'Canceled before traffic it says nothing of the rollout, which finished by the other run.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...run('d2', { environment: 'paris' }, ['2 10:00', 'DeploymentStarted'], ['2 10:30', 'DeploymentCanceled']),
    ],
    figure: FAIL,
    is: '0 of 1',
  },
  {
    case: 'a run that was canceled before it started',
    because: 'It never began: there was no rollout.',
    given: run('d1', {}, ['2 10:30', 'DeploymentCanceled']),
    figure: PER_DAY,
    is: 'none, no-rollout-known',
  },
  {
    case: 'a canary that failed',
    because: 'It took a tenth of the traffic: users met it, so it is finished, and failed.',
    given: run(
      'd1',
      {},
      ['2 10:00', 'DeploymentStarted'],
      ['2 10:05', 'TrafficTaken', { percent: 10 }],
      ['2 10:30', 'DeploymentFailed'],
    ),
    figure: FAIL,
    is: '1 of 1',
  },
  {
    case: 'a failed run fixed forward without an incident',
    because: 'A run with traffic ended Failed; that the retry succeeded does not undo it.',
    given: [...failed('d1', {}, '2'), ...rollsOut('d2', {}, '3')],
    figure: FAIL,
    is: '1 of 1',
  },
  {
    case: 'a failed run fixed forward by another change',
    because: 'Two rollouts, of which the first failed.',
    given: [...failed('d1', {}, '2'), ...rollsOut('d2', { change: 'c2', digest: B }, '3')],
    figure: FAIL,
    is: '1 of 2',
  },
  {
    case: 'a deployment with no earlier success',
    because: 'Its first run failed with users on it: 1 of 1, not a division by nothing.',
    given: failed('d1', {}, '2'),
    figure: FAIL,
    is: '1 of 1',
  },
  {
    case: 'a rollback for business reasons',
    because: 'Nothing was wrong with it: listed, not failed.',
    given: run('d1', {}, ...succeeded, undone('business')),
    figure: FAIL,
    is: '0 of 1',
    shows: { 'rolled-back-for-business': ['change-c1'] },
  },
  {
    case: 'a rollback for business reasons, in the rollback rate',
    because: 'That rate counts rollbacks for whichever reason.',
    given: [...run('d1', {}, ...succeeded, undone('business')), ...rollsOut('d2', { change: 'c2' }, '4')],
    figure: ROLLBACK,
    is: '1 of 2',
    shows: { 'rolled-back': ['change-c1'] },
  },
  {
    case: 'a rollback for a fault',
    because: 'Rolled back for a fault is failed; the rollback itself is no rollout.',
    given: [
      ...run('d1', {}, ...succeeded, undone('fault')),
      ...rollsOut('d2', { kind: 'rollback', undoes: 'd1' }, '3'),
    ],
    figure: FAIL,
    is: '1 of 1',
  },
  {
    case: 'a rollback of a rollback',
    because: 'd2 undid d1, and d3 undid d2: one rollout, rolled back, whatever became of its rollback.',
    given: [
      ...run('d1', {}, ...succeeded, undone('fault')),
      ...run('d2', { kind: 'rollback', undoes: 'd1' }, ...succeeded, undone('fault')),
      ...rollsOut('d3', { kind: 'rollback', undoes: 'd2' }, '4'),
    ],
    figure: ROLLBACK,
    is: '1 of 1',
  },
  {
    case: 'a redeployment of what is live',
    because: 'A scale-out is no rollout.',
    given: [...rollsOut('d1', {}, '2'), ...rollsOut('d2', { kind: 'redeploy' }, '3')],
    figure: FAIL,
    is: '0 of 1',
  },
  {
    case: 'a kind that was corrected',
    because: 'Called planned, it was a rollback: from its request on it is no rollout.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...run('d2', { change: 'c2' }, ...succeeded, [
        '4',
        'DeploymentKindCorrected',
        { kind: 'rollback', undoes: 'd1' },
      ]),
    ],
    figure: FAIL,
    is: '0 of 1',
  },
  {
    case: 'two services under one change, one of them',
    because: 'Multi-service content counts once for each service.',
    given: [...rollsOut('d1', {}, '2'), ...rollsOut('d2', { service: 'payments', digest: B }, '3')],
    figure: FAIL,
    scope: checkout,
    is: '0 of 1',
  },
  {
    case: 'two services under one change, in a blend',
    because: 'And once in a blend, not twice.',
    given: [...rollsOut('d1', {}, '2'), ...rollsOut('d2', { service: 'payments', digest: B }, '3')],
    figure: FAIL,
    is: '0 of 1',
  },
  {
    case: 'several incidents on one deployment',
    because: 'Counted once, whatever the number of incidents: never above 1.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...incident('i1', { detected: '2 13:00' }, ['2 14:00', 'CauseConfirmed', causedBy('d1')]),
      ...incident('i2', { detected: '2 15:00' }, ['2 16:00', 'CauseConfirmed', causedBy('d1')]),
    ],
    figure: FAIL,
    is: '1 of 1',
  },
  {
    case: 'one incident with several causes',
    because: 'Each confirmed cause failed: two of three.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...rollsOut('d2', { change: 'c2' }, '3'),
      ...rollsOut('d3', { change: 'c3' }, '4'),
      ...incident(
        'i1',
        { detected: '4 13:00' },
        ['4 14:00', 'CauseConfirmed', causedBy('d1')],
        ['4 15:00', 'CauseConfirmed', causedBy('d2', false)],
      ),
    ],
    figure: FAIL,
    is: '2 of 3',
  },
  {
    case: 'an incident between two runs, with a verdict',
    because: 'The first one is the cause, though the second one is nearer to the resolution.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...rollsOut('d2', { change: 'c2' }, '4'),
      ...incident('i1', { detected: '3 13:00' }, ['5 14:00', 'CauseConfirmed', causedBy('d1')]),
    ],
    figure: FAIL,
    is: '1 of 2',
  },
  {
    case: 'an incident between two runs, without a verdict',
    because: 'Nothing is blamed on whatever was deployed last.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...rollsOut('d2', { change: 'c2' }, '4'),
      ...incident('i1', { detected: '3 13:00' }),
    ],
    figure: FAIL,
    is: '0 of 2',
  },
  {
    case: 'a cause that was rejected afterwards',
    because: 'The last verdict counts.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...incident(
        'i1',
        { detected: '2 13:00' },
        ['2 14:00', 'CauseConfirmed', causedBy('d1')],
        ['9', 'CauseRejected', { deploymentId: 'd1' }],
      ),
    ],
    figure: FAIL,
    is: '0 of 1',
  },
  {
    case: 'runs that overlap on one target',
    because: 'Two at a time on a target cannot be: counted, and in doubt.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...run(
        'd2',
        { change: 'c2' },
        ['2 11:00', 'DeploymentStarted'],
        ['2 11:10', 'TrafficTaken'],
        ['2 13:00', 'DeploymentSucceeded'],
      ),
    ],
    figure: FAIL,
    is: '0 of 2',
    shows: { 'overlapping-runs': ['change-c1', 'change-c2'] },
  },
  {
    case: 'finished before it started',
    because: 'Its clock was wrong: counted by its finish, and in doubt.',
    given: run(
      'd1',
      {},
      ['2 10:00', 'DeploymentStarted'],
      ['2 09:00', 'TrafficTaken'],
      ['2 09:30', 'DeploymentSucceeded'],
    ),
    figure: FAIL,
    is: '0 of 1',
    shows: { 'finished-before-started': ['change-c1'], 'traffic-before-started': ['change-c1'] },
  },
  {
    case: 'a hotfix of which nobody said what it mends',
    because: 'A rule may propose; only people confirm.',
    given: [...rollsOut('d1', {}, '2'), ...mends(), ...incident('i1', { detected: '2 13:00' })],
    figure: REWORK,
    is: '0 of 2',
    shows: { 'hotfix-not-confirmed': ['change-c2'] },
  },
  {
    case: 'a hotfix that mends an incident, confirmed',
    because: 'One of two planned and hotfix rollouts is rework.',
    given: [...rollsOut('d1', {}, '2'), ...mends(confirmed('i1'))],
    figure: REWORK,
    is: '1 of 2',
    shows: { rework: ['change-c2'] },
  },
  {
    case: 'a hotfix that names what it mends',
    because: 'The request says so; what it mends has failed, too (next case).',
    given: [...rollsOut('d1', {}, '2'), ...rollsOut('d2', { ...hotfix, undoes: 'd1' }, '3')],
    figure: REWORK,
    is: '1 of 2',
  },
  {
    case: 'a rollout that a hotfix mends',
    because: 'Remediated by a hotfix is failed; the hotfix is a rollout of its own.',
    given: [...rollsOut('d1', {}, '2'), ...rollsOut('d2', { ...hotfix, undoes: 'd1' }, '3')],
    figure: FAIL,
    is: '1 of 2',
  },
  {
    case: 'a hotfix whose remediation was rejected',
    because: 'A person says that it does not mend what its request names.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...run('d2', { ...hotfix, undoes: 'd1' }, ...succeeded, [
        '4',
        'RemediationRejected',
        { record: 'deployment', recordId: 'd1' },
      ]),
    ],
    figure: REWORK,
    is: '0 of 2',
  },
  {
    case: 'a hotfix whose change mends an incident',
    because: 'A person linked the incident to the change that it was made under.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...mends(),
      ...change('c2', {}, ['3', 'RelatedRecordLinked', { record: 'incident', recordId: 'i1', relation: 'remediates' }]),
    ],
    figure: REWORK,
    is: '1 of 2',
  },
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
  {
    case: 'history without a word of traffic, a success',
    because: 'Success stands for traffic, and the check says that it was not reported.',
    given: imported('d1', { outcome: 'succeeded' }),
    figure: FAIL,
    is: '0 of 1',
    shows: { 'not traffic-reported': ['no-change/service-checkout/2.3.6'] },
    scope: checkout,
  },
  {
    case: 'history without a word of traffic, a failure',
    because: 'Whether users met it is not known: neither failed nor aborted.',
    given: imported('d1', { outcome: 'failed' }),
    figure: FAIL,
    is: 'none, no-rollout-finished',
    shows: { 'failed-and-traffic-unknown': ['2.3.6'] },
  },
  {
    case: 'history that was corrected by another import',
    because: 'The last one counts, in whole: it was rolled back for a fault.',
    given: [
      ...imported('d1', { outcome: 'succeeded' }),
      ...imported('d1', { outcome: 'rolled-back', rolledBackFor: 'fault' }).map(fact => ({ ...fact, version: 2 })),
    ],
    figure: FAIL,
    is: '1 of 1',
  },
];
