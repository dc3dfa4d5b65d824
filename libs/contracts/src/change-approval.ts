import { Type } from 'typebox';
import { category, type EventOf } from './contract.ts';
import { importedChange } from './imported.ts';
import { recordFacts } from './record.ts';
import {
  ChangeModel,
  CloseCode,
  Content,
  Digest,
  Envelope,
  Id,
  Instant,
  oneOf,
  Pseudonym,
  RiskLevel,
  Sealed,
  Target,
  Title,
  Window,
} from './values.ts';

export { CloseCode };
const reason = { reason: Sealed };
const task = { taskId: Id };
/** Incidents and problems are other services' records. */
const related = { record: oneOf('incident', 'problem'), recordId: Id };
const TargetOutcome = oneOf('succeeded', 'failed', 'rolled-back', 'not-deployed');

/** One requirement of a policy: `count` distinct holders of `role`. */
const Slot = Type.Object({
  slot: Type.String(),
  role: Type.String(),
  concern: oneOf('security', 'quality', 'business', 'operations'),
  count: Type.Integer({ minimum: 0 }),
});

/** What is proposed: by whom, of whom, what and when. */
const proposal = {
  content: Content,
  contentDigest: Digest,
  window: Window,
  backoutMinutes: Type.Optional(Type.Integer({ minimum: 1 })),
  commitAuthors: Type.Array(Pseudonym),
  builders: Type.Array(Pseudonym),
  /** Of a change whose content comes from its release, which has none. In a content of its own it is `deploymentPlan`. */
  implementationPlan: Type.Optional(Digest),
};

