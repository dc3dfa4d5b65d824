import { isMet } from './blockers.ts';
import type { ReleaseState, ReleaseView } from './release.view.ts';

const live = {
  deploymentId: 'd',
  serviceId: 's',
  environmentId: 'e',
  outcome: 'succeeded',
  tookTraffic: true,
} as const;
const release = (state: ReleaseState, deployments: ReleaseView['deployments'] = []) =>
  ({ state, deployments }) as ReleaseView;

test('a state is met by it, and by what comes after', () => {
  expect(isMet(release('Planned'), 'Authorized')).toBe(false);
  expect(isMet(release('Authorized'), 'Authorized')).toBe(true);
  expect(isMet(release('Deploying'), 'Ready')).toBe(true);
  expect(isMet(release('Review'), 'Closed')).toBe(false);
});
test('a release that is to be live must have been left so', () => {
  expect(isMet(release('EarlyLifeSupport', [live]), 'EarlyLifeSupport')).toBe(true);
  expect(isMet(release('Closed', [live]), 'EarlyLifeSupport')).toBe(true);
  expect(isMet(release('Closed', [{ ...live, outcome: 'rolled-back' }]), 'EarlyLifeSupport')).toBe(false);
  expect(isMet(release('Closed', [{ ...live, outcome: 'failed', tookTraffic: false }]), 'Closed')).toBe(false);
});
test.each(['Canceled', 'Withdrawn', 'Draft'] as const)('one that is %s meets nothing', state =>
  expect(isMet(release(state, [live]), 'Authorized')).toBe(false),
);
