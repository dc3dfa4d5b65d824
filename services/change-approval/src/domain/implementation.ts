import { after, isBefore } from '@slipway/canonical';
import type { ChangeEvent, Target } from '@slipway/contracts';
import { type Decision, isRejection, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { TargetOutcome } from './change-attempts.ts';
import { type CloseCode, evolve, type RaisedChange, sameTarget } from './change-state.ts';
import { openTasks } from './change-tasks.ts';

export type RecordAttempt = Message<
  'RecordAttempt',
  { deploymentId: string; target: Target; undoes?: string; byHand?: boolean }
>;
export type SettleTarget = Message<
  'SettleTarget',
  { deploymentId: string; target: Target; undoes?: string; outcome: TargetOutcome }
>;
/** The release was canceled or withdrawn: what was not deployed will not be. */
export type WithdrawTargets = Message<'WithdrawTargets', { reason: string }>;
/** What was not done, or failed, at a target will not be tried again: of a change without a release. */
export type WithdrawRemaining = Message<'WithdrawRemaining', { reason: string }>;
/** The window is over, says the timer. */
export type EndWindow = Message<'EndWindow', Record<never, never>>;
export type FlagUnauthorized = Message<'FlagUnauthorized', { deploymentId: string; rules: readonly string[] }>;
export type ReviewChange = Message<'ReviewChange', { closeCode: CloseCode; note?: string }>;
export type CloseChange = Message<'CloseChange', Record<never, never>>;

export type ImplementationRefusal =
  | 'change-not-open'
  | 'content-comes-from-release'
  | 'already-reviewed'
  | 'close-code-not-permitted'
  | 'close-reason-required'
  | 'not-reviewed'
  | 'tasks-open'
  | 'deployment-running';

type ImplementationDecision = Decision<ChangeEvent, ImplementationRefusal>;
type AttemptDecision = Decision<ChangeEvent, 'change-not-open'>;
type Outcome = Extract<ChangeEvent, { type: 'ChangeReviewStarted' }>['data']['outcomes'][number];

const REVIEW_WITHIN = { hours: 72 };

/** In production. */
export const runs = ({ attempts }: RaisedChange): boolean =>
  attempts.some(({ outcome, elsewhere }) => outcome === undefined && !elsewhere);

const runsAt = ({ attempts }: RaisedChange, target: Target): boolean =>
  attempts.some(each => each.outcome === undefined && sameTarget(each.target, target));

/** What became of each target: the last attempt counts; a rollback is told by the attempt that it undoes. */
export const outcomesOf = ({ proposal, attempts }: RaisedChange): readonly Outcome[] =>
  proposal.content.targets.map(target => {
    const last = attempts.findLast(each => each.undoes === undefined && sameTarget(each.target, target));
    return { target, outcome: last?.outcome ?? 'not-deployed' };
  });

const isWithdrawn = ({ withdrawn }: RaisedChange, target: Target): boolean =>
  withdrawn.some(each => sameTarget(each, target));

const isSettled = (change: RaisedChange): boolean =>
  outcomesOf(change).every(
    ({ target, outcome }) => outcome === 'succeeded' || outcome === 'rolled-back' || isWithdrawn(change, target),
  );

/** Whether something may run under it; the first run begins Implement. */
const begun = (change: RaisedChange, deploymentId: string, stamp: Stamp): AttemptDecision => {
  if (change.status === 'closed' || change.status === 'canceled')
    return reject('change-not-open', `The change is ${change.status}.`);
  return change.status === 'scheduled'
    ? [{ type: 'ChangeImplementationStarted', data: { deploymentId, ...stamp } }]
    : [];
};

export const recordAttempt = ({ data, stamp }: Stamped<RecordAttempt>, change: RaisedChange): AttemptDecision => {
  if (change.attempts.some(({ deploymentId }) => deploymentId === data.deploymentId)) return [];
  const beginning = begun(change, data.deploymentId, stamp);
  return isRejection(beginning) ? beginning : [...beginning, { type: 'TargetAttempted', data: { ...data, ...stamp } }];
};

// It may come before the attempt that it settles: instructions of one deployment are not ordered.
export const settleTarget = ({ data, stamp }: Stamped<SettleTarget>, change: RaisedChange): AttemptDecision => {
  const known = change.attempts.find(({ deploymentId }) => deploymentId === data.deploymentId);
  if (known?.outcome === data.outcome || known?.outcome === 'rolled-back') return [];
  const beginning = begun(change, data.deploymentId, stamp);
  if (isRejection(beginning)) return beginning;
  const settled: readonly ChangeEvent[] = [...beginning, { type: 'TargetSettled', data: { ...data, ...stamp } }];
  return [...settled, ...reviewIfDue(evolved(change, settled), stamp)];
};

export const withdrawTargets = (
  { data: { reason }, stamp }: Stamped<WithdrawTargets>,
  change: RaisedChange,
): ImplementationDecision => {
  if (change.status === 'canceled') return [];
  if (change.status !== 'implement') return [{ type: 'ChangeCanceled', data: { reason, ...stamp } }];
  const withdrawn = outcomesOf(change)
    .filter(({ target, outcome }) => outcome === 'not-deployed' && !isWithdrawn(change, target))
    .map(({ target, outcome }): ChangeEvent => ({ type: 'TargetSettled', data: { target, outcome, ...stamp } }));
  return [...withdrawn, ...reviewIfDue(evolved(change, withdrawn), stamp)];
};

export const withdrawRemaining = (
  { data: { reason }, stamp }: Stamped<WithdrawRemaining>,
  change: RaisedChange,
): ImplementationDecision => {
  if (change.releaseIds.length > 0)
    return reject('content-comes-from-release', 'Its targets are those of its release: withdraw them there.');
  const withdrawn = outcomesOf(change)
    .filter(({ outcome }) => outcome === 'not-deployed' || outcome === 'failed')
    .filter(({ target }) => !isWithdrawn(change, target) && !runsAt(change, target))
    .map(({ target, outcome }): ChangeEvent => ({
      type: 'TargetSettled',
      data: { target, outcome, reason, ...stamp },
    }));
  return [...withdrawn, ...reviewIfDue(evolved(change, withdrawn), stamp)];
};

export const endWindow = ({ stamp }: Stamped<EndWindow>, change: RaisedChange): ImplementationDecision =>
  reviewIfDue(change, stamp);

export const flagUnauthorized = (
  { data, stamp }: Stamped<FlagUnauthorized>,
  change: RaisedChange,
): ImplementationDecision =>
  change.unauthorized.includes(data.deploymentId)
    ? []
    : [{ type: 'ChangeFoundUnauthorized', data: { ...data, ...stamp } }];

/** How it went: at best what the facts allow. Whoever says worse says why. Again only when the facts are worse by now. */
export const review = ({ data, stamp }: Stamped<ReviewChange>, change: RaisedChange): ImplementationDecision => {
  if (change.status !== 'review') return [];
  const best = bestCloseCode(change);
  if (change.closeCode && !isBetter(change.closeCode, best)) {
    if (change.closeCode === data.closeCode) return [];
    return reject('already-reviewed', `It was reviewed as ${change.closeCode}.`);
  }
  if (runs(change)) return reject('deployment-running', 'A deployment of it still runs.');
  if (isBetter(data.closeCode, best)) return notPermitted(best);
  if (isBetter(best, data.closeCode) && data.note === undefined)
    return reject('close-reason-required', `By its targets it closes ${best}: a note says why worse.`);
  return [{ type: 'ChangeReviewed', data: { ...data, ...stamp } }];
};

export const close = ({ stamp }: Stamped<CloseChange>, change: RaisedChange): ImplementationDecision => {
  if (change.status !== 'review') return [];
  const { closeCode, unauthorized } = change;
  if (!closeCode) return reject('not-reviewed', 'Review it first: how did it go?');
  if (runs(change)) return reject('deployment-running', 'A deployment of it still runs.');
  const best = bestCloseCode(change);
  // What was tried after the review may have ended worse.
  if (isBetter(closeCode, best)) return notPermitted(best);
  const open = openTasks(change).length;
  if (open > 0) return reject('tasks-open', `${open} of its tasks are open: finish or drop them.`);
  return [{ type: 'ChangeClosed', data: { closeCode, unauthorized: unauthorized.length > 0, ...stamp } }];
};

const closeCodes: readonly CloseCode[] = ['successful', 'successful-with-issues', 'unsuccessful'];

const isBetter = (one: CloseCode, other: CloseCode): boolean => closeCodes.indexOf(one) < closeCodes.indexOf(other);

const notPermitted = (best: CloseCode) =>
  reject('close-code-not-permitted', `Not every target succeeded: it closes ${best} at best.`);

/** Partly done closes with issues, nothing done closes unsuccessful, at best. */
const bestCloseCode = (change: RaisedChange): CloseCode => {
  const outcomes = outcomesOf(change);
  if (outcomes.every(({ outcome }) => outcome === 'succeeded')) return 'successful';
  return outcomes.some(({ outcome }) => outcome === 'succeeded') ? 'successful-with-issues' : 'unsuccessful';
};

export const evolved = (change: RaisedChange, events: readonly ChangeEvent[]): RaisedChange =>
  events.reduce<RaisedChange>((state, event) => evolve(state, event) as RaisedChange, change);

export const reviewIfDue = (change: RaisedChange, stamp: Stamp): readonly ChangeEvent[] => {
  const windowOver = !isBefore(stamp.recordedAt, change.proposal.window.end);
  if (change.status !== 'implement' || runs(change) || !(isSettled(change) || windowOver)) return [];
  return [
    { type: 'ChangeReviewStarted', data: { outcomes: outcomesOf(change), ...stamp } },
    { type: 'ReviewDue', data: { dueAt: after(stamp.recordedAt, REVIEW_WITHIN), ...stamp } },
  ];
};
