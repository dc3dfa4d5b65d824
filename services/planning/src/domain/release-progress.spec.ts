import type { ReleaseEvent, Target } from '@slipway/contracts';
import { fold, isRejection, specification } from '@slipway/event-sourcing';
import fc from 'fast-check';
import {
  artifact,
  authorized,
  command,
  contentDigest,
  deploying,
  digest,
  draft,
  eu,
  event,
  inReview,
  live,
  planned,
  ready,
  recorded,
  sealed,
  staging,
  us,
} from './example.ts';
import type { RecordChange } from './release-commands.ts';
import { release } from './release.ts';

const given = specification(release);
type Said = Omit<RecordChange['data'], 'changeId'> & { changeId?: string };
type Outcome = Parameters<typeof recorded>;
const change = ({ changeId = 'change', ...said }: Said): RecordChange['data'] => ({ changeId, ...said });
const record = (said: Said) => command('RecordChange', change(said));
const noted = (said: Said) => event('ReleaseChangeRecorded', change(said));
const lost = event('ReleaseAuthorizationLost', { cause: 'change-not-authorized' });

describe('authorization', () => {
  const authorizes = { changeVersion: 5, standing: 'authorized', contentDigest } as const;
  const authorization = event('ReleaseAuthorized', { changeIds: ['change'], contentDigest });

  test('comes with the change for this content', () =>
    expect(given(...planned).when(record(authorizes))).toEqual([noted(authorizes), authorization]));
  test('does not come with a change for other content', () => {
    const other = { ...authorizes, contentDigest: digest('f') };
    expect(given(...planned).when(record(other))).toEqual([noted(other)]);
  });
  test('comes with the last of several changes; a canceled one does not count', () => {
    const first = noted({ changeId: 'another', changeVersion: 1, standing: 'open' });
    const gone = { changeId: 'another', changeVersion: 2, standing: 'canceled' } as const;
    expect(given(...planned, first).when(record(authorizes))).toEqual([noted(authorizes)]);
    expect(given(...planned, first, noted(authorizes)).when(record(gone))).toEqual([noted(gone), authorization]);
  });
  test.each(['open', 'rejected', 'in-review', 'canceled'] as const)('is lost when its change is %s', standing => {
    const said = { changeVersion: 6, standing };
    expect(given(...authorized).when(record(said))).toEqual([noted(said), lost]);
    expect(given(...ready).when(record(said))).toEqual([noted(said), lost]);
  });
  test('news of a change that comes late says nothing', () => {
    const voided = noted({ changeVersion: 6, standing: 'open' });
    expect(given(...planned, voided).when(record(authorizes))).toEqual([]);
  });
  test('does not return with the old content', () => {
    const cart = artifact('cart');
    const history = [
      ...authorized,
      event('ArtifactAttached', { artifact: cart }),
      event('ReleaseAuthorizationLost', { cause: 'content-changed' }),
    ];
    expect(given(...history).when(command('DetachArtifact', { serviceId: 'cart' }))).toEqual([
      event('ArtifactDetached', { serviceId: 'cart', digest: cart.digest }),
    ]);
  });
  test('a change that names a draft waits for the schedule', () =>
    expect(given(...draft).when(record({ changeVersion: 1, standing: 'open' }))).toEqual([
      noted({ changeVersion: 1, standing: 'open' }),
    ]));
});

describe('the production start', () => {
  const start = (deploymentId: string, { serviceId, environmentId }: Target, deploymentVersion = 3) =>
    command('StartReleaseDeployment', { deploymentId, deploymentVersion, serviceId, environmentId });
  const started = event('ReleaseDeploymentStarted', { deploymentId: 'first', deploymentVersion: 3 });

  test('is the first one at a production target', () => {
    expect(given(...ready).when(start('first', eu))).toEqual([started]);
    expect(given(...deploying).when(start('second', us))).toEqual([
      event('ReleaseDeploymentFollowed', { deploymentId: 'second', deploymentVersion: 3 }),
    ]);
    expect(given(...ready, started).when(start('first', eu))).toEqual([]);
  });
  test('is a fact, authorized or not', () => expect(given(...planned).when(start('first', eu))).toEqual([started]));
  test('is none elsewhere', () => {
    expect(given(...ready).when(start('first', staging))).toMatchObject({ rejected: 'target-not-in-release' });
    expect(given(...draft).when(start('first', eu))).toMatchObject({ rejected: 'not-scheduled' });
  });
});

