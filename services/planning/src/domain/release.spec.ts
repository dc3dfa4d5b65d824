import { reject, specification } from '@slipway/event-sourcing';
import {
  artifact,
  authorized,
  both,
  command,
  deploying,
  draft,
  eu,
  event,
  inReview,
  live,
  plan,
  planned,
  ready,
  recorded,
  rita,
  sealed,
  us,
  window,
} from './example.ts';
import { release } from './release.ts';

const given = specification(release);
const drafted = { title: 'Checkout 2.4', class: 'minor', owner: rita, changeModel: 'normal' } as const;
const canceled = [...draft, event('ReleaseCanceled', { reason: sealed })];

describe('drafting', () => {
  test('starts a release', () =>
    expect(given().when(command('DraftRelease', drafted))).toEqual([event('ReleaseDrafted', drafted)]));
  test('happens once', () =>
    expect(given(...draft).when(command('DraftRelease', drafted))).toMatchObject({ rejected: 'already-drafted' }));
  test('comes before anything else', () =>
    expect(given().when(command('ResumeRelease', {}))).toMatchObject({ rejected: 'not-drafted' }));
});

describe('copying', () => {
  const copy = command('CopyRelease', {
    draft: drafted,
    fromReleaseId: 'before',
    targets: [eu],
    scope: [{ key: 'SHOP-2', kind: 'tech-debt', title: 'Old till' }],
    rollbackPlan: plan,
    phases: [{ name: 'Build', entryCriteria: [], exitCriteria: ['Done'] }],
    manager: rita,
    raci: { responsible: [rita], consulted: [], informed: [] },
  });

  test('starts a release with a fact for each thing that is taken over', () =>
    expect(given().when(copy)).toEqual([
      event('ReleaseDrafted', drafted),
      event('ReleaseCopied', { fromReleaseId: 'before', targets: [eu] }),
      event('ScopeItemsChanged', { put: [{ key: 'SHOP-2', kind: 'tech-debt', title: 'Old till' }], removed: [] }),
      event('RollbackPlanRegistered', { plan }),
      event('PhasePlanned', { name: 'Build', entryCriteria: [], exitCriteria: ['Done'] }),
      event('ReleaseManagerNamed', { manager: rita }),
      event('ReleaseRaciStated', { responsible: [rita], consulted: [], informed: [] }),
    ]));
  test('happens once', () => expect(given(...draft).when(copy)).toMatchObject({ rejected: 'already-drafted' }));
});

describe('content', () => {
  const cart = artifact('cart', 'b');
  const item = { key: 'SHOP-1', kind: 'feature', title: 'Pay by invoice' } as const;

  test('an artifact is attached, the same one again has no effect, another of the service is refused', () => {
    expect(given(...draft).when(command('AttachArtifact', { artifact: cart }))).toEqual([
      event('ArtifactAttached', { artifact: cart }),
    ]);
    expect(given(...draft).when(command('AttachArtifact', { artifact: artifact('checkout') }))).toEqual([]);
    expect(given(...draft).when(command('AttachArtifact', { artifact: artifact('checkout', 'b') }))).toEqual(
      reject('artifact-already-attached', 'Version 2.4.0 of this service is attached; detach it first.'),
    );
  });
  test('an artifact is detached by its service', () => {
    expect(given(...draft).when(command('DetachArtifact', { serviceId: 'checkout' }))).toEqual([
      event('ArtifactDetached', { serviceId: 'checkout', digest: artifact('checkout').digest }),
    ]);
    expect(given(...draft).when(command('DetachArtifact', { serviceId: 'cart' }))).toMatchObject({
      rejected: 'artifact-not-attached',
    });
  });
  test('a scope item is added and removed by its key', () => {
    const added = event('ScopeItemAdded', { item });
    expect(given(...draft).when(command('AddScopeItem', { item }))).toEqual([added]);
    expect(given(...draft, added).when(command('AddScopeItem', { item }))).toEqual([]);
    expect(given(...draft, added).when(command('AddScopeItem', { item: { ...item, kind: 'fix' } }))).toMatchObject({
      rejected: 'scope-item-already-added',
    });
    expect(given(...draft, added).when(command('RemoveScopeItem', { key: item.key }))).toEqual([
      event('ScopeItemRemoved', { key: item.key }),
    ]);
    expect(given(...draft).when(command('RemoveScopeItem', { key: item.key }))).toMatchObject({
      rejected: 'scope-item-not-found',
    });
  });
  test('the same rollback plan again has no effect', () => {
    const registered = event('RollbackPlanRegistered', { plan });
    expect(given(...draft).when(command('RegisterRollbackPlan', { plan }))).toEqual([registered]);
    expect(given(...draft, registered).when(command('RegisterRollbackPlan', { plan }))).toEqual([]);
  });
  test('is frozen from the first production start', () => {
    for (const history of [deploying, live, inReview])
      expect(given(...history).when(command('DetachArtifact', { serviceId: 'checkout' }))).toMatchObject({
        rejected: 'content-frozen',
      });
    expect(given(...deploying).when(command('RescheduleRelease', { window }))).toMatchObject({
      rejected: 'content-frozen',
    });
  });
  test.each([
    ['authorized', authorized],
    ['ready', ready],
  ])('changed in a release that is %s takes the authorization away', (_, history) =>
    expect(given(...history).when(command('AttachArtifact', { artifact: cart }))).toEqual([
      event('ArtifactAttached', { artifact: cart }),
      event('ReleaseAuthorizationLost', { cause: 'content-changed' }),
    ]),
  );
});

