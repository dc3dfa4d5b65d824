import { isDependencyMet, type ReleaseDeployment, type ReleaseState } from './release-life.ts';

const live: ReleaseDeployment = {
  deploymentId: 'd',
  serviceId: 's',
  environmentId: 'e',
  outcome: 'succeeded',
  tookTraffic: true,
};
const isMet = (state: ReleaseState, needed: ReleaseState, deployments: readonly ReleaseDeployment[] = []) =>
  isDependencyMet({ state, deployments }, needed);

test('a state is met by it, and by what comes after', () => {
  expect(isMet('Planned', 'Authorized')).toBe(false);
  expect(isMet('Authorized', 'Authorized')).toBe(true);
  expect(isMet('Deploying', 'Ready')).toBe(true);
  expect(isMet('Review', 'Closed')).toBe(false);
});
test('a release that is to be live must have been left so', () => {
  expect(isMet('EarlyLifeSupport', 'EarlyLifeSupport', [live])).toBe(true);
  expect(isMet('Closed', 'EarlyLifeSupport', [live])).toBe(true);
  expect(isMet('Closed', 'EarlyLifeSupport', [{ ...live, outcome: 'rolled-back' }])).toBe(false);
  expect(isMet('Closed', 'Closed', [{ ...live, outcome: 'failed', tookTraffic: false }])).toBe(false);
});
test.each(['Canceled', 'Withdrawn', 'Draft'] as const)('one that is %s meets nothing', state =>
  expect(isMet(state, 'Authorized', [live])).toBe(false),
);
test('what nobody can be at is never met', () => expect(isMet('Closed', 'Withdrawn', [live])).toBe(false));
