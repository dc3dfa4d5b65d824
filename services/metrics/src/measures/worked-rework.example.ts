import { B, change, incident, rollsOut, run } from './example.ts';
import type { Case } from './worked-case.example.ts';

const FAIL = 'change-fail-rate change-fail-rate';
const REWORK = 'rework-rate rework-rate';
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

export const reworkCases: readonly Case[] = [
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
];
