import { at, causedBy, incident, march, rollsOut, run, told } from './example.ts';
import type { Case } from './worked-case.example.ts';

const MTTR = 'mttr all';
const RELATED = 'mttr release-related';
const RESOLVE = 'time-to-resolve all';
const IMPACT = 'failed-deployment-recovery-time from-impact-start';
const FINISH = 'failed-deployment-recovery-time from-deployment-finish';

const lasting = (id: string, hours: number) =>
  incident(id, { detected: '2 00:00' }, [`2 ${String(hours).padStart(2, '0')}:00`, 'IncidentMitigated']);
const reopened = incident(
  'i1',
  { detected: '2 10:00' },
  ['2 11:00', 'IncidentMitigated'],
  ['2 12:00', 'IncidentResolved'],
  ['4 10:00', 'IncidentReopened'],
  ['4 10:30', 'IncidentResolved'],
);
const confirmed = ['2 14:00', 'CauseConfirmed', causedBy('d1')] as const;

export const incidentCases: readonly Case[] = [
  {
    case: 'no incident',
    because: 'Nothing was restored: not 0 minutes.',
    given: rollsOut('d1', {}, '2'),
    figure: MTTR,
    is: 'none, no-incident-restored',
  },
  {
    case: 'one incident',
    because: 'One value is its own median: 2 hours.',
    given: lasting('i1', 2),
    figure: MTTR,
    is: '120 min of 1',
  },
  {
    case: 'two incidents',
    because: 'Of 2 and 6 hours the median is 4.',
    given: [...lasting('i1', 2), ...lasting('i2', 6)],
    figure: MTTR,
    is: '240 min of 2',
  },
  {
    case: 'four incidents',
    because: 'Of 1, 2, 3 and 10 hours it lies between 2 and 3: the outlier does not move it.',
    given: [1, 2, 3, 10].flatMap(hours => lasting(`i${hours}`, hours)),
    figure: MTTR,
    is: '150 min of 4',
  },
  {
    case: 'mitigated, and resolved a day later',
    because: 'Restored, not resolved, ends an outage: 10:00 to 12:00.',
    given: incident('i1', { detected: '2 10:00' }, ['2 12:00', 'IncidentMitigated'], ['3 12:00', 'IncidentResolved']),
    figure: MTTR,
    is: '120 min of 1',
  },
  {
    case: 'mitigated, and resolved a day later: time to resolve',
    because: 'That is a series of its own: 10:00 to 12:00 of the next day.',
    given: incident('i1', { detected: '2 10:00' }, ['2 12:00', 'IncidentMitigated'], ['3 12:00', 'IncidentResolved']),
    figure: RESOLVE,
    is: '1560 min of 1',
  },
  {
    case: 'resolved without a word of mitigation',
    because: 'Mitigated, else resolved.',
    given: incident('i1', { detected: '2 10:00' }, ['2 13:00', 'IncidentResolved']),
    figure: MTTR,
    is: '180 min of 1',
  },
  {
    case: 'a reopened incident',
    because: '10:00 to 11:00 and 10:00 to 10:30: 90 minutes of impact, one incident.',
    given: reopened,
    figure: MTTR,
    is: '90 min of 1',
  },
  {
    case: 'a reopened incident, in the period of its first restoration',
    because: 'It counts by its last one, on the 4th: in exactly one period.',
    given: reopened,
    figure: MTTR,
    period: { ...march, to: Date.parse(at('3')), now: Date.parse(at('3')) },
    is: 'none, no-incident-restored',
  },
  {
    case: 'an incident that goes on',
    because: 'In no figure, and not dropped: it is open.',
    given: [...lasting('i1', 2), ...incident('i2', { detected: '31 22:00' })],
    figure: MTTR,
    is: '120 min of 1',
    shows: { open: ['i2'] },
  },
  {
    case: 'restored before it was detected',
    because: 'A negative duration is no duration: shown, not clipped to 0.',
    given: [...lasting('i1', 2), ...incident('i2', { detected: '2 10:00' }, ['2 09:00', 'IncidentMitigated'])],
    figure: MTTR,
    is: '120 min of 1',
    shows: { contradictory: ['i2'], 'negative-duration': ['i2'] },
  },
  {
    case: 'a false alarm',
    because: 'It was none: listed, not counted.',
    given: incident('i1', { detected: '2 10:00' }, ['2 11:00', 'IncidentMitigated'], ['2 12:00', 'IncidentCanceled']),
    figure: MTTR,
    is: 'none, no-incident-restored',
    shows: { 'duplicate-or-false-alarm': ['i1'] },
  },
  {
    case: 'a duplicate that was merged',
    because: 'One outage of 2 hours, told twice, counts once.',
    given: [
      ...lasting('i1', 2),
      ...incident('i2', { detected: '2 00:30' }, ['2 01:00', 'IncidentCanceled'], ['2 02:00', 'IncidentMitigated']),
    ],
    figure: MTTR,
    is: '120 min of 1',
  },
  {
    case: 'an incident long after the last deployment',
    because: 'Weeks later, not related by anybody: not release-related.',
    given: [...rollsOut('d1', {}, '2'), ...incident('i1', { detected: '30 10:00' }, ['30 11:00', 'IncidentMitigated'])],
    figure: RELATED,
    is: 'none, no-incident-restored',
  },
  {
    case: 'an incident long after the last deployment, of all',
    because: 'It is one all the same.',
    given: [...rollsOut('d1', {}, '2'), ...incident('i1', { detected: '30 10:00' }, ['30 11:00', 'IncidentMitigated'])],
    figure: MTTR,
    is: '60 min of 1',
  },
  {
    case: 'one incident with two causes, restored',
    because: 'One incident is one duration, however many causes it has.',
    given: incident(
      'i1',
      { detected: '2 13:00' },
      confirmed,
      ['2 14:10', 'CauseConfirmed', causedBy('d2', false)],
      ['2 15:00', 'IncidentMitigated'],
    ),
    figure: RELATED,
    is: '120 min of 1',
  },
  {
    case: 'impact before anybody noticed',
    because: 'Users were hit at 12:30, it was detected at 13:00, restored at 15:00: recovery is from 12:30.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...incident('i1', { detected: '2 13:00', impact: '2 12:30' }, confirmed, ['2 15:00', 'IncidentMitigated']),
    ],
    figure: IMPACT,
    is: '150 min of 1',
  },
  {
    case: 'the same, from the finish of the deployment',
    because: 'It finished at 12:00.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...incident('i1', { detected: '2 13:00', impact: '2 12:30' }, confirmed, ['2 15:00', 'IncidentMitigated']),
    ],
    figure: FINISH,
    is: '180 min of 1',
  },
  {
    case: 'a corrected start of the impact',
    because: 'Corrected to 14:00: one hour.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...incident(
        'i1',
        { detected: '2 13:00' },
        confirmed,
        ['2 15:00', 'IncidentMitigated'],
        ['3', 'ImpactStartCorrected', { impactStartedAt: at('2 14:00') }],
      ),
    ],
    figure: IMPACT,
    is: '60 min of 1',
  },
  {
    case: 'restored while the deployment still ran',
    because:
      'Users were back at 11:30, the run ended at 12:00: from its finish that is -30 minutes, which is no duration.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...incident('i1', { detected: '2 11:05' }, confirmed, ['2 11:30', 'IncidentMitigated']),
    ],
    figure: FINISH,
    is: 'none, no-incident-restored',
    shows: { contradictory: ['i1'] },
  },
  {
    case: 'a failed rollout without an incident',
    because: 'Nobody was told to have suffered: no recovery time, and listed.',
    given: run(
      'd1',
      {},
      ['2 10:00', 'DeploymentStarted'],
      ['2 10:05', 'TrafficTaken'],
      ['2 10:30', 'DeploymentFailed'],
    ),
    figure: IMPACT,
    is: 'none, no-incident-restored',
    shows: { 'failed-without-an-incident': ['change-c1'] },
  },
  {
    case: 'history that names a cause',
    because: 'The source names a deployment and nobody has judged it: release-related.',
    given: told('incident-i1', [
      '2 10:00',
      'IncidentImported',
      {
        serviceIds: ['checkout'],
        detectedAt: at('2 10:00'),
        mitigatedAt: at('2 11:00'),
        namedCauses: [{ kind: 'deployment', record: { system: 'github', key: '7', id: 'd1' } }],
      },
    ]),
    figure: RELATED,
    is: '60 min of 1',
    shows: { 'not cause-judged': ['i1'] },
  },
  {
    case: 'history that names a cause, which a person rejects',
    because: 'A person stands above what a source says.',
    given: told(
      'incident-i1',
      [
        '2 10:00',
        'IncidentImported',
        {
          serviceIds: ['checkout'],
          detectedAt: at('2 10:00'),
          mitigatedAt: at('2 11:00'),
          namedCauses: [{ kind: 'deployment', record: { system: 'github', key: '7', id: 'd1' } }],
        },
      ],
      ['3', 'CauseRejected', { deploymentId: 'd1' }],
    ),
    figure: RELATED,
    is: 'none, no-incident-restored',
  },
];