describe('settling', () => {
  const outcome = (...of: Outcome) => command('RecordTarget', recorded(...of));
  const known = (...of: Outcome) => event('ReleaseTargetRecorded', recorded(...of));
  const els = event('EarlyLifeSupportStarted', {});
  const review = event('ReleaseReviewStarted', {});
  const reviewed = (...triedTargets: readonly Target[]) =>
    ({ changeVersion: 9, standing: 'in-review', triedTargets }) as const;

  test('waits for every production target', () =>
    expect(given(...deploying).when(outcome('first', eu, 'succeeded'))).toEqual([known('first', eu, 'succeeded')]));
  test('with something live leads to early life support', () => {
    const history = [...deploying, known('first', eu, 'succeeded')];
    expect(given(...history).when(outcome('second', us, 'succeeded'))).toEqual([known('second', us, 'succeeded'), els]);
    expect(given(...history).when(outcome('second', us, 'rolled-back'))).toEqual([
      known('second', us, 'rolled-back'),
      els,
    ]);
  });
  test('with nothing live leads to review', () =>
    expect(given(...deploying, known('first', eu, 'rolled-back')).when(outcome('second', us, 'rolled-back'))).toEqual([
      known('second', us, 'rolled-back'),
      review,
    ]));
  test('a failed attempt settles nothing; the next one may', () => {
    const history = [...deploying, known('first', eu, 'failed'), known('second', us, 'succeeded')];
    expect(given(...history).when(outcome('second', us, 'succeeded', { deploymentVersion: 10 }))).toEqual([
      known('second', us, 'succeeded', { deploymentVersion: 10 }),
    ]);
    expect(given(...history).when(outcome('third', eu, 'succeeded'))).toEqual([known('third', eu, 'succeeded'), els]);
  });
  test('in early life support, everything rolled back leads to review', () => {
    const later = { deploymentVersion: 12 };
    const one = known('first', eu, 'rolled-back', later);
    expect(given(...live).when(outcome('first', eu, 'rolled-back', later))).toEqual([one]);
    expect(given(...live, one).when(outcome('second', us, 'rolled-back', later))).toEqual([
      known('second', us, 'rolled-back', later),
      review,
    ]);
  });
  test('an outcome before the news of the start implies it', () =>
    expect(given(...ready).when(outcome('first', eu, 'succeeded'))).toEqual([
      event('ReleaseDeploymentStarted', { deploymentId: 'first', deploymentVersion: 9 }),
      known('first', eu, 'succeeded'),
    ]));
  test('late news of a deployment says nothing', () =>
    expect(given(...live).when(outcome('first', eu, 'failed', { deploymentVersion: 8 }))).toEqual([]));
  test('concerns the targets of a release that has some', () => {
    expect(given(...deploying).when(outcome('first', staging, 'succeeded'))).toMatchObject({
      rejected: 'target-not-in-release',
    });
    expect(given(...draft).when(outcome('first', eu, 'succeeded'))).toMatchObject({ rejected: 'not-scheduled' });
  });
  test('is over when all changes are in review: live, undone, or never met by a user', () => {
    const said = reviewed(eu);
    const after = (attempt: ReleaseEvent) => given(...deploying, attempt).when(record(said));
    expect(after(known('first', eu, 'succeeded'))).toEqual([noted(said), els]);
    expect(after(known('first', eu, 'failed', { tookTraffic: true }))).toEqual([noted(said), els]);
    expect(after(known('first', eu, 'rolled-back'))).toEqual([noted(said), review]);
    expect(after(known('first', eu, 'failed'))).toEqual([noted(said), lost]);
  });
  test('a canceled change does not keep it from being over', () => {
    const gone = noted({ changeId: 'another', changeVersion: 2, standing: 'canceled' });
    const said = reviewed(eu);
    expect(given(...deploying, gone, known('first', eu, 'succeeded')).when(record(said))).toEqual([noted(said), els]);
  });
  test('back in planning, late news of what was tried does not start it again', () => {
    const history = [...deploying, known('first', eu, 'failed'), noted(reviewed(eu)), lost];
    const later = { deploymentVersion: 12, tookTraffic: false };
    expect(given(...history).when(outcome('first', eu, 'rolled-back', later))).toEqual([
      known('first', eu, 'rolled-back', later),
    ]);
  });
  test('waits for what the review saw tried', () => {
    const said = reviewed(eu);
    expect(given(...deploying).when(record(said))).toEqual([noted(said)]);
    expect(given(...deploying, noted(said)).when(outcome('first', eu, 'succeeded'))).toEqual([
      known('first', eu, 'succeeded'),
      els,
    ]);
  });
  test('a rollback in review changes how it closes, not its state', () =>
    expect(given(...inReview).when(outcome('first', eu, 'rolled-back', { deploymentVersion: 12 }))).toEqual([
      known('first', eu, 'rolled-back', { deploymentVersion: 12 }),
    ]));
  describe('planned anew', () => {
    const reopen = command('ReopenPlanning', { reason: sealed });
    const reopened = event('ReleasePlanningReopened', { reason: sealed });
    const undone = [known('first', eu, 'rolled-back'), known('second', us, 'rolled-back')];
    const again = [...deploying, ...undone, noted(reviewed(eu, us)), review, reopened, lost];
    const second = { changeId: 'second', changeVersion: 4 } as const;
    const restarted = [
      ...again,
      noted({ ...second, standing: 'authorized', contentDigest }),
      event('ReleaseAuthorized', { changeIds: ['second'], contentDigest }),
      event('ReleaseReady', {}),
      event('ReleaseDeploymentStarted', { deploymentId: 'third' }),
    ];

    test('happens from review, when nothing is left live', () => {
      const history = [...deploying, ...undone, noted(reviewed(eu, us)), review];
      expect(given(...history).when(reopen)).toEqual([reopened, lost]);
      expect(given(...inReview).when(reopen)).toMatchObject({ rejected: 'still-live' });
      expect(given(...deploying).when(reopen)).toMatchObject({ rejected: 'not-in-review' });
    });
    test('under a change that is not over yet it is authorized still', () =>
      expect(given(...deploying, ...undone, review).when(reopen)).toMatchObject([
        reopened,
        lost,
        { type: 'ReleaseAuthorized' },
      ]));
    test('its content is open again', () =>
      expect(given(...again).when(command('DetachArtifact', { serviceId: 'checkout' }))).toHaveLength(1));
    test('what was undone before settles nothing now', () => {
      expect(given(...restarted).when(outcome('third', eu, 'succeeded'))).toEqual([known('third', eu, 'succeeded')]);
      expect(given(...restarted, known('third', eu, 'succeeded')).when(outcome('fourth', us, 'succeeded'))).toEqual([
        known('fourth', us, 'succeeded'),
        els,
      ]);
    });
    test('late news of before says nothing of now', () => {
      const later = { deploymentVersion: 30 };
      expect(given(...restarted).when(outcome('second', us, 'rolled-back', later))).toEqual([
        known('second', us, 'rolled-back', later),
      ]);
      expect(given(...restarted).when(record({ changeVersion: 30, standing: 'in-review' }))).toEqual([
        noted({ changeVersion: 30, standing: 'in-review' }),
      ]);
    });
  });
  test('an ended release takes no more', () =>
    expect(
      given(...deploying, event('ReleaseWithdrawn', { reason: sealed })).when(outcome('first', eu, 'rolled-back')),
    ).toMatchObject({ rejected: 'release-over' }));

  test('comes out the same whatever the order in which the news comes', () => {
    const news = [
      command('StartReleaseDeployment', {
        deploymentId: 'first',
        deploymentVersion: 3,
        serviceId: 'checkout',
        environmentId: 'eu',
      }),
      outcome('first', eu, 'failed', { deploymentVersion: 5, tookTraffic: true }),
      outcome('first', eu, 'rolled-back', { deploymentVersion: 8 }),
      outcome('second', us, 'succeeded', { deploymentVersion: 6 }),
      outcome('second', us, 'rolled-back', { deploymentVersion: 9 }),
      record(reviewed(eu, us)),
    ];
    const endOf = (commands: typeof news): string => {
      const end = commands.reduce(
        (state, each) => {
          const decision = release.decide(each, state);
          return isRejection(decision) ? state : decision.reduce(release.evolve, state);
        },
        fold(release, ready),
      );
      return end.status;
    };
    fc.assert(fc.property(fc.shuffledSubarray(news, { minLength: news.length }), order => endOf(order) === 'Review'));
  });
});

