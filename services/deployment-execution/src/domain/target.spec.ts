import type { TargetEvent } from '@slipway/contracts';
import { specification } from '@slipway/event-sourcing';
import { at } from './examples.ts';
import { target } from './target.ts';
import type { TargetCommand } from './target-state.ts';

const given = specification(target);
const where = { serviceId: 'checkout', environmentId: 'production' };
const live = (deploymentId: string) => ({ deploymentId, digests: [`sha256:${'a'.repeat(64)}`] });
const when = (intent: TargetCommand, ...history: readonly TargetEvent[]) =>
  given(...history).when({ ...intent, stamp: at('10:00') });
const occupied = (deploymentId: string, preempts?: string): TargetEvent => ({
  type: 'TargetOccupied',
  data: { deploymentId, ...where, ...(preempts && { preempts }), ...at('09:00') },
});
const released = (deploymentId: string): TargetEvent => ({
  type: 'TargetReleased',
  data: { deploymentId, ...where, ...at('09:30') },
});

describe('the lock of a target', () => {
  it('lets one run in', () => {
    expect(when({ type: 'OccupyTarget', data: { deploymentId: 'a', ...where } })).toMatchObject([
      { type: 'TargetOccupied' },
    ]);
    expect(when({ type: 'OccupyTarget', data: { deploymentId: 'a', ...where } }, occupied('a'))).toEqual([]);
    expect(when({ type: 'OccupyTarget', data: { deploymentId: 'b', ...where } }, occupied('a'))).toMatchObject({
      rejected: 'target-occupied',
    });
    expect(
      when({ type: 'OccupyTarget', data: { deploymentId: 'b', ...where } }, occupied('a'), released('a')),
    ).toHaveLength(1);
  });

  it('is pre-empted by the rollback of who holds it, and by no other', () => {
    expect(
      when({ type: 'OccupyTarget', data: { deploymentId: 'r', ...where, preempts: 'a' } }, occupied('a')),
    ).toMatchObject([{ data: { deploymentId: 'r', preempts: 'a' } }]);
    expect(
      when({ type: 'OccupyTarget', data: { deploymentId: 'r', ...where, preempts: 'x' } }, occupied('a')),
    ).toMatchObject({
      rejected: 'target-occupied',
    });
  });

  it('lets in who stated what is live there, and nobody who stated something else', () => {
    const onBase = (...baseDigests: string[]): TargetCommand => ({
      type: 'OccupyTarget',
      data: { deploymentId: 'b', ...where, baseDigests },
    });
    const [digest = ''] = live('a').digests;
    const settled: TargetEvent = { type: 'TargetReleased', data: { ...released('a').data, live: live('a') } };
    expect(when(onBase(digest), occupied('a'), settled)).toHaveLength(1);
    expect(when(onBase(digest, digest), occupied('a'), settled, released('x'))).toHaveLength(1);
    expect(when(onBase(), occupied('a'), released('a'))).toHaveLength(1);
    for (const base of [[], [`sha256:${'b'.repeat(64)}`], [digest, `sha256:${'b'.repeat(64)}`]])
      expect(when(onBase(...base), occupied('a'), settled)).toMatchObject({ rejected: 'base-changed' });
    expect(when(onBase(digest))).toMatchObject({ rejected: 'base-changed' });
  });

  it('is let go by who holds it only, who says what is live', () => {
    expect(
      when({ type: 'ReleaseTarget', data: { deploymentId: 'a', ...where, live: live('a') } }, occupied('a')),
    ).toMatchObject([{ type: 'TargetReleased', data: { live: { deploymentId: 'a' } } }]);
    expect(
      when(
        { type: 'ReleaseTarget', data: { deploymentId: 'a', ...where, live: live('a') } },
        occupied('a'),
        occupied('r', 'a'),
      ),
    ).toEqual([]);
    expect(
      when({ type: 'ReleaseTarget', data: { deploymentId: 'a', ...where } }, occupied('a'), released('a')),
    ).toEqual([]);
  });
});

describe('an observed run', () => {
  it('takes the lock when that is free, and asks nobody', () => {
    expect(when({ type: 'ObserveOccupied', data: { deploymentId: 'o', ...where } })).toHaveLength(1);
    expect(when({ type: 'ObserveOccupied', data: { deploymentId: 'o', ...where } }, occupied('a'))).toEqual([]);
  });

  it('says what is live without having held the lock, and leaves it to its holder', () => {
    const settle: TargetCommand = { type: 'ObserveReleased', data: { deploymentId: 'o', ...where, live: live('o') } };
    const events = when(settle, occupied('a')) as TargetEvent[];
    expect(events).toMatchObject([{ type: 'TargetReleased', data: { deploymentId: 'o' } }]);
    expect(
      when({ type: 'OccupyTarget', data: { deploymentId: 'b', ...where } }, occupied('a'), ...events),
    ).toMatchObject({ rejected: 'target-occupied' });
  });

  it('may be told in any order: settled once is settled', () => {
    expect(when({ type: 'ObserveOccupied', data: { deploymentId: 'o', ...where } }, released('o'))).toEqual([]);
    expect(
      when({ type: 'ObserveReleased', data: { deploymentId: 'o', ...where, live: live('o') } }, released('o')),
    ).toEqual([]);
    expect(
      when({ type: 'ObserveReleased', data: { deploymentId: 'o', ...where, live: live('o') } }, occupied('r', 'o')),
    ).toEqual([]);
  });

  it('that neither held the lock nor went live leaves no trace', () => {
    expect(when({ type: 'ObserveReleased', data: { deploymentId: 'o', ...where } })).toEqual([]);
  });
});
