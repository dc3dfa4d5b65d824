import { at, causedBy, figuresOf, incident, march, rollsOut, run, told } from './example.ts';
import type { Fact } from '../facts/facts.ts';

const HOUR = 3600;
const mttr = (facts: readonly Fact[], scope = {}) => figuresOf('mttr', facts, scope);
const recovery = (facts: readonly Fact[], scope = {}) => figuresOf('failed-deployment-recovery-time', facts, scope);
const seconds = (figure: { population: readonly { id: string; seconds?: number }[] } | undefined) =>
  Object.fromEntries((figure?.population ?? []).map(member => [member.id, member.seconds]));

describe('time to restore', () => {
  test('is from detection to mitigated', () => {
    const facts = incident(
      'i1',
      { detected: '2 10:00', impact: '2 09:00' },
      ['2 12:00', 'IncidentMitigated'],
      ['3 10:00', 'IncidentResolved'],
    );
    expect(seconds(mttr(facts)['all'])).toEqual({ i1: 2 * HOUR });
    expect(mttr(facts)['all']?.population[0]?.at).toBe(at('2 12:00'));
  });

  test('is to resolved when nobody said mitigated', () => {
    expect(seconds(mttr(incident('i1', { detected: '2 10:00' }, ['2 13:00', 'IncidentResolved']))['all'])).toEqual({
      i1: 3 * HOUR,
    });
  });

  test('of a reopened incident is the sum of its impact intervals, once, by its last restoration', () => {
    const facts = incident(
      'i1',
      { detected: '2 10:00' },
      ['2 11:00', 'IncidentMitigated'],
      ['2 12:00', 'IncidentResolved'],
      ['4 10:00', 'IncidentReopened'],
      ['4 10:30', 'IncidentResolved'],
    );
    expect(mttr(facts)['all']).toMatchObject({
      denominator: 1,
      numerator: 1.5 * HOUR,
      population: [{ at: at('4 10:30') }],
    });
  });

  test('is from the alert that began first, whichever came first', () => {
    const facts = incident(
      'i1',
      { detected: '2 10:30' },
      ['2 10:31', 'EarlierAlertFound', { detectedAt: at('2 10:00'), impactStartedAt: at('2 10:00') }],
      ['2 11:00', 'IncidentMitigated'],
    );
    expect(seconds(mttr(facts)['all'])).toEqual({ i1: HOUR });
  });

  test('counts an interval as it was corrected', () => {
    const facts = incident(
      'i1',
      { detected: '2 10:00' },
      ['2 11:00', 'IncidentMitigated'],
      ['4 10:00', 'IncidentReopened'],
      ['4 10:30', 'IncidentResolved'],
      ['5 09:00', 'ImpactIntervalCorrected', { interval: 2, startedAt: at('4 10:00'), endedAt: at('4 12:00') }],
    );
    expect(mttr(facts)['all']).toMatchObject({ numerator: 3 * HOUR, population: [{ at: at('4 12:00') }] });
  });

  test('is not of a release whose cause was taken back', () => {
    const facts = incident(
      'i1',
      { detected: '2 10:00' },
      ['2 10:30', 'CauseConfirmed', { kind: 'change', changeId: 'c1', primary: true }],
      ['2 11:00', 'IncidentMitigated'],
      ['3 10:00', 'CauseWithdrawn', { kind: 'change', changeId: 'c1' }],
    );
    expect([mttr(facts)['all']?.denominator, mttr(facts)['release-related']?.denominator]).toEqual([1, 0]);
  });

  test('knows the release-related ones and all', () => {
    const restored = ['2 11:00', 'IncidentMitigated'] as const;
    const facts = [
      ...incident('deployment', { detected: '2 10:00' }, ['2 10:30', 'CauseConfirmed', causedBy('d1')], restored),
      ...incident(
        'change',
        { detected: '2 10:00' },
        ['2 10:30', 'CauseConfirmed', { kind: 'change', changeId: 'c1', primary: true }],
        restored,
      ),
      ...incident(
        'external',
        { detected: '2 10:00' },
        ['2 10:30', 'CauseConfirmed', { kind: 'external', primary: true }],
        restored,
      ),
      ...incident('nobody-knows', { detected: '2 10:00' }, restored),
    ];
    expect(Object.keys(seconds(mttr(facts)['release-related'])).sort()).toEqual(['change', 'deployment']);
    expect(mttr(facts)['all']?.denominator).toBe(4);
  });

  test('lists the open ones with their age, and never drops them', () => {
    const facts = [
      ...incident('i1', { detected: '31 22:00' }),
      ...incident('i2', { detected: '2 10:00' }, ['2 11:00', 'IncidentMitigated'], ['31 23:00', 'IncidentReopened']),
    ];
    expect(mttr(facts)['all']).toMatchObject({
      value: null,
      open: [
        { id: 'i2', since: at('2 10:00') },
        { id: 'i1', ageSeconds: 2 * HOUR },
      ],
    });
  });

  test('counts by the period of restoration', () => {
    const facts = incident('i1', { detected: '2 10:00' }, ['9 10:00', 'IncidentMitigated']);
    const before = { ...march, to: Date.parse(at('9 10:00')) };
    expect(figuresOf('mttr', facts, {}, before)['all']?.denominator).toBe(0);
    expect(figuresOf('mttr', facts, {}, { ...march, from: before.to })['all']?.denominator).toBe(1);
  });

  test('leaves out duplicates and false alarms, and says so', () => {
    const facts = incident(
      'i1',
      { detected: '2 10:00' },
      ['2 11:00', 'IncidentMitigated'],
      ['2 12:00', 'IncidentCanceled'],
    );
    expect(mttr(facts)['all']).toMatchObject({
      value: null,
      listed: [{ reason: 'duplicate-or-false-alarm', ids: ['i1'] }],
    });
  });

  test('is of the service, and of production', () => {
    const restored = ['2 11:00', 'IncidentMitigated'] as const;
    const facts = [
      ...told('environment-staging', ['1', 'EnvironmentRegistered', { name: 'staging', tier: 'staging' }]),
      ...told('environment-frankfurt', ['1', 'EnvironmentRegistered', { name: 'frankfurt', tier: 'production' }]),
      ...incident('i1', { detected: '2 10:00', environment: 'staging' }, restored),
      ...incident('i2', { detected: '2 10:00', environment: 'frankfurt' }, restored),
      ...incident('i3', { detected: '2 10:00', services: ['payments'] }, restored),
    ];
    expect(Object.keys(seconds(mttr(facts)['all']))).toEqual(['i2', 'i3']);
    expect(Object.keys(seconds(mttr(facts, { serviceIds: ['checkout'] })['all']))).toEqual(['i2']);
    const staging = mttr(facts, { environmentId: 'staging' })['all'];
    expect(Object.keys(seconds(staging))).toEqual(['i1']);
    expect(staging?.doubts).toEqual([{ reason: 'environment-unknown', ids: ['i3'] }]);
  });

  test('that ended before it began is shown, and not counted', () => {
    const facts = incident('i1', { detected: '2 10:00' }, ['2 09:00', 'IncidentMitigated']);
    expect(mttr(facts)['all']).toMatchObject({
      value: null,
      reason: 'no-incident-restored',
      contradictory: [{ id: 'i1', seconds: -HOUR }],
      doubts: [{ reason: 'negative-duration', ids: ['i1'] }],
      dataQuality: 0,
    });
  });
});

