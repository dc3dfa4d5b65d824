import { A, at, B, causedBy, figuresOf, incident, march, rollsOut, run, told } from './example.ts';
import type { Fact } from '../facts/facts.ts';

const rate = (facts: readonly Fact[], serviceId?: string) =>
  figuresOf('change-fail-rate', facts, serviceId ? { serviceIds: [serviceId] } : {})['change-fail-rate']!;
const reasons = (facts: readonly Fact[]) =>
  rate(facts).population.flatMap(member => (member.failures ?? []).map(({ reason, by }) => `${reason} ${by}`));
const listed = (facts: readonly Fact[], reason: string) => rate(facts).listed.find(each => each.reason === reason)?.ids;
const checkout = { serviceIds: ['checkout'] };

describe('a production rollout', () => {
  const regions = Array.from({ length: 18 }, (_, index) =>
    rollsOut(`r${index}`, { environment: `region-${index}` }, `${index + 2}`),
  );

  test('is all deployments of one content for one service under one change: eighteen regions count once', () => {
    const figure = rate(regions.flat());
    expect([figure.numerator, figure.denominator]).toEqual([0, 1]);
    expect(figure.population[0]).toMatchObject({ at: at('19 12:00'), changeId: 'c1' });
    expect(figure.population[0]?.deploymentIds).toHaveLength(18);
    expect(figure.beside).toEqual({ runsFinished: 18, runsFailed: 0 });
  });

  test('counts once for each service, and once in a blend', () => {
    const two = [...rollsOut('d1', {}, '2'), ...rollsOut('d2', { service: 'payments', digest: B }, '3')];
    expect(rate(two).denominator).toBe(1);
    expect(rate(two).population[0]?.deploymentIds).toEqual(['d1', 'd2']);
    expect(rate(two, 'checkout').denominator).toBe(1);
    expect(rate(two, 'payments').denominator).toBe(1);
  });

  test('is another one under another change, or with another content', () => {
    expect(rate([...rollsOut('d1', {}, '2'), ...rollsOut('d2', { change: 'c2' }, '3')]).denominator).toBe(2);
    expect(rate([...rollsOut('d1', {}, '2'), ...rollsOut('d2', { digest: B }, '3')], 'checkout').denominator).toBe(2);
  });

  test('is none outside of production', () => {
    expect(rate(rollsOut('d1', { production: false }, '2')).denominator).toBe(0);
  });

  test('is none when it rolls back or redeploys', () => {
    expect(
      rate([...rollsOut('d1', { kind: 'rollback' }, '2'), ...rollsOut('d2', { kind: 'redeploy' }, '3')]).denominator,
    ).toBe(0);
  });

  test('is one by the kind that it was corrected to', () => {
    const late = (facts: readonly Fact[], kind: string): readonly Fact[] => {
      const [corrected] = told('deployment-d1', ['3', 'DeploymentKindCorrected', { kind }]);
      return [...facts, { ...corrected!, version: facts.length + 1 } as Fact];
    };
    expect(rate(late(rollsOut('d1', { kind: 'redeploy' }, '2'), 'planned')).denominator).toBe(1);
    expect(rate(late(rollsOut('d1', {}, '2'), 'redeploy')).denominator).toBe(0);
  });

  test('without a change is counted, and listed', () => {
    const facts = rollsOut('d1', { change: null }, '2');
    expect(rate(facts).denominator).toBe(1);
    expect(listed(facts, 'without-change')).toEqual([A]);
  });
});

