import type { CutoverVia, DeploymentEvent, DeploymentKind as Kind, PlannedStep, Target } from '@slipway/contracts';
import type { Decision, Message, Stamp, Stamped } from '@slipway/event-sourcing';
import type { Cause } from './deployment-state.ts';
import type { Observation } from './observation.ts';
import type { Remediated } from './remediation-state.ts';

export type DeploymentRequest = Omit<Extract<DeploymentEvent, { type: 'DeploymentRequested' }>['data'], keyof Stamp>;

export type DeploymentCommand =
  | Message<'RequestDeployment', DeploymentRequest & Readonly<{ steps?: readonly PlannedStep[] }>>
  | Message<'AskForDecision'>
  | Message<'RecordDecision', RecordedDecision>
  | Message<'StartDeployment'>
  | Message<'PlanSteps', { steps: readonly PlannedStep[] }>
  | Message<'StartStep', { step: string }>
  | Message<'ReportStep', { step: string; percent?: number; errors?: number }>
  | Message<'SwitchCutover', { step: string; via?: CutoverVia }>
  | Message<'SucceedStep', { step: string }>
  | Message<'FailStep', { step: string; reason: string }>
  | Message<'LinkLog', { logId: string; step?: string; url: string; digest?: string; mediaType?: string }>
  | Message<'TakeTraffic', { percent?: number }>
  | Message<'FinishDeployment'>
  | Message<'FailDeployment', { reason: string }>
  | Message<'VerifyDeployment', Verification>
  | Message<'CancelDeployment', { reason: string }>
  | Message<'CorrectKind', { kind: Kind; undoes?: string; reason: string }>
  | Message<'ConfirmRemediation', Remediated>
  | Message<'RejectRemediation', Remediated & Readonly<{ reason: string }>>
  /** On the one that is undone. `reason`: why it failed, when it still runs. */
  | Message<'StartRollback', { rollbackDeploymentId: string; cause: Cause; reason: string }>
  | Message<'CompleteRollback', { rollbackDeploymentId: string }>
  | Message<'AbandonRollback', { rollbackDeploymentId: string }>
  /** All that a tool has told about a run so far: may be sent again, and in any order. */
  | Message<'ObserveDeployment', Observed>
  | Message<'DetectUnauthorizedChange', { rules: readonly string[]; about: Bound }>;

export type Verification = Readonly<{ outcome: 'passed' | 'failed'; checks: readonly string[]; reason: string }>;
/** What a decision is bound to, beside the deployment itself. */
export type Bound = Readonly<{ target: Target; digests: readonly string[]; deployer: string }>;
export type RecordedDecision = Readonly<{
  about: Bound;
  decisionId: string;
  verdict: 'allow' | 'deny';
  askedAt: string;
  validUntil: string;
  reasons: readonly string[];
  nextOpening?: string;
}>;

/** `occurredAt`: when the tool says the run came to be. `reason`: sealed, of a failure. */
export type Observed = Readonly<{
  request: DeploymentRequest;
  occurredAt: string;
  observations: readonly Observation[];
  reason: string;
}>;

export type DeploymentRejection =
  | 'no-deployment'
  | 'already-requested'
  | 'digests-required'
  | 'undoes-required'
  | 'undoes-nothing'
  | 'is-rollback'
  | 'not-allowed'
  | 'decision-expired'
  | 'decision-denied'
  | 'decision-mismatch'
  | 'wrong-state'
  | 'observed-only'
  | 'step-not-started'
  | 'steps-running'
  | 'duplicate-step'
  | 'too-many-steps'
  | 'not-a-cutover'
  | 'too-many-logs'
  | 'too-many-remediations'
  | 'not-started'
  | 'in-the-future'
  | 'too-long-ago'
  | 'rollback-in-progress'
  | 'no-such-rollback';

export type Decided = Decision<DeploymentEvent, DeploymentRejection>;
/** A command of one type, with who and when. */
export type Of<Type extends DeploymentCommand['type']> = Stamped<Extract<DeploymentCommand, { type: Type }>>;
