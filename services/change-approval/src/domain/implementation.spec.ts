import { specification, type Stamped } from '@slipway/event-sourcing';
import type { ChangeCommand } from './change-commands.ts';
import { change } from './change.ts';
import {
  after,
  ann,
  bob,
  approved,
  checkout,
  command,
  contentWith,
  granting,
  payments,
  person,
  proposing,
  raising,
  typesOf,
} from './change.examples.ts';
import type { TargetOutcome } from './change-attempts.ts';

const given = specification(change);
const two = proposing(contentWith('a', [checkout, payments]));
const seen = { contentDigest: two.contentDigest };
const scheduled = [raising('normal', two), granting(person(ann), seen), granting(person(bob), seen)];

const attempt = (deploymentId: string, target = checkout, undoes?: string) =>
  command('RecordAttempt', { deploymentId, target, ...(undoes && { undoes }) });
const settle = (deploymentId: string, outcome: TargetOutcome, target = checkout, at?: string, undoes?: string) =>
  command('SettleTarget', { deploymentId, target, outcome, ...(undoes && { undoes }) }, at);
const plain = (type: ChangeCommand['type'], at?: string) => command(type, {}, at);
const reason = { reason: 'sealed:v1:x' };
const cancel = command('CancelChange', reason);
const withdraw = command('WithdrawTargets', reason);

const bothDone = [
  ...scheduled,
  attempt('d1'),
  settle('d1', 'succeeded'),
  attempt('d2', payments),
  settle('d2', 'succeeded', payments),
];
const partlyDone = [
  ...scheduled,
  attempt('d1'),
  settle('d1', 'succeeded'),
  attempt('d2', payments),
  settle('d2', 'rolled-back', payments),
];
const noneDone = [...approved, attempt('d1'), settle('d1', 'rolled-back')];
const closing = (code: string): Stamped<ChangeCommand> => command('ReviewChange', { closeCode: code } as never);

describe('implementation', () => {
  test('begins with the first attempt', () =>
    expect(typesOf(given(...after(...scheduled)).when(attempt('d1')))).toEqual([
      'ChangeImplementationStarted',
      'TargetAttempted',
    ]));

  test('notes each attempt once', () => {
    const begun = after(...scheduled, attempt('d1'));
    expect(given(...begun).when(attempt('d1'))).toEqual([]);
    expect(typesOf(given(...begun).when(attempt('d2', payments)))).toEqual(['TargetAttempted']);
  });

  test('nothing runs under what is not authorized', () => {
    expect(given(...after(raising())).when(attempt('d1'))).toMatchObject({ rejected: 'change-not-authorized' });
    expect(given(...after(raising())).when(settle('d1', 'failed'))).toMatchObject({
      rejected: 'change-not-authorized',
    });
  });

  test('nor under what is canceled', () =>
    expect(given(...after(...scheduled, cancel)).when(attempt('d1'))).toMatchObject({ rejected: 'change-not-open' }));

  test('an outcome may come before its attempt', () => {
    expect(typesOf(given(...after(...scheduled)).when(settle('d1', 'succeeded')))).toEqual([
      'ChangeImplementationStarted',
      'TargetSettled',
    ]);
    expect(given(...after(...scheduled, settle('d1', 'succeeded'))).when(attempt('d1'))).toEqual([]);
  });
});