describe('finished', () => {
  test('is a rollout that ended after taking traffic, canary included', () => {
    const canary = run(
      'd1',
      {},
      ['2 10:00', 'DeploymentStarted'],
      ['2 10:05', 'TrafficTaken'],
      ['2 10:30', 'DeploymentFailed'],
    );
    expect([rate(canary).numerator, rate(canary).denominator]).toEqual([1, 1]);
  });

  test('is not one that was aborted before traffic: it is counted apart', () => {
    const aborted = run('d1', {}, ['2 10:00', 'DeploymentStarted'], ['2 10:30', 'DeploymentFailed']);
    expect(rate(aborted)).toMatchObject({ value: null, numerator: 0, denominator: 0 });
    expect(listed(aborted, 'aborted-before-traffic')).toEqual(['change-c1']);
  });

  test('is not one of which a run goes on: it is listed with its age', () => {
    const going = [
      ...rollsOut('d1', {}, '2'),
      ...run('d2', { environment: 'paris' }, ['31 12:00', 'DeploymentStarted']),
    ];
    expect(rate(going)).toMatchObject({
      value: null,
      open: [{ id: 'change-c1', since: at('2 10:00'), ageSeconds: 29.583_333_333_333_332 * 86_400 }],
    });
  });

  test('does not wait for a run that never started', () => {
    expect(rate([...rollsOut('d1', {}, '2'), ...run('d2', { environment: 'paris' })]).denominator).toBe(1);
  });

  test('is in doubt when a run succeeded and nobody reported its traffic', () => {
    const silent = run('d1', {}, ['2 10:00', 'DeploymentStarted'], ['2 10:30', 'DeploymentSucceeded']);
    expect(rate(silent)).toMatchObject({
      value: null,
      doubts: [{ reason: 'succeeded-but-traffic-never-reported', ids: ['change-c1'] }],
      dataQuality: 0,
    });
  });

  test('counts by finish time', () => {
    const april = run(
      'd1',
      {},
      ['31 22:00', 'DeploymentStarted'],
      ['31 23:00', 'TrafficTaken'],
      ['32 00:00', 'DeploymentSucceeded'],
    );
    const first = april.map(fact =>
      fact.data.occurredAt.startsWith('2026-03-32')
        ? ({ ...fact, data: { ...fact.data, occurredAt: '2026-04-01T00:00:00Z' } } as Fact)
        : fact,
    );
    expect(rate(first).denominator).toBe(0);
    const period = { ...march, from: march.to, to: march.to + 1, now: march.to + 1 };
    expect(figuresOf('change-fail-rate', first, {}, period)['change-fail-rate']?.denominator).toBe(1);
  });
});