test('the median is interpolated, with p90 and the mean beside it', () => {
  const facts = [1, 2, 3, 10].flatMap(hours =>
    incident(`i${hours}`, { detected: '2 00:00' }, [`2 ${`${hours}`.padStart(2, '0')}:00`, 'IncidentMitigated']),
  );
  expect(mttr(facts)['all']).toMatchObject({ value: 2.5 * HOUR, median: 2.5 * HOUR, mean: 4 * HOUR });
  expect(mttr(facts)['all']?.p90).toBeCloseTo(7.9 * HOUR, 6);
});

test('time to resolve is a series of its own: detected to resolved', () => {
  const facts = incident(
    'i1',
    { detected: '2 10:00' },
    ['2 11:00', 'IncidentMitigated'],
    ['3 10:00', 'IncidentResolved'],
  );
  expect(seconds(figuresOf('time-to-resolve', facts)['all'])).toEqual({ i1: 24 * HOUR });
  const open = incident('i2', { detected: '31 23:00' }, ['31 23:30', 'IncidentMitigated']);
  expect(figuresOf('time-to-resolve', open)['all']?.open).toEqual([
    { id: 'i2', since: at('31 23:00'), ageSeconds: HOUR },
  ]);
});

describe('failed deployment recovery time', () => {
  const failing = run(
    'd1',
    {},
    ['2 09:00', 'DeploymentStarted'],
    ['2 09:30', 'TrafficTaken'],
    ['2 10:00', 'DeploymentSucceeded'],
  );
  const cause = ['2 11:00', 'CauseConfirmed', causedBy('d1')] as const;

  test('is from the start of the impact, and from the finish of the deployment, to restored', () => {
    const facts = [
      ...failing,
      ...incident('i1', { detected: '2 10:30', impact: '2 09:45' }, cause, ['2 12:00', 'IncidentMitigated']),
    ];
    expect(seconds(recovery(facts)['from-impact-start'])).toEqual({ i1: 2.25 * HOUR });
    expect(seconds(recovery(facts)['from-deployment-finish'])).toEqual({ i1: 2 * HOUR });
  });

  test('follows a corrected start of the impact', () => {
    const facts = [
      ...failing,
      ...incident(
        'i1',
        { detected: '2 10:30' },
        cause,
        ['2 12:00', 'IncidentMitigated'],
        ['2 13:00', 'ImpactStartCorrected', { impactStartedAt: at('2 10:00') }],
      ),
    ];
    expect(seconds(recovery(facts)['from-impact-start'])).toEqual({ i1: 2 * HOUR });
  });

  test('is of incidents that a production rollout caused, for the service that was rolled out', () => {
    const facts = [
      ...failing,
      ...incident('i1', { detected: '2 10:30', services: ['payments'] }, cause, ['2 12:00', 'IncidentMitigated']),
      ...incident('i2', { detected: '2 10:30' }, ['2 12:00', 'IncidentMitigated']),
    ];
    expect(Object.keys(seconds(recovery(facts, { serviceIds: ['checkout'] })['from-impact-start']))).toEqual(['i1']);
    expect(recovery(facts, { serviceIds: ['payments'] })['from-impact-start']?.denominator).toBe(0);
  });

  test('counts an incident with several causes once, from the primary one', () => {
    const facts = [
      ...failing,
      ...rollsOut('d2', { change: 'c2' }, '1'),
      ...incident(
        'i1',
        { detected: '2 10:30' },
        cause,
        ['2 11:30', 'CauseConfirmed', causedBy('d2', false)],
        ['2 12:00', 'IncidentMitigated'],
      ),
    ];
    expect(seconds(recovery(facts)['from-deployment-finish'])).toEqual({ i1: 2 * HOUR });
  });

  test('lists the open ones with their age, and failed rollouts that have no incident', () => {
    const facts = [
      ...failing,
      ...incident('i1', { detected: '31 23:00' }, cause),
      ...run(
        'd2',
        { change: 'c2' },
        ['2 09:00', 'DeploymentStarted'],
        ['2 09:30', 'TrafficTaken'],
        ['2 10:00', 'DeploymentFailed'],
      ),
    ];
    expect(recovery(facts)['from-impact-start']).toMatchObject({
      value: null,
      open: [{ id: 'i1', ageSeconds: HOUR }],
      listed: [{ reason: 'failed-without-an-incident', ids: ['change-c2'] }],
    });
  });

  test('without a finish of the deployment is in doubt for the second series', () => {
    const going = run('d1', {}, ['2 09:00', 'DeploymentStarted'], ['2 09:30', 'TrafficTaken']);
    const facts = [...going, ...incident('i1', { detected: '2 10:30' }, cause, ['2 12:00', 'IncidentMitigated'])];
    expect(recovery(facts)['from-impact-start']?.denominator).toBe(1);
    expect(recovery(facts)['from-deployment-finish']).toMatchObject({
      denominator: 0,
      doubts: [{ reason: 'deployment-not-finished', ids: ['i1'] }],
    });
  });
});
