import { digestOf, isBefore } from '@slipway/canonical';
import type { ChangeEvent, Envelope } from '@slipway/contracts';
import { type Decision, type Message, type Rejection, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { ApprovalPolicy } from './approval-policy.ts';
import { changeModels } from './change-models.ts';
import {
  type Change,
  type ChangeModel,
  envelopeOf,
  type Grant,
  type Plan,
  type Plans,
  type Proposal,
  type RaisedChange,
  type Slot,
} from './change-state.ts';
import { type Difference, differenceOf, staysInside } from './envelope.ts';
import { assess, type Assessment, type RiskFacts } from './risk.ts';

/** The facts that assessing and asking for approvals need. */
export type Basis = Readonly<{ risk: RiskFacts; policy: ApprovalPolicy }>;

type Raise = Basis &
  Readonly<{
    title: string;
    model: ChangeModel;
    requester: string;
    releaseIds: readonly string[];
    description?: string;
    proposal: Proposal;
    /** Whose digests are in the proposal. */
    plans?: readonly Plan[];
  }>;

export type RaiseChange = Message<'RaiseChange', Raise>;
/** What a release asks for now: raises its change, or revises it. The same twice is once. */
export type ProposeChange = Message<'ProposeChange', Raise & { releaseOpen: boolean }>;
export type ReviseChange = Message<'ReviseChange', Basis & { proposal: Proposal }>;
export type AssessRisk = Message<'AssessRisk', Basis>;
export type RequestApprovals = Message<'RequestApprovals', { policy: ApprovalPolicy }>;

export type ProposalRefusal =
  | 'no-targets'
  | 'window-empty'
  | 'content-mismatch'
  | 'release-not-open'
  | 'content-comes-from-release'
  | 'change-not-open'
  | 'change-in-implementation';

type ProposalDecision = Decision<ChangeEvent, ProposalRefusal>;

const flawIn = ({ content, contentDigest, window }: Proposal): Rejection<ProposalRefusal> | undefined => {
  if (content.targets.length === 0)
    return reject('no-targets', 'A change says where it goes: it needs at least one target.');
  if (!isBefore(window.start, window.end)) return reject('window-empty', 'The window must end after it starts.');
  if (digestOf(content) !== contentDigest) return reject('content-mismatch', 'The content does not have that digest.');
  return undefined;
};

export const raise = ({ data, stamp }: Stamped<RaiseChange | ProposeChange>): ProposalDecision => {
  const flaw = flawIn(data.proposal);
  if (flaw) return flaw;
  const { title, model, requester, releaseIds, description, proposal, plans = [] } = data;
  const { targets } = proposal.content;
  const serviceIds = [...new Set(targets.map(({ serviceId }) => serviceId))].sort();
  return [
    {
      type: 'ChangeRaised',
      data: {
        title,
        model,
        requester,
        releaseIds,
        serviceIds,
        ...(description && { description }),
        ...proposal,
        ...stamp,
      },
    },
    ...planned(plans, {}, stamp),
    ...asked(data.model, proposal, data, stamp),
  ];
};

/** What is not planned like that already. */
export const planned = (written: readonly Plan[], before: Plans, stamp: Stamp): readonly ChangeEvent[] =>
  written
    .filter(({ kind, digest }) => before[kind] !== digest)
    .map(plan => ({ type: 'ChangePlanned', data: { ...plan, ...stamp } }));

export const propose = (command: Stamped<ProposeChange>, change: Change): ProposalDecision => {
  const { data } = command;
  if (!data.releaseOpen) return reject('release-not-open', 'The release is no longer planned.');
  if (change.status === 'none') return raise(command);
  const { implementationPlan } = change.proposal;
  const proposal = implementationPlan ? { ...data.proposal, implementationPlan } : data.proposal;
  return follow({ ...command, data: { ...data, proposal } }, change);
};

export const revise = (command: Stamped<ReviseChange>, change: RaisedChange): ProposalDecision =>
  change.releaseIds.length > 0
    ? reject('content-comes-from-release', 'The content of this change is that of its release: change it there.')
    : follow({ ...command, data: { ...command.data, proposal: withPlansOf(change, command.data.proposal) } }, change);

/** What was planned stays, where a content does not say it anew. */
export const withPlansOf = ({ proposal: before }: RaisedChange, proposal: Proposal): Proposal => {
  const { deploymentPlan, rollbackPlan } = before.content;
  if (digestOf(proposal.content) !== proposal.contentDigest) return proposal;
  const content = {
    ...(deploymentPlan && { deploymentPlan }),
    ...(rollbackPlan && { rollbackPlan }),
    ...proposal.content,
  };
  const { backoutMinutes = before.backoutMinutes } = proposal;
  return { ...proposal, content, contentDigest: digestOf(content), ...(backoutMinutes && { backoutMinutes }) };
};

/** Inside the approved envelope it is recorded; otherwise every approval is void and asked for again. */
export const follow = (
  { data, stamp }: Readonly<{ data: Basis & { proposal: Proposal }; stamp: Stamp }>,
  change: RaisedChange,
): ProposalDecision => {
  const { proposal } = data;
  const flaw = flawIn(proposal);
  if (flaw) return flaw;
  const difference = differenceOf(change, proposal, assessed(change.model, data.risk, proposal));
  if (difference.length === 0) return [];
  if (change.status === 'review' || change.status === 'closed' || change.status === 'canceled')
    return reject('change-not-open', `The change is in ${change.status}: what comes now needs a new change.`);
  if (change.status !== 'new' && staysInside(change, proposal, difference))
    return [{ type: 'ChangeMoved', data: { window: proposal.window, ...stamp } }];
  if (change.status === 'implement')
    return reject('change-in-implementation', 'It is being implemented: what leaves its envelope needs a new change.');
  return left(change, proposal, difference, data, stamp);
};

export const assessAgain = ({ data, stamp }: Stamped<AssessRisk>, change: RaisedChange): ProposalDecision => {
  const risk = assess(factsOf(data.risk, change.proposal));
  if (risk.level === change.envelope.riskLevel) return [{ type: 'RiskAssessed', data: { ...risk, ...stamp } }];
  return left(change, change.proposal, differenceOf(change, change.proposal, risk), data, stamp);
};

export const requestApprovals = (
  { data, stamp }: Stamped<RequestApprovals>,
  { model, envelope, proposal }: RaisedChange,
): ProposalDecision => slotsAsked(model, envelope, proposal, data.policy, stamp);

const left = (
  change: RaisedChange,
  proposal: Proposal,
  difference: Difference,
  basis: Basis,
  stamp: Stamp,
): readonly ChangeEvent[] => [
  { type: 'ChangeRevised', data: { ...proposal, difference, ...stamp } },
  ...voided(change, 'left-envelope', stamp),
  ...asked(change.model, proposal, basis, stamp),
];

type VoidCause = Extract<ChangeEvent, { type: 'ApprovalVoided' }>['data']['cause'];

export const voided = ({ round, envelope }: RaisedChange, cause: VoidCause, stamp: Stamp): readonly ChangeEvent[] =>
  round.grants.map(({ slot, approver }: Grant) => ({
    type: 'ApprovalVoided',
    data: { slot, approver, contentDigest: envelope.contentDigest, cause, ...stamp },
  }));

const assessed = (model: ChangeModel, risk: RiskFacts, proposal: Proposal): Assessment | undefined =>
  changeModels[model].skips.includes('assess') ? undefined : assess(factsOf(risk, proposal));

// A plan that stays may say what the facts that were looked up did not.
const factsOf = (risk: RiskFacts, { backoutMinutes }: Proposal): RiskFacts =>
  backoutMinutes === undefined ? risk : { ...risk, backoutMinutes };

/** Assessed where the model is, and its approvals asked for. */
const asked = (
  model: ChangeModel,
  proposal: Proposal,
  { risk, policy }: Basis,
  stamp: Stamp,
): readonly ChangeEvent[] => {
  const assessment = assessed(model, risk, proposal);
  return [
    ...(assessment ? [{ type: 'RiskAssessed' as const, data: { ...assessment, ...stamp } }] : []),
    ...slotsAsked(model, envelopeOf(proposal, model, assessment?.level), proposal, policy, stamp),
  ];
};

const slotsAsked = (
  model: ChangeModel,
  envelope: Envelope,
  { window }: Proposal,
  { slots, policyVersion }: ApprovalPolicy,
  stamp: Stamp,
): readonly ChangeEvent[] => {
  const ofModel: readonly Slot[] = slots[model];
  // Only a model that skips Authorize can be authorized without anybody: the others wait rather than pass.
  return ofModel.length === 0 && changeModels[model].skips.includes('authorize')
    ? authorized(envelope, window, 'pre-authorized', stamp)
    : ofModel.map(slot => ({ type: 'ApprovalRequested', data: { ...slot, policyVersion, ...stamp } }));
};

export const authorized = (
  envelope: Envelope,
  window: Proposal['window'],
  authorization: 'approved' | 'pre-authorized',
  stamp: Stamp,
): readonly ChangeEvent[] => [
  { type: 'ChangeAuthorized', data: { envelope, authorization, ...stamp } },
  { type: 'ChangeScheduled', data: { window, ...stamp } },
];
