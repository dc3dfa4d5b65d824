import { A, at, attached, B, commit, figuresOf, rollsOut, run, told } from './example.ts';
import type { Fact } from '../facts/facts.ts';

const lead = (facts: readonly Fact[], serviceId?: string) =>
  figuresOf('lead-time', facts, serviceId ? { serviceIds: [serviceId] } : {})['lead-time']!;
const HOUR = 3600;

test('is per commit: from its commit to the finish of its first production rollout', () => {
  const facts = [
    ...attached('r1', A, { commits: [commit('x', '1 12:00'), commit('y', '2 11:00')] }),
    ...rollsOut('d1', {}, '2'),
  ];
  expect(lead(facts)).toMatchObject({ median: 12.5 * HOUR, mean: 12.5 * HOUR, numerator: 25 * HOUR, denominator: 2 });
  expect(lead(facts).population.map(({ id }) => id)).toEqual(['x', 'y']);
});

test('counts a commit that was rolled out before only then', () => {
  const facts = [
    ...attached('r1', A, { commits: [commit('x', '1 12:00')] }),
    ...attached('r2', B, { commits: [commit('x', '1 12:00'), commit('y', '3 12:00')] }),
    ...rollsOut('d1', {}, '2'),
    ...rollsOut('d2', { change: 'c2', digest: B }, '4'),
  ];
  expect(lead(facts).population.map(({ id, seconds }) => [id, seconds])).toEqual([
    ['x', 24 * HOUR],
    ['y', 24 * HOUR],
  ]);
});

test('takes what the run’s own release says, else what any release says of the same bits', () => {
  const facts = [
    ...attached('r1', A, { commits: [commit('x', '1 12:00')] }),
    ...attached('r2', A, { commits: [commit('y', '1 12:00')] }),
    ...rollsOut('d1', { release: 'r2' }, '2'),
  ];
  expect(lead(facts).population.map(({ id }) => id)).toEqual(['y']);
  expect(
    lead([...attached('r1', A, { commits: [commit('x', '1 12:00')] }), ...rollsOut('d1', {}, '2')]).denominator,
  ).toBe(1);
});

test('enters no rollback and no rollout that never took traffic', () => {
  const facts = [
    ...attached('r1', A, { commits: [commit('x', '1 12:00')] }),
    ...rollsOut('d1', { kind: 'rollback' }, '2'),
    ...run('d2', {}, ['2 10:00', 'DeploymentStarted'], ['2 12:00', 'DeploymentFailed']),
  ];
  expect(lead(facts)).toMatchObject({ value: null, denominator: 0 });
});

test('counts a commit of a repository with two services once for each, and once in a blend', () => {
  const facts = [
    ...attached('r1', A, { commits: [commit('x', '1 12:00')] }),
    ...attached('r2', B, { commits: [commit('x', '1 12:00')], service: 'payments' }),
    ...rollsOut('d1', {}, '2'),
    ...rollsOut('d2', { service: 'payments', digest: B }, '3'),
  ];
  expect(lead(facts, 'checkout').numerator).toBe(24 * HOUR);
  expect(lead(facts, 'payments').numerator).toBe(48 * HOUR);
  expect(lead(facts).denominator).toBe(1);
});

test('what was detached is no longer of the release', () => {
  const facts = [
    ...told(
      'release-r1',
      [
        '1',
        'ArtifactAttached',
        { artifact: { serviceId: 'checkout', digest: A, repository: 'example/shop', commits: [commit('x', '1')] } },
      ],
      ['1', 'ArtifactDetached', { serviceId: 'checkout', digest: A }],
    ),
    ...rollsOut('d1', { release: 'r1' }, '2'),
  ];
  expect(lead(facts)).toMatchObject({
    denominator: 0,
    doubts: [{ reason: 'rollout-without-known-commits', ids: ['change-c1'] }],
    dataQuality: 0,
  });
});

test('says which commits are later than their rollout, and does not count them', () => {
  const facts = [...attached('r1', A, { commits: [commit('x', '5')] }), ...rollsOut('d1', {}, '2')];
  expect(lead(facts)).toMatchObject({
    value: null,
    denominator: 0,
    contradictory: [{ id: 'x', seconds: -60 * HOUR }],
    doubts: [{ reason: 'negative-duration', ids: ['x'] }],
  });
});

describe('of a pull request', () => {
  const squashed = {
    commits: [commit('squash', '2 09:00')],
    pullRequests: [{ key: '7', firstCommitAt: at('1 09:00'), mergedAt: at('2 09:00') }],
  };
  const facts = [...attached('r1', A, squashed), ...rollsOut('d1', {}, '2')];

  test('is from its first commit until it is running, whatever was squashed', () => {
    const { 'lead-time': perCommit, 'from-first-commit': perRequest } = figuresOf('lead-time', facts);
    expect(perCommit?.value).toBe(3 * HOUR);
    expect(perRequest).toMatchObject({ value: 27 * HOUR, population: [{ id: 'example/shop#7' }] });
  });

  test('that was merged after it was deployed is a contradiction, and is counted', () => {
    const late = { pullRequests: [{ key: '7', firstCommitAt: at('1 09:00'), mergedAt: at('3 09:00') }] };
    const figure = figuresOf('lead-time', [...attached('r1', A, late), ...rollsOut('d1', {}, '2')])[
      'from-first-commit'
    ];
    expect(figure).toMatchObject({
      denominator: 1,
      doubts: [{ reason: 'deployed-before-merged', ids: ['change-c1'] }],
    });
  });
});