describe('review', () => {
  test('begins when every target is settled, and is due within 72 hours', () =>
    expect(given(...after(...bothDone.slice(0, -1))).when(settle('d2', 'succeeded', payments))).toMatchObject([
      { type: 'TargetSettled' },
      { type: 'ChangeReviewStarted', data: { outcomes: [{ outcome: 'succeeded' }, { outcome: 'succeeded' }] } },
      { type: 'ReviewDue', data: { dueAt: '2026-03-05T11:00:00.000Z' } },
    ]));

  test('does not begin while a target failed: there may be another attempt', () =>
    expect(typesOf(given(...after(...bothDone.slice(0, -1))).when(settle('d2', 'failed', payments)))).toEqual([
      'TargetSettled',
    ]));

  test('the last attempt at a target counts', () => {
    const retried = after(...bothDone.slice(0, -1), settle('d2', 'failed', payments), attempt('d3', payments));
    expect(given(...retried).when(settle('d3', 'succeeded', payments))).toMatchObject([
      {},
      { type: 'ChangeReviewStarted', data: { outcomes: [{ outcome: 'succeeded' }, { outcome: 'succeeded' }] } },
      {},
    ]);
  });

  test('a rollback is told by what it undoes', () => {
    const failed = [...approved, attempt('d1'), settle('d1', 'failed')];
    const undone = after(
      ...failed,
      attempt('d2', checkout, 'd1'),
      settle('d2', 'succeeded', checkout, undefined, 'd1'),
    );
    expect(typesOf(undone)).not.toContain('ChangeReviewStarted');
    expect(given(...undone).when(settle('d1', 'rolled-back'))).toMatchObject([
      {},
      { type: 'ChangeReviewStarted', data: { outcomes: [{ outcome: 'rolled-back' }] } },
      {},
    ]);
    expect(
      typesOf(
        given(...after(...failed, settle('d2', 'succeeded', checkout, undefined, 'd1'))).when(
          attempt('d2', checkout, 'd1'),
        ),
      ),
    ).toEqual([]);
  });

  test('begins when the window is over', () => {
    const failed = after(...approved, attempt('d1'), settle('d1', 'failed'));
    expect(given(...failed).when(plain('EndWindow', '2026-03-02T13:59:59Z'))).toEqual([]);
    expect(typesOf(given(...failed).when(plain('EndWindow', '2026-03-02T14:00:00Z')))).toEqual([
      'ChangeReviewStarted',
      'ReviewDue',
    ]);
  });

  test('waits for what still runs when the window is over', () => {
    const running = after(...approved, attempt('d1'));
    expect(given(...running).when(plain('EndWindow', '2026-03-02T14:00:00Z'))).toEqual([]);
    expect(typesOf(given(...running).when(settle('d1', 'failed', checkout, '2026-03-02T14:10:00Z')))).toEqual([
      'TargetSettled',
      'ChangeReviewStarted',
      'ReviewDue',
    ]);
  });

  test('a change that never began is not reviewed', () =>
    expect(given(...after(...approved)).when(plain('EndWindow', '2026-03-02T14:00:00Z'))).toEqual([]));

  test('what was not deployed is withdrawn with the release', () => {
    const half = after(...scheduled, attempt('d1'), settle('d1', 'succeeded'));
    expect(given(...half).when(withdraw)).toMatchObject([
      { type: 'TargetSettled', data: { target: payments, outcome: 'not-deployed' } },
      { type: 'ChangeReviewStarted' },
      { type: 'ReviewDue' },
    ]);
    expect(given(...after(...bothDone)).when(withdraw)).toMatchObject({ rejected: 'change-not-open' });
  });

  test('what has not begun is canceled with the release', () => {
    expect(typesOf(given(...after(...scheduled)).when(withdraw))).toEqual(['ChangeCanceled']);
    expect(given(...after(...scheduled, cancel)).when(withdraw)).toEqual([]);
  });

  test.each([
    ['successful', bothDone, 'ChangeReviewed'],
    ['successful-with-issues', partlyDone, 'ChangeReviewed'],
    ['unsuccessful', noneDone, 'ChangeReviewed'],
  ])('ends with %s', (code, history, type) =>
    expect(typesOf(given(...after(...history)).when(closing(code)))).toEqual([type]),
  );

  test.each([
    ['successful', partlyDone, 'close-code-not-permitted'],
    ['successful-with-issues', noneDone, 'close-code-not-permitted'],
    ['successful', scheduled, 'change-not-in-review'],
    ['successful', [...bothDone, attempt('d4')], 'deployment-running'],
    ['unsuccessful', [...bothDone, closing('successful')], 'already-reviewed'],
    ['unsuccessful', bothDone, 'close-reason-required'],
    ['successful-with-issues', bothDone, 'close-reason-required'],
    ['unsuccessful', partlyDone, 'close-reason-required'],
  ])('does not end with %s', (code, history, rejected) =>
    expect(given(...after(...history)).when(closing(code))).toMatchObject({ rejected }),
  );

  test('a person may say worse than the facts, and says why', () =>
    expect(
      given(...after(...bothDone)).when(
        command('ReviewChange', { closeCode: 'successful-with-issues', note: 'sealed:v1:x' }),
      ),
    ).toMatchObject([{ type: 'ChangeReviewed', data: { closeCode: 'successful-with-issues' } }]));

  describe('that what came after it made untrue', () => {
    const reviewed = [...bothDone, closing('successful')];
    const rolledBack = after(...reviewed, settle('d2', 'rolled-back', payments));

    test('is said again, as bad as it is by now', () => {
      expect(typesOf(given(...rolledBack).when(closing('successful-with-issues')))).toEqual(['ChangeReviewed']);
      expect(given(...rolledBack).when(closing('successful'))).toMatchObject({ rejected: 'close-code-not-permitted' });
    });
    test('closes nothing', () =>
      expect(given(...rolledBack).when(plain('CloseChange'))).toMatchObject({ rejected: 'close-code-not-permitted' }));
  });

  test('the same code again is already so', () =>
    expect(given(...after(...bothDone, closing('successful'))).when(closing('successful'))).toEqual([]));
});

