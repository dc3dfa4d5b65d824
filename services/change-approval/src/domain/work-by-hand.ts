import { isBefore } from '@slipway/canonical';
import type { ChangeEvent, DecisionEvent } from '@slipway/contracts';
import { type Decision, type Message, reject, type Stamped } from '@slipway/event-sourcing';
import type { TargetOutcome } from './change-attempts.ts';
import { type RaisedChange, sameTarget } from './change-state.ts';
import { recordAttempt, settleTarget } from './implementation.ts';

type Taken = Pick<
  DecisionEvent['data'],
  'verdict' | 'deploymentId' | 'changeId' | 'target' | 'deployer' | 'digests' | 'validUntil'
>;

/** Somebody does by hand what no deployment does: a firewall rule, a parameter. By a decision, as a deployment would. */
export type BeginWork = Message<'BeginWork', { changeId: string; decision: Taken }>;
export type FinishWork = Message<'FinishWork', { attempt: string; outcome: Exclude<TargetOutcome, 'not-deployed'> }>;

export type WorkRefusal =
  | 'attempt-over'
  | 'change-not-open'
  | 'decision-expired'
  | 'decision-mismatch'
  | 'no-such-attempt'
  | 'not-allowed'
  | 'work-is-deployed'
  | 'work-running';

type WorkDecision = Decision<ChangeEvent, WorkRefusal>;

export const beginWork = ({ data, stamp }: Stamped<BeginWork>, change: RaisedChange): WorkDecision => {
  const { verdict, deploymentId, changeId, target, deployer, digests, validUntil } = data.decision;
  if (verdict !== 'allow') return reject('not-allowed', 'The decision is no.');
  if (changeId !== data.changeId || deployer !== stamp.actor)
    return reject('decision-mismatch', 'The decision is about another change, or for somebody else.');
  if (digests.length > 0)
    return reject('work-is-deployed', 'What has artifacts is deployed: its deployment tells how it went.');
  if (!validUntil || !isBefore(stamp.recordedAt, validUntil))
    return reject('decision-expired', 'The allow is no longer valid: ask again.');
  const running = change.attempts.find(each => each.outcome === undefined && sameTarget(each.target, target));
  if (running && running.deploymentId !== deploymentId)
    return reject('work-running', 'Somebody works on this target already.');
  return recordAttempt({ type: 'RecordAttempt', data: { deploymentId, target, byHand: true }, stamp }, change);
};

/** It succeeded, failed, or was taken back; a target that failed may be tried again until the window is over. */
export const finishWork = ({ data, stamp }: Stamped<FinishWork>, change: RaisedChange): WorkDecision => {
  const { attempt: deploymentId, outcome } = data;
  const attempt = change.attempts.find(each => each.byHand && each.deploymentId === deploymentId);
  if (!attempt) return reject('no-such-attempt', 'Nobody began this by hand.');
  // What was told stands; but what succeeded or failed may be taken back.
  if (attempt.outcome !== undefined && attempt.outcome !== outcome && outcome !== 'rolled-back')
    return reject('attempt-over', `It is ${attempt.outcome}: begin another attempt.`);
  const { target } = attempt;
  return settleTarget({ type: 'SettleTarget', data: { deploymentId, target, outcome }, stamp }, change);
};
