import { B, rollsOut, run } from './example.ts';
import type { Case } from './worked-case.example.ts';

const FAIL = 'change-fail-rate change-fail-rate';
const PER_DAY = 'deployment-frequency rollouts-per-day';
const ROLLBACK = 'rollback-rate rollback-rate';
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

export const rolloutCases: readonly Case[] = [
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
];