describe('closing', () => {
  const close = plain('CloseChange');

  test('keeps the close code', () =>
    expect(given(...after(...bothDone, closing('successful'))).when(close)).toMatchObject([
      { type: 'ChangeClosed', data: { closeCode: 'successful', unauthorized: false } },
    ]));

  test('says that something ran unauthorized', () => {
    const flag = command('FlagUnauthorized', { deploymentId: 'd9', rules: ['inside-window'] });
    const flagged = after(...bothDone, flag, closing('successful'));
    expect(given(...flagged).when(flag)).toEqual([]);
    expect(given(...flagged).when(close)).toMatchObject([{ data: { unauthorized: true } }]);
  });

  test.each([
    ['not-reviewed', bothDone],
    ['tasks-open', [...bothDone, closing('successful'), command('AddTask', { taskId: 't1', title: 'Tell' })]],
    ['change-not-in-review', scheduled],
    ['deployment-running', [...bothDone, closing('successful'), attempt('d4')]],
  ])('is refused with %s', (rejected, history) =>
    expect(given(...after(...history)).when(close)).toMatchObject({ rejected }),
  );
});

describe('hold and cancel', () => {
  const hold = command('HoldChange', reason);
  const resume = plain('ResumeChange');

  test('hold is a flag', () => {
    expect(typesOf(given(...after(...approved)).when(hold))).toEqual(['ChangeHeld']);
    expect(given(...after(...approved, hold)).when(hold)).toEqual([]);
    expect(typesOf(given(...after(...approved, hold)).when(resume))).toEqual(['ChangeResumed']);
    expect(given(...after(...approved)).when(resume)).toEqual([]);
  });

  test('what is canceled is not held', () => {
    expect(given(...after(...approved, cancel)).when(hold)).toMatchObject({ rejected: 'change-not-open' });
    expect(given(...after(...approved, cancel)).when(resume)).toMatchObject({ rejected: 'change-not-open' });
  });

  test('canceling twice is already so', () => {
    expect(typesOf(given(...after(...approved)).when(cancel))).toEqual(['ChangeCanceled']);
    expect(given(...after(...approved, cancel)).when(cancel)).toEqual([]);
  });

  test.each([
    ['deployment-running', [...approved, attempt('d1')], cancel],
    ['deployment-running', approved, command('CancelChange', { ...reason, allowed: true })],
    ['change-in-review', bothDone, cancel],
    ['not-found', [], cancel],
  ])('canceling is refused with %s', (rejected, history, canceling) =>
    expect(given(...after(...history)).when(canceling)).toMatchObject({ rejected }),
  );
});