describe('scheduling', () => {
  const later = { start: '2026-03-04T20:00:00Z', end: '2026-03-04T22:00:00Z' };

  test('gives a draft its window and targets', () =>
    expect(given(...draft).when(command('ScheduleRelease', { window, ...both }))).toEqual([
      event('ReleaseScheduled', { window, ...both }),
    ]));
  test('happens once, rescheduling only afterwards', () => {
    expect(given(...planned).when(command('ScheduleRelease', { window, ...both }))).toMatchObject({
      rejected: 'already-scheduled',
    });
    expect(given(...draft).when(command('RescheduleRelease', { window }))).toMatchObject({ rejected: 'not-scheduled' });
  });
  test('needs a window that lasts, and targets that differ', () => {
    const schedule = (start: string, end: string, ...targets: (typeof eu)[]) =>
      given(...draft).when(
        command('ScheduleRelease', { window: { start, end }, targets, productionEnvironmentIds: ['eu'] }),
      );
    expect(schedule(window.start, window.start, eu)).toMatchObject({ rejected: 'window-empty' });
    expect(schedule('2026-03-03T20:00:00.500Z', '2026-03-03T20:00:00Z', eu)).toMatchObject({
      rejected: 'window-empty',
    });
    expect(schedule('2026-03-03T20:00:00Z', '2026-03-03T20:00:00.500Z', eu)).toHaveLength(1);
    expect(schedule(window.start, window.end)).toMatchObject({ rejected: 'no-targets' });
    expect(schedule(window.start, window.end, eu, { ...eu, wave: 2 })).toMatchObject({ rejected: 'duplicate-target' });
  });
  test('another window alone keeps the authorization', () =>
    expect(given(...authorized).when(command('RescheduleRelease', { window: later }))).toEqual([
      event('ReleaseRescheduled', { window: later, ...both }),
    ]));
  test('other targets take it away', () => {
    const moved = { targets: [eu], productionEnvironmentIds: ['eu'] };
    expect(given(...ready).when(command('RescheduleRelease', { moved }))).toEqual([
      event('ReleaseRescheduled', { window, ...moved }),
      event('ReleaseAuthorizationLost', { cause: 'content-changed' }),
    ]);
  });
  test('a window that was made of another one than it has is refused', () => {
    const shift = (seen: typeof window) =>
      given(...planned).when(command('RescheduleRelease', { window: later, seen }));
    expect(shift(window)).toEqual([event('ReleaseRescheduled', { window: later, ...both })]);
    expect(shift(later)).toMatchObject({ rejected: 'window-moved' });
  });
  test('the same window and targets again have no effect', () =>
    expect(given(...authorized).when(command('RescheduleRelease', { window, moved: both }))).toEqual([]));
});

