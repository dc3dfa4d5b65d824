import { B, causedBy, incident, rollsOut, run } from './example.ts';
import type { Case } from './worked-case.example.ts';

const FAIL = 'change-fail-rate change-fail-rate';
const checkout = { serviceIds: ['checkout'] };

export const failureCases: readonly Case[] = [
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
];