export const change = category({
  name: 'change',
  context: 'change-approval',
  plural: 'changes',
  prefix: 'CHG',
  facts: {
    ChangeRaised: {
      title: Title,
      model: ChangeModel,
      requester: Type.String({ description: 'A pseudonym.' }),
      releaseIds: Type.Array(Id),
      /** Configuration items: the services it touches. */
      serviceIds: Type.Array(Id),
      description: Type.Optional(Sealed),
      ...proposal,
    },
    RiskAssessed: {
      factors: Type.Array(Type.Object({ factor: Type.String(), points: Type.Number(), reason: Type.String() })),
      points: Type.Number(),
      level: RiskLevel,
      modelVersion: Type.String(),
    },
    ApprovalRequested: { ...Slot.properties, policyVersion: Type.String() },
    ApprovalGranted: {
      slot: Type.String(),
      approver: Pseudonym,
      /** The grant it relies on. */
      roleGrantId: Id,
      /** The content that the approver saw. */
      contentDigest: Digest,
      comment: Type.Optional(Sealed),
    },
    ApprovalRejected: {
      slot: Type.String(),
      approver: Pseudonym,
      roleGrantId: Id,
      contentDigest: Digest,
      comment: Sealed,
    },
    /** Final, also when the old digest returns. */
    ApprovalVoided: {
      slot: Type.String(),
      approver: Pseudonym,
      contentDigest: Digest,
      cause: oneOf('left-envelope', 'rejected'),
    },
    /** Inside the approved envelope: recorded, nothing is void. */
    ChangeMoved: { window: Window },
    /** Left the approved envelope, or changed before there was one. */
    ChangeRevised: {
      ...proposal,
      difference: Type.Array(Type.Object({ path: Type.String(), before: Type.Unknown(), after: Type.Unknown() })),
    },
    /** In place of the plan of that kind before. But for a test plan, its digest is part of what is approved. */
    ChangePlanned: {
      kind: oneOf('implementation', 'test', 'back-out'),
      steps: Sealed,
      /** Of the text and the minutes, so that the same plan is known again. */
      digest: Digest,
      minutes: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    ChangeAuthorized: { envelope: Envelope, authorization: oneOf('approved', 'pre-authorized', 'retrospective') },
    ChangeScheduled: { window: Window },
    ChangeHeld: reason,
    ChangeResumed: { reason: Type.Optional(Sealed) },
    ChangeImplementationStarted: { deploymentId: Id },
    /** A deployment under it runs. `undoes`: it is a rollback of that one. */
    TargetAttempted: {
      deploymentId: Id,
      target: Target,
      undoes: Type.Optional(Id),
      /** Somebody does it by hand, by a decision: the id is of no deployment. */
      byHand: Type.Optional(Type.Boolean()),
    },
    /** How that deployment ended; without one: its target was withdrawn. */
    TargetSettled: {
      deploymentId: Type.Optional(Id),
      target: Target,
      undoes: Type.Optional(Id),
      outcome: TargetOutcome,
      /** Why it was withdrawn. */
      reason: Type.Optional(Sealed),
    },
    /** Something ran under it that the rules did not allow. */
    ChangeFoundUnauthorized: { deploymentId: Id, rules: Type.Array(Type.String()) },
    /** Every target is succeeded, rolled back or withdrawn, or the window is over. */
    ChangeReviewStarted: {
      outcomes: Type.Array(Type.Object({ target: Target, outcome: TargetOutcome })),
    },
    ReviewDue: { dueAt: Instant },
    ChangeReviewed: { closeCode: CloseCode, note: Type.Optional(Sealed) },
    ChangeClosed: { closeCode: CloseCode, unauthorized: Type.Boolean() },
    ChangeCanceled: reason,
    ChangeRejected: { slot: Type.String() },
    ChangeTaskAdded: {
      ...task,
      title: Title,
      description: Type.Optional(Sealed),
      owner: Type.Optional(Pseudonym),
      /** Tasks are shown by it. */
      order: Type.Integer({ minimum: 1 }),
      dueAt: Type.Optional(Instant),
    },
    ChangeTaskMoved: { ...task, order: Type.Optional(Type.Integer({ minimum: 1 })), dueAt: Type.Optional(Instant) },
    ChangeTaskAssigned: { ...task, owner: Pseudonym },
    ChangeTaskDone: { ...task, note: Type.Optional(Sealed) },
    ChangeTaskDropped: { ...task, ...reason },
    /** The change caused it, mends it, or has otherwise to do with it. In place of the relation before. */
    RelatedRecordLinked: { ...related, relation: oneOf('caused-by', 'remediates', 'related') },
    RelatedRecordUnlinked: { ...related, ...reason },
    /** A record of history: it authorizes nothing. */
    ChangeImported: importedChange,
    ...recordFacts('Change'),
  },
});

export const approvalPolicy = category({
  name: 'approvalPolicy',
  context: 'change-approval',
  plural: 'approval-policies',
  facts: {
    ApprovalPolicyAdopted: {
      policyVersion: Type.String(),
      /** By change model. */
      slots: Type.Object({ standard: Type.Array(Slot), normal: Type.Array(Slot), emergency: Type.Array(Slot) }),
    },
  },
});

export const RuleOutcome = Type.Object({
  rule: Type.String(),
  ruleVersion: Type.String(),
  outcome: oneOf('compliant', 'non-compliant', 'recorded', 'error'),
  /** What was compared, in words. Names no person. */
  reason: Type.String(),
  /** Whether time alone would turn this no into a yes, and when. */
  opensAt: Type.Optional(Instant),
});

export const decision = category({
  name: 'decision',
  context: 'change-approval',
  plural: 'decisions',
  facts: {
    DecisionTaken: {
      verdict: oneOf('allow', 'deny'),
      deploymentId: Id,
      kind: oneOf('planned', 'hotfix', 'rollback', 'redeploy', 'activation'),
      undoes: Type.Optional(Id),
      digests: Type.Array(Digest),
      target: Target,
      deployer: Pseudonym,
      changeId: Type.Optional(Id),
      releaseId: Type.Optional(Id),
      rules: Type.Array(RuleOutcome),
      roleGrantIds: Type.Array(Id),
      askedAt: Instant,
      /** Of an allow: refuse to start or step after it. */
      validUntil: Type.Optional(Instant),
      /** Of a deny: when time alone would allow it. */
      nextOpening: Type.Optional(Instant),
      /** What it was taken on. */
      inputs: Type.Array(Type.Object({ stream: Type.String(), version: Type.Integer() })),
      position: Type.Integer(),
      evaluatorVersion: Type.String(),
      timeZoneDataVersion: Type.String(),
    },
  },
});

export type ChangeEvent = EventOf<typeof change>;
export type ApprovalPolicyEvent = EventOf<typeof approvalPolicy>;
export type DecisionEvent = EventOf<typeof decision>;
export type ChangeApprovalEvent = ChangeEvent | ApprovalPolicyEvent | DecisionEvent;