describe('hold and go', () => {
  const go = command('GoRelease', { byServiceAccount: false });
  const held = event('ReleaseHeld', { reason: sealed });

  test('hold and resume are flags', () => {
    expect(given(...planned).when(command('HoldRelease', { reason: sealed }))).toEqual([held]);
    expect(given(...planned, held).when(command('HoldRelease', { reason: sealed }))).toEqual([]);
    expect(given(...planned, held).when(command('ResumeRelease', {}))).toEqual([event('ReleaseResumed', {})]);
    expect(given(...planned).when(command('ResumeRelease', {}))).toEqual([]);
  });
  test('go makes an authorized release ready, once', () => {
    expect(given(...authorized).when(go)).toEqual([event('ReleaseReady', {})]);
    expect(given(...ready).when(go)).toEqual([]);
  });
  test('of a draft it is said what is missing', () =>
    expect(given(...draft).when(go)).toEqual(
      reject(
        'not-authorized',
        'It is a draft: give it a window and targets, so that its change is raised, and have that change authorized.',
      ),
    ));
  test('no go without authorization, on hold, by a machine, or after the start', () => {
    expect(given(...planned).when(go)).toMatchObject({ rejected: 'not-authorized' });
    expect(given(...authorized, held).when(go)).toMatchObject({ rejected: 'release-held' });
    expect(given(...authorized).when(command('GoRelease', { byServiceAccount: true }))).toMatchObject({
      rejected: 'go-needs-a-person',
    });
    expect(given(...deploying).when(go)).toMatchObject({ rejected: 'already-started' });
  });
});

describe('the end', () => {
  const close = command('CloseRelease', {});
  const cancel = command('CancelRelease', { reason: sealed });
  const withdraw = command('WithdrawRelease', { reason: sealed });

  test('a release is canceled before a production start and withdrawn after', () => {
    expect(given(...ready).when(cancel)).toEqual([event('ReleaseCanceled', { reason: sealed })]);
    expect(given(...deploying).when(cancel)).toMatchObject({ rejected: 'already-started' });
    expect(given(...deploying).when(withdraw)).toEqual([event('ReleaseWithdrawn', { reason: sealed })]);
    expect(given(...ready).when(withdraw)).toMatchObject({ rejected: 'not-started' });
  });
  test('early life support is ended by hand', () => {
    expect(given(...live).when(command('EndEarlyLifeSupport', {}))).toEqual([event('ReleaseReviewStarted', {})]);
    expect(given(...inReview).when(command('EndEarlyLifeSupport', {}))).toEqual([]);
    expect(given(...ready).when(command('EndEarlyLifeSupport', {}))).toMatchObject({
      rejected: 'not-in-early-life-support',
    });
  });
  test('it closes from review, as what was left live', () => {
    expect(given(...live).when(close)).toMatchObject({ rejected: 'not-in-review' });
    expect(given(...inReview).when(close)).toEqual([event('ReleaseClosed', { outcome: 'full' })]);
    const undone = (...attempts: readonly (readonly [string, typeof eu])[]) =>
      attempts.map(([id, at]) => event('ReleaseTargetRecorded', recorded(id, at, 'rolled-back')));
    expect(given(...inReview, ...undone(['second', us])).when(close)).toEqual([
      event('ReleaseClosed', { outcome: 'partial' }),
    ]);
    expect(given(...inReview, ...undone(['first', eu], ['second', us])).when(close)).toEqual([
      event('ReleaseClosed', { outcome: 'rolled-back' }),
    ]);
  });
  test('what is over stays over', () => {
    expect(given(...canceled).when(cancel)).toEqual([]);
    expect(given(...canceled).when(close)).toMatchObject({ rejected: 'release-over' });
    expect(given(...canceled).when(command('HoldRelease', { reason: sealed }))).toMatchObject({
      rejected: 'release-over',
    });
  });
});
