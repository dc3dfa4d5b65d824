import type { ChangeEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamped } from '@slipway/event-sourcing';
import { grant, type GrantApproval, refuse, type RejectApproval, type VerdictRefusal } from './approvals.ts';
import { type Change, evolve, type RaisedChange } from './change-state.ts';
import {
  close,
  type CloseChange,
  endWindow,
  type EndWindow,
  type FlagUnauthorized,
  flagUnauthorized,
  type ImplementationRefusal,
  recordAttempt,
  type RecordAttempt,
  review,
  type ReviewChange,
  runs,
  settleTarget,
  type SettleTarget,
  withdrawTargets,
  type WithdrawTargets,
} from './implementation.ts';
import {
  assessAgain,
  type AssessRisk,
  type ProposalRefusal,
  propose,
  type ProposeChange,
  raise,
  type RaiseChange,
  requestApprovals,
  type RequestApprovals,
  revise,
  type ReviseChange,
} from './proposals.ts';

export type HoldChange = Message<'HoldChange', { reason: string }>;
export type ResumeChange = Message<'ResumeChange', Record<never, never>>;
/** `allowed`: a deployment of it may start right now, by an allow that is still valid. */
export type CancelChange = Message<'CancelChange', { reason: string; allowed?: boolean }>;

export type ChangeCommand =
  | RaiseChange
  | ProposeChange
  | ReviseChange
  | AssessRisk
  | RequestApprovals
  | GrantApproval
  | RejectApproval
  | HoldChange
  | ResumeChange
  | CancelChange
  | RecordAttempt
  | SettleTarget
  | WithdrawTargets
  | EndWindow
  | FlagUnauthorized
  | ReviewChange
  | CloseChange;

export type ChangeRefusal = ProposalRefusal | VerdictRefusal | ImplementationRefusal | 'change-in-review';
type ChangeDecision = Decision<ChangeEvent, ChangeRefusal>;

const isOver = ({ status }: RaisedChange): boolean => status === 'closed' || status === 'canceled';

const hold = ({ data: { reason }, stamp }: Stamped<HoldChange>, change: RaisedChange): ChangeDecision => {
  if (isOver(change)) return reject('change-not-open', `The change is ${change.status}.`);
  return change.onHold ? [] : [{ type: 'ChangeHeld', data: { reason, ...stamp } }];
};

const resume = ({ stamp }: Stamped<ResumeChange>, change: RaisedChange): ChangeDecision => {
  if (isOver(change)) return reject('change-not-open', `The change is ${change.status}.`);
  return change.onHold ? [{ type: 'ChangeResumed', data: { ...stamp } }] : [];
};

const cancel = ({ data: { reason, allowed }, stamp }: Stamped<CancelChange>, change: RaisedChange): ChangeDecision => {
  if (change.status === 'canceled') return [];
  if (change.status === 'review' || change.status === 'closed')
    return reject('change-in-review', 'From review on a change is not canceled: review and close it.');
  if (runs(change)) return reject('deployment-running', 'A deployment of it runs.');
  if (allowed) return reject('deployment-running', 'A deployment of it was allowed a moment ago and may start.');
  return [{ type: 'ChangeCanceled', data: { reason, ...stamp } }];
};

const decide = (command: Stamped<ChangeCommand>, change: Change): ChangeDecision => {
  if (command.type === 'RaiseChange') return raise(command, change);
  if (command.type === 'ProposeChange') return propose(command, change);
  return change.status === 'none' ? reject('not-found', 'There is no such change.') : decideRaised(command, change);
};

const decideRaised = (
  command: Stamped<Exclude<ChangeCommand, RaiseChange | ProposeChange>>,
  change: RaisedChange,
): ChangeDecision => {
  switch (command.type) {
    case 'ReviseChange':
      return revise(command, change);
    case 'AssessRisk':
      return assessAgain(command, change);
    case 'RequestApprovals':
      return requestApprovals(command, change);
    case 'GrantApproval':
      return grant(command, change);
    case 'RejectApproval':
      return refuse(command, change);
    case 'HoldChange':
      return hold(command, change);
    case 'ResumeChange':
      return resume(command, change);
    case 'CancelChange':
      return cancel(command, change);
    case 'RecordAttempt':
      return recordAttempt(command, change);
    case 'SettleTarget':
      return settleTarget(command, change);
    case 'WithdrawTargets':
      return withdrawTargets(command, change);
    case 'EndWindow':
      return endWindow(command, change);
    case 'FlagUnauthorized':
      return flagUnauthorized(command, change);
    case 'ReviewChange':
      return review(command, change);
    case 'CloseChange':
      return close(command, change);
  }
};

/** One request for change, from raised to closed. */
export const change: Decider<ChangeCommand, ChangeEvent, Change, ChangeRefusal> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
