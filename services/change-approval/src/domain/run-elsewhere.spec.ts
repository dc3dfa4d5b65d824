import { specification } from '@slipway/event-sourcing';
import { change } from './change.ts';
import {
  after,
  ann,
  bob,
  checkout,
  command,
  contentWith,
  digest,
  granting,
  person,
  proposing,
  raising,
  risk,
  typesOf,
} from './change.examples.ts';
import { builtIn } from './approval-policy.ts';
import type { TargetOutcome } from './change-attempts.ts';

const given = specification(change);
const staging = { ...checkout, environmentId: 'staging' };
const also = proposing(contentWith('a', [staging, checkout]));
const seen = { contentDigest: also.contentDigest };
const asked = [raising('normal', also)];
const scheduled = [...asked, granting(person(ann), seen), granting(person(bob), seen)];

const tested = (outcome?: TargetOutcome, deploymentId = 't1', digests = [digest('a')], target = staging) =>
  command('RecordElsewhere', { deploymentId, target, digests, ...(outcome && { outcome }) });
const attempt = command('RecordAttempt', { deploymentId: 'd1', target: checkout });
const settle = command('SettleTarget', { deploymentId: 'd1', target: checkout, outcome: 'succeeded' });
const review = ['ChangeReviewStarted', 'ReviewDue'];

describe('a run before production', () => {
  test.each([
    ['waits for approval', asked],
    ['is scheduled', scheduled],
  ])('begins nothing while the change %s', (_, until) => {
    expect(typesOf(given(...after(...until)).when(tested()))).toEqual(['TargetAttempted']);
    expect(typesOf(given(...after(...until, tested())).when(tested('succeeded')))).toEqual(['TargetSettled']);
  });

  test('is part of what must be settled: the review begins with the last of all', () => {
    const first = [...scheduled, tested('succeeded'), attempt];
    expect(typesOf(given(...after(...first)).when(settle))).toEqual(['TargetSettled', ...review]);
    const last = [...scheduled, attempt, settle, tested()];
    expect(typesOf(given(...after(...last)).when(tested('succeeded')))).toEqual(['TargetSettled', ...review]);
    expect(typesOf(given(...after(...last)).when(tested('rolled-back')))).toEqual(['TargetSettled', ...review]);
    expect(typesOf(given(...after(...last)).when(tested('failed')))).toEqual(['TargetSettled']);
  });

  test('is in the outcomes, and lets the change close successful', () => {
    const done = [...scheduled, tested('succeeded'), attempt, settle];
    expect(after(...done).find(({ type }) => type === 'ChangeReviewStarted')?.data).toMatchObject({
      outcomes: [{ outcome: 'succeeded' }, { outcome: 'succeeded' }],
    });
    const successful = command('ReviewChange', { closeCode: 'successful' });
    expect(typesOf(given(...after(...done)).when(successful))).toEqual(['ChangeReviewed']);
  });

  test('keeps nothing from being canceled, or from its review when the window is over', () => {
    const cancel = command('CancelChange', { reason: 'sealed:v1:x' });
    expect(typesOf(given(...after(...scheduled, tested())).when(cancel))).toEqual(['ChangeCanceled']);
    const over = command('EndWindow', {}, '2026-03-02T14:00:00Z');
    expect(typesOf(given(...after(...scheduled, attempt, settle, tested())).when(over))).toEqual(review);
  });

  test('is told once, and its last word stands', () => {
    expect(given(...after(...asked, tested())).when(tested())).toEqual([]);
    expect(given(...after(...asked, tested('succeeded'))).when(tested())).toEqual([]);
    expect(given(...after(...asked, tested('succeeded'))).when(tested('succeeded'))).toEqual([]);
    expect(given(...after(...asked, tested('rolled-back'))).when(tested('succeeded'))).toEqual([]);
    expect(typesOf(given(...after(...asked, tested('succeeded'))).when(tested('rolled-back')))).toHaveLength(1);
  });

  test('of other content, or at no target of the change, says nothing of it', () => {
    expect(given(...after(...asked)).when(tested('succeeded', 't1', [digest('b')]))).toEqual([]);
    const test = { ...staging, environmentId: 'test' };
    expect(given(...after(...asked)).when(tested('succeeded', 't1', [digest('a')], test))).toEqual([]);
  });

  test('is void when the artifact changes, and stays when another thing does', () => {
    const revise = (proposal: typeof also) =>
      command('ProposeChange', { ...asked[0]!.data, proposal, risk, policy: builtIn, releaseOpen: true });
    const other = proposing(contentWith('b', [staging, checkout]));
    const isVoid = after(...asked, tested('succeeded'), revise(other));
    expect(given(...isVoid).when(tested('succeeded'))).toEqual([]);
    expect(typesOf(given(...isVoid).when(tested('succeeded', 't2', [digest('b')])))).toEqual(['TargetSettled']);
    const planned = proposing({ ...contentWith('a', [staging, checkout]), rollbackPlan: digest('e') });
    const stays = after(...asked, tested('succeeded'), revise(planned));
    expect(given(...stays).when(tested('succeeded'))).toEqual([]);
    const approved = { contentDigest: planned.contentDigest };
    const authorized = [granting(person(ann), approved), granting(person(bob), approved)];
    const rest = [...asked, tested('succeeded'), revise(planned), ...authorized, attempt];
    expect(typesOf(given(...after(...rest)).when(settle))).toEqual(['TargetSettled', ...review]);
  });

  test('after the review began says no more', () =>
    expect(given(...after(...scheduled, tested('succeeded'), attempt, settle)).when(tested('rolled-back'))).toEqual(
      [],
    ));
});
