import {
  type ApprovalPolicyEvent,
  type ChangeEvent,
  type Content,
  type Envelope,
  isOwn,
  type OwnEvent,
  type RiskLevel,
  type Target,
  type Window,
} from '@slipway/contracts';
import { type Attempts, evolveAttempts } from './change-attempts.ts';
import { changeModels } from './change-models.ts';
import { evolveTasks, type Task } from './change-tasks.ts';
import { evolveRelated, type RelatedRecord } from './related-records.ts';

type FactsOf<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>['data'];

export type Slots = ApprovalPolicyEvent['data']['slots'];
export type Slot = Slots['normal'][number];
export type ChangeModel = keyof Slots;
export type CloseCode = FactsOf<'ChangeReviewed'>['closeCode'];
export type PlanKind = FactsOf<'ChangePlanned'>['kind'];
/** Its steps are sealed; the digest is of what was written, so that the same plan is known again. */
export type Plan = Readonly<{ kind: PlanKind; steps: string; digest: string; minutes?: number }>;
/** Digests of the plans that were written. */
export type Plans = Readonly<Partial<Record<PlanKind, string>>>;

/** What is proposed: what, when, and whose work it is. */
export type Proposal = Readonly<{
  content: Content;
  contentDigest: string;
  window: Window;
  backoutMinutes?: number;
  commitAuthors: readonly string[];
  builders: readonly string[];
  /** Of a change whose content comes from its release, which has none. */
  implementationPlan?: string;
}>;

export type Grant = Readonly<{ slot: string; approver: string; roleGrantId: string }>;

/** One time of asking for approvals. Grants of an earlier round are void for good, so they are not here. */
export type Round = Readonly<{ policyVersion: string; slots: readonly Slot[]; grants: readonly Grant[] }>;

export type Raised = Attempts &
  Readonly<{
    model: ChangeModel;
    requester: string;
    /** Who revised it by hand since: what stands is requested by them, too. */
    revisers: readonly string[];
    releaseIds: readonly string[];
    proposal: Proposal;
    /** What the approvals of this round bind. */
    envelope: Envelope;
    round: Round;
    onHold: boolean;
    /** Deployments under it that the rules did not allow. */
    unauthorized: readonly string[];
    plans: Plans;
    tasks: readonly Task[];
    related: readonly RelatedRecord[];
  }>;

export type Change =
  | Readonly<{ status: 'none' }>
  /** New: raised, or sent back by a rejection. */
  | (Raised & Readonly<{ status: 'new' | 'assess' | 'authorize' | 'scheduled' | 'implement' }>)
  | (Raised & Readonly<{ status: 'review'; closeCode?: CloseCode }>)
  | (Raised & Readonly<{ status: 'closed' | 'canceled' }>);

export type RaisedChange = Exclude<Change, { status: 'none' }>;

export const envelopeOf = (
  { content, contentDigest, window }: Proposal,
  model: ChangeModel,
  riskLevel: RiskLevel = changeModels[model].assumedRisk,
): Envelope => ({
  contentDigest,
  targets: content.targets,
  notBefore: window.start,
  notAfter: window.end,
  riskLevel,
  model,
});

export const sameTarget = (one: Target, other: Target): boolean =>
  one.serviceId === other.serviceId && one.environmentId === other.environmentId;

const emptyRound: Round = { policyVersion: '', slots: [], grants: [] };

const proposalOf = (data: Proposal): Proposal => {
  const { content, contentDigest, window, backoutMinutes, commitAuthors, builders, implementationPlan } = data;
  return {
    content,
    contentDigest,
    window,
    commitAuthors,
    builders,
    ...(backoutMinutes !== undefined && { backoutMinutes }),
    ...(implementationPlan && { implementationPlan }),
  };
};

const raised = (data: FactsOf<'ChangeRaised'>): Change => ({
  status: 'new',
  model: data.model,
  requester: data.requester,
  revisers: [],
  releaseIds: data.releaseIds,
  proposal: proposalOf(data),
  envelope: envelopeOf(data, data.model),
  round: emptyRound,
  onHold: false,
  unauthorized: [],
  attempts: [],
  withdrawn: [],
  plans: {},
  tasks: [],
  related: [],
});

