import { specification, type Stamped, stampOf } from '@slipway/event-sourcing';
import { change } from './change.ts';
import {
  after,
  ann,
  bob,
  checkout,
  command,
  contentWith,
  deployer,
  digest,
  granting,
  payments,
  person,
  proposing,
  raising,
  typesOf,
} from './change.examples.ts';
import type { BeginWork, FinishWork } from './work-by-hand.ts';

const given = specification(change);
const two = proposing({ ...contentWith('a', [checkout, payments]), artifacts: [] });
const seen = { contentDigest: two.contentDigest };
const own = { ...raising('normal', two), data: { ...raising('normal', two).data, releaseIds: [] } };
const scheduled = [own, granting(person(ann), seen), granting(person(bob), seen)];

const allow: BeginWork['data']['decision'] = {
  verdict: 'allow',
  deploymentId: 'w1',
  changeId: 'c1',
  target: checkout,
  deployer,
  digests: [],
  validUntil: '2026-03-02T11:01:00Z',
};
const begin = (decision: Partial<typeof allow> = {}, at = '2026-03-02T11:00:00Z'): Stamped<BeginWork> => ({
  type: 'BeginWork',
  data: { changeId: 'c1', decision: { ...allow, ...decision } },
  stamp: stampOf(deployer, at),
});
const finish = (attempt: string, outcome: FinishWork['data']['outcome'] = 'succeeded') =>
  command('FinishWork', { attempt, outcome });
const begun = [...scheduled, begin()];
const second = begin({ deploymentId: 'w2', target: payments });

describe('work by hand', () => {
  test('begins the implementation, and is known as such', () =>
    expect(given(...after(...scheduled)).when(begin())).toMatchObject([
      { type: 'ChangeImplementationStarted', data: { deploymentId: 'w1' } },
      { type: 'TargetAttempted', data: { deploymentId: 'w1', target: checkout, byHand: true } },
    ]));

  test('begins once', () => expect(given(...after(...begun)).when(begin())).toEqual([]));

  test.each([
    ['not-allowed', begin({ verdict: 'deny' })],
    ['decision-mismatch', begin({ changeId: 'c2' })],
    ['decision-mismatch', begin({ deployer: ann })],
    ['decision-expired', begin({}, '2026-03-02T11:01:00Z')],
    ['work-is-deployed', begin({ digests: [digest('a')] })],
  ])('is refused with %s', (rejected, asked) =>
    expect(given(...after(...scheduled)).when(asked)).toMatchObject({ rejected }),
  );

  test('is refused where somebody works already', () => {
    const another = begin({ deploymentId: 'w2' });
    expect(given(...after(...begun)).when(another)).toMatchObject({ rejected: 'work-running' });
    expect(typesOf(given(...after(...begun, finish('w1', 'failed'))).when(another))).toEqual(['TargetAttempted']);
  });

  test('that ended at every target is reviewed', () => {
    expect(typesOf(given(...after(...begun)).when(finish('w1')))).toEqual(['TargetSettled']);
    expect(typesOf(given(...after(...begun, finish('w1'), second)).when(finish('w2', 'rolled-back')))).toEqual([
      'TargetSettled',
      'ChangeReviewStarted',
      'ReviewDue',
    ]);
  });

  test('partly done closes with issues at best', () => {
    const partly = after(...begun, finish('w1'), second, finish('w2', 'rolled-back'));
    const closing = (closeCode: 'successful' | 'successful-with-issues') => command('ReviewChange', { closeCode });
    expect(given(...partly).when(closing('successful'))).toMatchObject({ rejected: 'close-code-not-permitted' });
    expect(typesOf(given(...partly).when(closing('successful-with-issues')))).toEqual(['ChangeReviewed']);
  });

  test('that ended is not told otherwise, but may be taken back', () => {
    const failed = after(...begun, finish('w1', 'failed'));
    expect(given(...failed).when(finish('w1', 'failed'))).toEqual([]);
    expect(given(...failed).when(finish('w1'))).toMatchObject({ rejected: 'attempt-over' });
    expect(typesOf(given(...failed).when(finish('w1', 'rolled-back')))).toEqual(['TargetSettled']);
  });

  const withdraw = command('WithdrawRemaining', { reason: 'sealed:v1:x' });

  test('that will not go on is withdrawn, target by target', () => {
    const settled = [
      { type: 'TargetSettled', data: { target: payments, outcome: 'not-deployed', reason: 'sealed:v1:x' } },
    ];
    // What runs is waited for.
    expect(given(...after(...begun)).when(withdraw)).toMatchObject(settled);
    expect(typesOf(given(...after(...begun, withdraw)).when(finish('w1')))).toEqual([
      'TargetSettled',
      'ChangeReviewStarted',
      'ReviewDue',
    ]);
    expect(given(...after(...begun, finish('w1', 'failed'))).when(withdraw)).toMatchObject([
      { type: 'TargetSettled', data: { target: checkout, outcome: 'failed' } },
      ...settled,
      { type: 'ChangeReviewStarted', data: { outcomes: [{ outcome: 'failed' }, { outcome: 'not-deployed' }] } },
      { type: 'ReviewDue' },
    ]);
  });

  test('of a release is withdrawn with it', () => {
    const ofRelease = { ...own, data: { ...own.data, releaseIds: ['r1'] } };
    expect(given(...after(ofRelease, ...scheduled.slice(1), begin())).when(withdraw)).toMatchObject({
      rejected: 'content-comes-from-release',
    });
  });

  test('that nobody began is not finished; what a deployment does, neither', () => {
    const deployed = command('RecordAttempt', { deploymentId: 'd1', target: payments });
    expect(given(...after(...begun)).when(finish('w9'))).toMatchObject({ rejected: 'no-such-attempt' });
    expect(given(...after(...begun, deployed)).when(finish('d1'))).toMatchObject({ rejected: 'no-such-attempt' });
  });
});