describe('a deployment whose kind was corrected', () => {
  const about = (deploymentId: string, { serviceId, environmentId }: Target, deploymentVersion = 12) => ({
    deploymentId,
    deploymentVersion,
    serviceId,
    environmentId,
  });
  const dismiss = (...of: Parameters<typeof about>) => command('DismissDeployment', about(...of));
  const dismissed = (...of: Parameters<typeof about>) => event('ReleaseDeploymentDismissed', about(...of));
  const known = (...of: Outcome) => event('ReleaseTargetRecorded', recorded(...of));
  const unstarted = event('ReleaseStartDismissed', {});
  const followed = event('ReleaseDeploymentFollowed', { deploymentId: 'second', deploymentVersion: 3 });
  const [first, second] = [dismissed('first', eu), dismissed('second', us)];

  test('did not start the release, if no other did', () => {
    expect(given(...deploying).when(dismiss('first', eu))).toEqual([first, unstarted]);
    expect(given(...deploying, followed).when(dismiss('first', eu))).toEqual([first]);
    expect(given(...deploying, followed, first).when(dismiss('second', us))).toEqual([second, unstarted]);
  });
  test('leaves the release without the authorization that it has lost meanwhile', () => {
    const reviewed = noted({ changeVersion: 9, standing: 'in-review', triedTargets: [eu] });
    expect(given(...deploying, reviewed).when(dismiss('first', eu))).toEqual([first, unstarted, lost]);
  });
  test('settled nothing', () => {
    expect(given(...live).when(dismiss('first', eu))).toEqual([first, event('EarlyLifeSupportDismissed', {})]);
    const back = known('second', us, 'rolled-back', { deploymentVersion: 10 });
    const third = known('third', eu, 'rolled-back');
    expect(given(...live, back, third).when(dismiss('first', eu))).toEqual([first, event('ReleaseReviewStarted', {})]);
  });
  test('makes a release that has seen nothing else what can be canceled', () => {
    const cancel = command('CancelRelease', { reason: sealed });
    expect(given(...deploying, first, unstarted).when(cancel)).toEqual([event('ReleaseCanceled', { reason: sealed })]);
  });
  test('is not waited for any more where the review saw it', () => {
    const said = { changeVersion: 9, standing: 'in-review', triedTargets: [us] } as const;
    const history = [...deploying, followed, known('first', eu, 'succeeded'), noted(said)];
    expect(given(...history).when(dismiss('second', us))).toEqual([second, event('EarlyLifeSupportStarted', {})]);
  });
  test('before the release heard of its start, is not heard of later', () => {
    const late = command('StartReleaseDeployment', about('first', eu, 3));
    expect(given(...ready).when(dismiss('first', eu))).toEqual([first]);
    expect(given(...ready, first).when(late)).toEqual([]);
    expect(given(...ready, first).when(command('RecordTarget', recorded('first', eu, 'succeeded')))).toEqual([]);
  });
  test('late news of it says nothing', () => {
    expect(given(...live).when(dismiss('first', eu, 8))).toEqual([]);
    expect(given(...deploying, first).when(dismiss('first', eu))).toEqual([]);
  });
  test('moves the release when it is corrected once more', () => {
    const start = command('StartReleaseDeployment', about('first', eu, 13));
    expect(given(...deploying, first, unstarted).when(start)).toEqual([
      event('ReleaseDeploymentStarted', { deploymentId: 'first', deploymentVersion: 13 }),
    ]);
  });
  test('is one of a target of the release', () => {
    expect(given(...deploying).when(dismiss('first', staging))).toMatchObject({ rejected: 'target-not-in-release' });
    expect(given(...draft).when(dismiss('first', eu))).toMatchObject({ rejected: 'not-scheduled' });
  });

  test('leaves the release as it were without it, whatever the order in which the news comes', () => {
    const place = (target: Target) => ({ serviceId: target.serviceId, environmentId: target.environmentId });
    const begin = (deploymentId: string, target: Target, deploymentVersion: number) =>
      command('StartReleaseDeployment', { deploymentId, deploymentVersion, ...place(target) });
    const outcome = (...of: Outcome) => command('RecordTarget', recorded(...of));
    const others = fc.subarray([
      begin('second', us, 3),
      outcome('second', us, 'failed', { deploymentVersion: 5 }),
      outcome('third', us, 'succeeded', { deploymentVersion: 5 }),
    ]);
    const own = fc.subarray([begin('first', eu, 3), outcome('first', eu, 'succeeded', { deploymentVersion: 5 })]);
    const endOf = (commands: readonly Parameters<typeof release.decide>[0][]) =>
      commands.reduce(
        (state, each) => {
          const decision = release.decide(each, state);
          return isRejection(decision) ? state : decision.reduce(release.evolve, state);
        },
        fold(release, ready),
      ).status;
    const runs = fc.tuple(others, own).chain(([without, with_]) => {
      const all = [...without, ...with_, dismiss('first', eu)];
      return fc.tuple(fc.constant(without), fc.shuffledSubarray(all, { minLength: all.length }));
    });
    fc.assert(fc.property(runs, ([without, all]) => expect(endOf(all)).toBe(endOf(without))));
  });
});
