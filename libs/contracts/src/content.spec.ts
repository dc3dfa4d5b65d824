import { stampOf } from '@slipway/event-sourcing';
import { contentOf, evolveContent, noContent, type ReleaseParts } from './content.ts';
import type { ReleaseEvent } from './planning.ts';
import type { Artifact, Target } from './values.ts';

const stamp = stampOf('person-00000000-0000-4000-8000-000000000001');
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const artifact = (serviceId: string, letter: string): Artifact => ({
  serviceId,
  version: '1.4.2',
  purl: `pkg:oci/${serviceId}@1.4.2`,
  digest: digest(letter),
  repository: `example/${serviceId}`,
  commits: [],
});
const cart = artifact('cart', 'a');
const checkout = artifact('checkout', 'b');
const target = (environmentId: string, wave: number): Target => ({ serviceId: 'checkout', environmentId, wave });
const window = { start: '2026-03-02T20:00:00Z', end: '2026-03-02T22:00:00Z' };
const attached = (each: Artifact): ReleaseEvent => ({ type: 'ArtifactAttached', data: { ...stamp, artifact: each } });
const detached = (each: Artifact): ReleaseEvent => ({
  type: 'ArtifactDetached',
  data: { ...stamp, serviceId: each.serviceId, digest: each.digest },
});
const added = (key: string): ReleaseEvent => ({
  type: 'ScopeItemAdded',
  data: { ...stamp, item: { key, kind: 'fix', title: key } },
});
const scheduled = (...targets: readonly Target[]): ReleaseEvent => ({
  type: 'ReleaseScheduled',
  data: { ...stamp, window, targets },
});
const after = (...events: readonly ReleaseEvent[]): ReleaseParts => events.reduce(evolveContent, noContent);

test('is the same whatever the order in which it was put together', () => {
  const one = after(
    attached(cart),
    attached(checkout),
    added('A-1'),
    added('A-2'),
    scheduled(target('eu', 1), target('us', 2)),
  );
  const other = after(
    added('A-2'),
    attached(checkout),
    added('A-1'),
    attached(cart),
    scheduled(target('us', 2), target('eu', 1)),
  );
  expect(JSON.stringify(contentOf(one))).toBe(JSON.stringify(contentOf(other)));
});

test('holds keys, kinds, digests and targets; no title, no commit, no window', () =>
  expect(contentOf(after(attached(cart), added('A-1'), scheduled(target('eu', 1))))).toEqual({
    scope: [{ key: 'A-1', kind: 'fix' }],
    artifacts: [{ serviceId: 'cart', version: '1.4.2', digest: digest('a') }],
    targets: [{ serviceId: 'checkout', environmentId: 'eu', wave: 1 }],
  }));

test('what was taken away is as if it had never been there', () => {
  const removed: ReleaseEvent = { type: 'ScopeItemRemoved', data: { ...stamp, key: 'A-1' } };
  expect(contentOf(after(attached(cart), attached(checkout), added('A-1'), detached(cart), removed))).toEqual(
    contentOf(after(attached(checkout))),
  );
});

test('the rollback plan counts by its digest, the last one registered', () => {
  const registered = (letter: string): ReleaseEvent => ({
    type: 'RollbackPlanRegistered',
    data: { ...stamp, plan: { steps: 'sealed:v1:x', digest: digest(letter), backoutMinutes: 15, triggers: [] } },
  });
  expect(contentOf(after(registered('c'), registered('d')))).toMatchObject({ rollbackPlan: digest('d') });
});

test('another wave of the same target is another content', () =>
  expect(contentOf(after(scheduled(target('eu', 1))))).not.toEqual(contentOf(after(scheduled(target('eu', 2))))));

test('many items at once: what is put takes the place of its key, what is removed is gone', () => {
  const changed: ReleaseEvent = {
    type: 'ScopeItemsChanged',
    data: {
      ...stamp,
      put: [
        { key: 'A-2', kind: 'feature', title: 'A-2' },
        { key: 'A-3', kind: 'fix', title: 'A-3', priority: 'high' },
      ],
      removed: ['A-1'],
    },
  };
  expect(contentOf(after(added('A-1'), added('A-2'), changed)).scope).toEqual([
    { key: 'A-2', kind: 'feature' },
    { key: 'A-3', kind: 'fix' },
  ]);
});