describe('failed', () => {
  test('is a run with traffic that ended Failed, also when a retry succeeded', () => {
    const retried = [
      ...run(
        'd1',
        {},
        ['2 10:00', 'DeploymentStarted'],
        ['2 10:05', 'TrafficTaken'],
        ['2 10:30', 'VerificationFailed'],
      ),
      ...rollsOut('d2', {}, '3'),
    ];
    expect(reasons(retried)).toEqual(['run-failed d1']);
    expect(rate(retried)).toMatchObject({ value: 1, beside: { runsFinished: 2, runsFailed: 1 } });
  });

  test('is not a run that failed before traffic, when another one succeeded', () => {
    const retried = [
      ...run('d1', {}, ['2 10:00', 'DeploymentStarted'], ['2 10:30', 'DeploymentFailed']),
      ...rollsOut('d2', {}, '3'),
    ];
    expect(rate(retried)).toMatchObject({ value: 0, numerator: 0, denominator: 1 });
  });

  test('is one rolled back for a fault', () => {
    const facts = run(
      'd1',
      {},
      ['2 10:00', 'DeploymentStarted'],
      ['2 10:05', 'TrafficTaken'],
      ['2 10:30', 'DeploymentSucceeded'],
      ['3 09:00', 'DeploymentRolledBack', { cause: 'fault' }],
    );
    expect(reasons(facts)).toEqual(['rolled-back-for-a-fault d1']);
    expect(rate(facts).population[0]?.at).toBe(at('2 10:30'));
  });

  test('is not one rolled back for business reasons: it is listed', () => {
    const facts = run(
      'd1',
      {},
      ['2 10:00', 'DeploymentStarted'],
      ['2 10:05', 'TrafficTaken'],
      ['2 10:30', 'DeploymentSucceeded'],
      ['3 09:00', 'DeploymentRolledBack', { cause: 'business' }],
    );
    expect(rate(facts)).toMatchObject({ value: 0 });
    expect(listed(facts, 'rolled-back-for-business')).toEqual(['change-c1']);
  });

  test('is one remediated by a hotfix, which is a rollout of its own', () => {
    const facts = [
      ...rollsOut('d1', {}, '2'),
      ...rollsOut('d2', { kind: 'hotfix', change: 'c2', digest: B, undoes: 'd1' }, '3'),
    ];
    expect(reasons(facts)).toEqual(['remediated-by-hotfix d2']);
    expect(rate(facts)).toMatchObject({ numerator: 1, denominator: 2 });
  });

  test('is a confirmed cause of an incident', () => {
    const facts = [
      ...rollsOut('d1', {}, '2'),
      ...incident('i1', { detected: '2 13:00' }, ['2 14:00', 'CauseConfirmed', causedBy('d1')]),
    ];
    expect(reasons(facts)).toEqual(['confirmed-cause i1']);
  });

  test('is not a cause that was rejected, nor one of a false alarm', () => {
    const rejected = [
      ...rollsOut('d1', {}, '2'),
      ...incident(
        'i1',
        { detected: '2 13:00' },
        ['2 14:00', 'CauseConfirmed', causedBy('d1')],
        ['2 15:00', 'CauseRejected', { deploymentId: 'd1' }],
      ),
      ...incident(
        'i2',
        { detected: '2 13:00' },
        ['2 14:00', 'CauseConfirmed', causedBy('d1')],
        ['2 15:00', 'IncidentCanceled'],
      ),
    ];
    expect(rate(rejected)).toMatchObject({ value: 0, denominator: 1 });
  });

  test('counts once, whatever the number of incidents', () => {
    const facts = [
      ...rollsOut('d1', {}, '2'),
      ...incident('i1', { detected: '2 13:00' }, ['2 14:00', 'CauseConfirmed', causedBy('d1')]),
      ...incident('i2', { detected: '2 13:00' }, ['2 14:00', 'CauseConfirmed', causedBy('d1', false)]),
    ];
    expect(rate(facts)).toMatchObject({ value: 1, numerator: 1, denominator: 1 });
  });
});

describe('deployment frequency', () => {
  const facts = [
    ...rollsOut('d1', {}, '2'),
    ...rollsOut('d2', { change: 'c2' }, '2'),
    ...rollsOut('d3', { change: 'c3' }, '9'),
  ];

  test('is rollouts per day, and the share of days', () => {
    const { 'rollouts-per-day': perDay, 'share-of-days': share } = figuresOf('deployment-frequency', facts, checkout);
    expect(perDay).toMatchObject({ value: 3 / 31, numerator: 3, denominator: 31 });
    expect(share).toMatchObject({ value: 2 / 31, numerator: 2, denominator: 31 });
  });

  test('is 0 a day when nothing was rolled out this time', () => {
    const april = { ...march, from: march.to, to: march.to + 30 * 86_400_000, now: march.to + 30 * 86_400_000 };
    expect(figuresOf('deployment-frequency', facts, {}, april)['rollouts-per-day']).toMatchObject({
      value: 0,
      numerator: 0,
      denominator: 30,
    });
  });

  test('is null when no rollout is known at all', () => {
    expect(figuresOf('deployment-frequency', [])['rollouts-per-day']).toMatchObject({
      value: null,
      reason: 'no-rollout-known',
    });
  });

  test('does not count the days ahead', () => {
    const now = Date.parse(at('11 00:00'));
    expect(figuresOf('deployment-frequency', facts, checkout, { ...march, now })['rollouts-per-day']).toMatchObject({
      numerator: 3,
      denominator: 10,
    });
  });
});

test('of nothing finished the change fail rate is null, not 0', () => {
  expect(rate([])).toMatchObject({ value: null, numerator: 0, denominator: 0, dataQuality: null });
});