const requested = (change: RaisedChange, { policyVersion, ...slot }: FactsOf<'ApprovalRequested'>): RaisedChange => {
  const { slot: name, role, concern, count } = slot;
  // The first request after a raise, a revision or a rejection begins the round.
  const slots = change.status === 'authorize' ? change.round.slots : [];
  return {
    ...change,
    status: 'authorize',
    round: { policyVersion, slots: [...slots, { slot: name, role, concern, count }], grants: [] },
  };
};

const revised = (change: RaisedChange, data: FactsOf<'ChangeRevised'>): RaisedChange => ({
  ...change,
  status: 'new',
  proposal: proposalOf(data),
  envelope: envelopeOf(data, change.model),
  round: emptyRound,
  revisers: [...new Set([...change.revisers, data.actor])],
});

export const evolve = (change: Change, event: ChangeEvent): Change => {
  if (event.type === 'ChangeRaised') return raised(event.data);
  return change.status === 'none' || !isOwn(event) || event.type === 'ChangeImported'
    ? change
    : evolveRaised(change, event);
};

const evolveRaised = (
  change: RaisedChange,
  event: Exclude<OwnEvent<ChangeEvent>, { type: 'ChangeRaised' | 'ChangeImported' }>,
): RaisedChange => {
  switch (event.type) {
    case 'RiskAssessed':
      return {
        ...change,
        status: change.status === 'new' ? 'assess' : change.status,
        envelope: { ...change.envelope, riskLevel: event.data.level },
      };
    case 'ApprovalRequested':
      return requested(change, event.data);
    case 'ApprovalGranted': {
      const { slot, approver, roleGrantId } = event.data;
      return {
        ...change,
        round: { ...change.round, grants: [...change.round.grants, { slot, approver, roleGrantId }] },
      };
    }
    case 'ApprovalVoided':
      return {
        ...change,
        round: {
          ...change.round,
          grants: change.round.grants.filter(({ approver }) => approver !== event.data.approver),
        },
      };
    case 'ChangeMoved':
      return { ...change, proposal: { ...change.proposal, window: event.data.window } };
    case 'ChangeRevised':
      return revised(change, event.data);
    case 'ChangeAuthorized':
      return { ...change, envelope: event.data.envelope };
    case 'ChangeScheduled':
      return { ...change, status: 'scheduled' };
    case 'ChangeHeld':
      return { ...change, onHold: true };
    case 'ChangeResumed':
      return { ...change, onHold: false };
    case 'ChangeImplementationStarted':
      return { ...change, status: 'implement' };
    case 'TargetAttempted':
    case 'TargetSettled':
      return { ...change, ...evolveAttempts(change, event) };
    case 'ChangeFoundUnauthorized':
      return { ...change, unauthorized: [...change.unauthorized, event.data.deploymentId] };
    case 'ChangeReviewStarted':
      return { ...change, status: 'review' };
    case 'ChangeReviewed':
      return { ...change, status: 'review', closeCode: event.data.closeCode };
    case 'ChangeClosed':
      return { ...change, status: 'closed' };
    case 'ChangeCanceled':
      return { ...change, status: 'canceled' };
    case 'ChangeRejected':
      return { ...change, status: 'new', round: emptyRound };
    case 'ChangePlanned':
      return { ...change, plans: { ...change.plans, [event.data.kind]: event.data.digest } };
    case 'ChangeTaskAdded':
    case 'ChangeTaskMoved':
    case 'ChangeTaskAssigned':
    case 'ChangeTaskDone':
    case 'ChangeTaskDropped':
      return { ...change, tasks: evolveTasks(change.tasks, event) };
    case 'RelatedRecordLinked':
    case 'RelatedRecordUnlinked':
      return { ...change, related: evolveRelated(change.related, event) };
    case 'ApprovalRejected':
    case 'ReviewDue':
      return change;
  }
};
