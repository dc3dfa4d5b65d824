import { type Static, Type } from 'typebox';
import { category, type EventOf } from './contract.ts';
import { recordFacts } from './record.ts';
import { CommitSha, Digest, Id, Instant, oneOf, Pseudonym, Sealed, Target } from './values.ts';

export const DeploymentKind = oneOf('planned', 'hotfix', 'rollback', 'redeploy', 'activation');
const step = { step: Type.String() };
const reason = { reason: Sealed };

export const deployment = category({
  name: 'deployment',
  context: 'deployment-execution',
  plural: 'deployments',
  prefix: 'DEP',
  facts: {
    DeploymentRequested: {
      kind: DeploymentKind,
      target: Target,
      /** Copied from the environment, so that a reader needs no other stream. */
      production: Type.Boolean(),
      digests: Type.Array(Digest),
      version: Type.Optional(Type.String()),
      deployer: Pseudonym,
      changeId: Type.Optional(Id),
      releaseId: Type.Optional(Id),
      /** Of a rollback: the deployment it undoes. */
      undoes: Type.Optional(Id),
      /** Of an observed one: the pipeline run it was seen in. */
      pipelineRunId: Type.Optional(Id),
    },
    /** It was called something that it was not: from the request on it counts as this kind. `undoes` as in the request. */
    DeploymentKindCorrected: { before: DeploymentKind, kind: DeploymentKind, undoes: Type.Optional(Id), ...reason },
    /** Asks change-approval again, after a deny or an allow that expired. The request itself was attempt 1. */
    DecisionRequested: { attempt: Type.Integer({ minimum: 2 }) },
    /** The answer was yes: the tool may start it, until then. */
    DeploymentAllowed: { decisionId: Id, validUntil: Instant },
    /** The answer was no; it waits. */
    DeploymentWaiting: { decisionId: Id, reasons: Type.Array(Type.String()), nextOpening: Type.Optional(Instant) },
    DeploymentStarted: { decisionId: Type.Optional(Id), validUntil: Type.Optional(Instant) },
    StepStarted: step,
    StepSucceeded: step,
    StepFailed: { ...step, ...reason },
    /** It serves users from now on. */
    TrafficTaken: { percent: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })) },
    /** Rolled out; verification is next. */
    DeploymentFinished: {},
    DeploymentFailed: reason,
    VerificationPassed: { checks: Type.Array(Type.String()) },
    VerificationFailed: { checks: Type.Array(Type.String()), ...reason },
    DeploymentSucceeded: {
      /** Of an observed one: the tool said success, and no verification is known. */
      unverified: Type.Optional(Type.Boolean()),
    },
    /** On the deployment that is undone. */
    RollbackStarted: { rollbackDeploymentId: Id, cause: oneOf('fault', 'business') },
    DeploymentRolledBack: { rollbackDeploymentId: Id, cause: oneOf('fault', 'business') },
    /** On the deployment that was to be undone: its rollback failed or was canceled. It is where it was before. */
    RollbackFailed: { rollbackDeploymentId: Id },
    DeploymentCanceled: reason,
    /** A production run that no authorized change covers. */
    UnauthorizedChangeDetected: { rules: Type.Array(Type.String()), pipelineRunId: Type.Optional(Id) },
    ...recordFacts('Deployment'),
  },
});

/** The lock: one run on a target at a time. The stream id is derived from service and environment. */
export const target = category({
  name: 'target',
  context: 'deployment-execution',
  plural: 'targets',
  facts: {
    TargetOccupied: { deploymentId: Id, serviceId: Id, environmentId: Id, preempts: Type.Optional(Id) },
    /** `live`: what runs there from now on; absent: what ran before still does. */
    TargetReleased: {
      deploymentId: Id,
      serviceId: Id,
      environmentId: Id,
      live: Type.Optional(
        Type.Object({ deploymentId: Id, digests: Type.Array(Digest), version: Type.Optional(Type.String()) }),
      ),
    },
  },
});

/** A run of a tool that we only watch, as its webhook told it. */
export const pipelineRun = category({
  name: 'pipelineRun',
  context: 'deployment-execution',
  plural: 'pipeline-runs',
  facts: {
    PipelineRunReported: {
      tool: oneOf('github', 'gitlab'),
      /** The tool's own id of this message: the same twice is one fact. */
      deliveryId: Type.String(),
      externalId: Type.String(),
      repository: Type.String(),
      environmentAlias: Type.String(),
      commit: CommitSha,
      status: oneOf('queued', 'waiting', 'running', 'succeeded', 'failed', 'canceled', 'inactive'),
      startedBy: Pseudonym,
      payload: Sealed,
    },
    PipelineRunMatched: {
      deploymentId: Id,
      target: Target,
      production: Type.Boolean(),
      digests: Type.Array(Digest),
      version: Type.Optional(Type.String()),
      releaseId: Type.Optional(Id),
      changeId: Type.Optional(Id),
      /** Bound by hand: why. */
      reason: Type.Optional(Sealed),
    },
    PipelineRunUnmatched: { missing: oneOf('service', 'environment', 'service-ambiguous') },
    /** The bytes could not be read as what they said they were. */
    PipelineRunUnreadable: {
      tool: oneOf('github', 'gitlab'),
      deliveryId: Type.String(),
      problem: Type.String(),
      payload: Sealed,
    },
  },
});

export type DeploymentKind = Static<typeof DeploymentKind>;
export type DeploymentEvent = EventOf<typeof deployment>;
export type TargetEvent = EventOf<typeof target>;
export type PipelineRunEvent = EventOf<typeof pipelineRun>;
export type DeploymentExecutionEvent = DeploymentEvent | TargetEvent | PipelineRunEvent;
