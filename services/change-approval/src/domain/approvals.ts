import type { ChangeEvent } from '@slipway/contracts';
import {
  type Decision,
  isRejection,
  type Message,
  type Rejection,
  reject,
  type Stamped,
} from '@slipway/event-sourcing';
import type { RaisedChange, Slot } from './change-state.ts';
import { authorized, voided } from './proposals.ts';
import { type ApprovalRefusal, approvalRules, grantFor, isOneOf, type Person } from './rules.ts';

type Verdict = Readonly<{
  /** Needed when more than one slot is open. */
  slot?: string;
  /** The content that the approver saw. */
  contentDigest: string;
  approver: Person;
  deployers: readonly string[];
}>;

export type GrantApproval = Message<'GrantApproval', Verdict & { comment?: string }>;
export type RejectApproval = Message<'RejectApproval', Verdict & { comment: string }>;

export type VerdictRefusal =
  | ApprovalRefusal
  | 'back-out-plan-missing'
  | 'not-awaiting-approval'
  | 'content-changed'
  | 'unknown-slot'
  | 'slot-filled'
  | 'slot-required';

type VerdictDecision = Decision<ChangeEvent, VerdictRefusal>;
type Standing = Readonly<{ slot: Slot; roleGrantId: string }>;

export const grant = (command: Stamped<GrantApproval>, change: RaisedChange): VerdictDecision => {
  const { approver, contentDigest, comment } = command.data;
  if (grantedAlready(command.data, change)) return [];
  if (change.status !== 'authorize')
    return reject('not-awaiting-approval', `The change is in ${change.status}: nothing is waiting for approval.`);
  const standing = standingOf(command, change);
  if (isRejection(standing)) return standing;
  if (!canBeBackedOut(change)) return reject('back-out-plan-missing', NO_BACK_OUT_PLAN);
  const { slot, roleGrantId } = standing;
  const granted: ChangeEvent = {
    type: 'ApprovalGranted',
    data: {
      slot: slot.slot,
      approver: approver.pseudonym,
      roleGrantId,
      contentDigest,
      ...(comment && { comment }),
      ...command.stamp,
    },
  };
  const open = openSlots(change).reduce((sum, each) => sum + each.count - given(change, each), 0);
  if (open > 1) return [granted];
  return [granted, ...authorized(change.envelope, change.proposal.window, 'approved', command.stamp)];
};

const NO_BACK_OUT_PLAN = 'No plan says how to back out of it, and how long that takes: register one first.';

const canBeBackedOut = ({ proposal: { content, backoutMinutes } }: RaisedChange): boolean =>
  content.rollbackPlan !== undefined && backoutMinutes !== undefined;

/** One rejection ends the round: what others granted is void, and the change is back at the start. */
export const refuse = (command: Stamped<RejectApproval>, change: RaisedChange): VerdictDecision => {
  const { approver, contentDigest, comment } = command.data;
  const standing = standingOf(command, change);
  if (isRejection(standing)) return standing;
  const { slot, roleGrantId } = standing;
  return [
    {
      type: 'ApprovalRejected',
      data: { slot: slot.slot, approver: approver.pseudonym, roleGrantId, contentDigest, comment, ...command.stamp },
    },
    ...voided(change, 'rejected', command.stamp),
    { type: 'ChangeRejected', data: { slot: slot.slot, ...command.stamp } },
  ];
};

const given = ({ round }: RaisedChange, { slot }: Slot): number =>
  round.grants.filter(each => each.slot === slot).length;

const openSlots = (change: RaisedChange): readonly Slot[] =>
  change.round.slots.filter(slot => given(change, slot) < slot.count);

const grantedAlready = ({ approver, contentDigest, slot }: Verdict, { round, envelope }: RaisedChange): boolean =>
  contentDigest === envelope.contentDigest &&
  round.grants.some(each => isOneOf(approver, [each.approver]) && (slot === undefined || slot === each.slot));

/** Under which slot and role grant this person may say yes or no. */
const standingOf = (
  { data, stamp }: Stamped<GrantApproval | RejectApproval>,
  change: RaisedChange,
): Standing | Rejection<VerdictRefusal> => {
  if (data.contentDigest !== change.envelope.contentDigest)
    return reject('content-changed', `The content is now ${change.envelope.contentDigest}: look at it again.`);
  const slot = slotOf(data, change);
  if (isRejection(slot)) return slot;
  const approval = { change, approver: data.approver, deployers: data.deployers, slot, at: stamp.recordedAt };
  const refusing = approvalRules[change.model].find(rule => rule.refuses(approval));
  if (refusing) return reject(refusing.refusal, refusing.reason);
  const roleGrant = grantFor(data.approver, slot.role, change.proposal.content.targets, stamp.recordedAt);
  return roleGrant
    ? { slot, roleGrantId: roleGrant.id }
    : reject('role-not-held', `The role ${slot.role} is not held.`);
};

const slotOf = ({ slot: name }: Verdict, change: RaisedChange): Slot | Rejection<VerdictRefusal> => {
  const open = openSlots(change);
  const [only, second] = open;
  if (name === undefined)
    return only && !second
      ? only
      : reject('slot-required', `Say which slot: ${open.map(({ slot }) => slot).join(', ')}.`);
  const slot = change.round.slots.find(each => each.slot === name);
  if (!slot) return reject('unknown-slot', `There is no slot ${name}.`);
  return open.includes(slot) ? slot : reject('slot-filled', `The slot ${name} is filled.`);
};
