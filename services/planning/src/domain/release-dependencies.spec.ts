import { specification } from '@slipway/event-sourcing';
import { command, deploying, draft, event, sealed } from './example.ts';
import { release } from './release.ts';

const given = specification(release);
const state = (releaseId: string, path: readonly string[] = []) =>
  command('StateReleaseDependency', { releaseId, state: 'EarlyLifeSupport', path });
const stated = (releaseId: string, to: 'Closed' | 'EarlyLifeSupport' = 'EarlyLifeSupport') =>
  event('ReleaseDependencyStated', { releaseId, state: to });

describe('a release that needs another', () => {
  test('says at which state, once; another state is another fact', () => {
    expect(given(...draft).when(state('payments'))).toEqual([stated('payments')]);
    expect(given(...draft, stated('payments')).when(state('payments'))).toEqual([]);
    expect(given(...draft, stated('payments', 'Closed')).when(state('payments'))).toEqual([stated('payments')]);
  });
  test('does not need it any more', () => {
    const withdraw = command('WithdrawReleaseDependency', { releaseId: 'payments', reason: sealed });
    const withdrawn = event('ReleaseDependencyWithdrawn', { releaseId: 'payments', reason: sealed });
    expect(given(...draft, stated('payments')).when(withdraw)).toEqual([withdrawn]);
    expect(given(...draft).when(withdraw)).toMatchObject({ rejected: 'dependency-not-stated' });
    expect(given(...draft, stated('payments'), withdrawn).when(withdraw)).toMatchObject({
      rejected: 'dependency-not-stated',
    });
  });
  test('is not needed by it, whatever lies between', () => {
    expect(given(...draft).when(state('checkout', ['REL-1']))).toMatchObject({ rejected: 'depends-on-itself' });
    expect(given(...draft).when(state('payments', ['REL-2', 'REL-3', 'REL-1']))).toEqual({
      rejected: 'dependency-cycle',
      reason: 'They would wait for each other: REL-2 needs REL-3 needs REL-1.',
    });
  });
  test('needs a bounded number of them', () => {
    const many = Array.from({ length: 50 }, (_, nth) => stated(`other-${nth}`));
    expect(given(...draft, ...many).when(state('payments'))).toMatchObject({ rejected: 'too-many-dependencies' });
    expect(given(...draft, ...many, stated('other-0', 'Closed')).when(state('other-0'))).toHaveLength(1);
  });
  test('says so before it starts', () =>
    expect(given(...deploying).when(state('payments'))).toMatchObject({ rejected: 'already-started' }));
});
