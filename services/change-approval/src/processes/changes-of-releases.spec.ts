import type { ChangeEvent, ReleaseEvent } from '@slipway/contracts';
import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { cancelChangeWhenReleaseEnded } from './cancel-change-when-release-ended.ts';
import { changeOfRelease } from './change-of-release.ts';
import { raiseChangeWhenReleaseScheduled } from './raise-change-when-release-scheduled.ts';
import { reviseChangeWhenReleaseChanged } from './revise-change-when-release-changed.ts';

const on = <Type extends ReleaseEvent['type']>(type: Type) =>
  ({ type, stream: 'release-r1', data: stampOf('person-1') }) as unknown as Extract<ReleaseEvent, { type: Type }> & {
    stream: string;
  };
const raisedByHand = {
  type: 'ChangeRaised',
  stream: 'change-c9',
  data: { releaseIds: ['r1'], ...stampOf('person-1') },
} as unknown as Extract<ChangeEvent, { type: 'ChangeRaised' }> & { stream: string };
const raisedAlone = { ...raisedByHand, data: { ...raisedByHand.data, releaseIds: [] } };

const follow = (to: string) => ({ send: { type: 'FollowRelease', data: { releaseId: 'r1' } }, to });
const own = changeOfRelease('r1');

test('one change a release is raised, always the same', () => {
  const given = processSpecification(raiseChangeWhenReleaseScheduled);
  expect(given().when(on('ReleaseScheduled'))).toEqual([follow(own)]);
  expect(changeOfRelease('r1')).toBe(own);
  expect(changeOfRelease('r2')).not.toBe(own);
});

describe('revise-change-when-release-changed', () => {
  const given = processSpecification(reviseChangeWhenReleaseChanged);

  test('a draft has no change', () =>
    expect(given().when(on('ArtifactAttached'))).toMatchObject([{ ignore: expect.any(String) }]));

  test.each([
    'ArtifactAttached',
    'ArtifactDetached',
    'ScopeItemAdded',
    'ScopeItemRemoved',
    'ScopeItemsChanged',
    'RollbackPlanRegistered',
    'ReleaseRescheduled',
  ] as const)('the change follows %s', type =>
    expect(given(on('ReleaseScheduled')).when(on(type))).toEqual([follow(own)]),
  );

  test('so does one that was raised by hand', () =>
    expect(given(on('ReleaseScheduled'), raisedByHand).when(on('ArtifactAttached'))).toEqual([
      follow(own),
      follow('change-c9'),
    ]));

  test('in whatever order they come', () => {
    expect(given(raisedByHand, on('ReleaseScheduled')).when(on('ArtifactAttached'))).toEqual([
      follow(own),
      follow('change-c9'),
    ]);
    expect(given(on('ReleaseScheduled'), on('ArtifactAttached')).when(raisedByHand)).toEqual([follow('change-c9')]);
  });

  test('a change without a release is not ours', () => expect(given().when(raisedAlone)).toEqual([]));
});

describe('cancel-change-when-release-ended', () => {
  const given = processSpecification(cancelChangeWhenReleaseEnded);
  const end = (to: string, ended: string) => ({
    send: { type: 'EndForRelease', data: { releaseId: 'r1', ended } },
    to,
  });

  test('ends every change of the release', () => {
    expect(given(raisedByHand).when(on('ReleaseCanceled'))).toEqual([
      end(own, 'canceled'),
      end('change-c9', 'canceled'),
    ]);
    expect(given().when(on('ReleaseWithdrawn'))).toEqual([end(own, 'withdrawn')]);
  });

  test('also one that we hear of later', () =>
    expect(given(on('ReleaseCanceled')).when(raisedByHand)).toEqual([end('change-c9', 'canceled')]));

  test('otherwise there is nothing to do', () =>
    expect(given().when(raisedByHand)).toMatchObject([{ ignore: expect.any(String) }]));
});
