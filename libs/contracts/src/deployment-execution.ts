import { type Static, Type } from 'typebox';
import { category, type EventOf, type Immutable } from './contract.ts';
import { importedDeployment } from './imported.ts';
import { recordFacts } from './record.ts';
import { CommitSha, DeploymentKind, Digest, Id, Instant, oneOf, Pseudonym, Sealed, Target } from './values.ts';

export { DeploymentKind };
const step = { step: Type.String() };
/** Traffic goes to the new one: at once by a load balancer, by DNS when caches have let go of the old answer. */
export const CutoverVia = oneOf('dns', 'load-balancer');
const Count = Type.Integer({ minimum: 0 });
export const PlannedStep = Type.Object({
  ...step,
  plannedSeconds: Type.Optional(Type.Integer({ minimum: 1 })),
  /** More errors than that are too many. */
  maxErrors: Type.Optional(Count),
  /** `settleSeconds`: how long after the switch the old one may still be asked, the TTL of a DNS record. */
  cutover: Type.Optional(Type.Object({ via: CutoverVia, settleSeconds: Type.Optional(Count) })),
});
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
      /** What is live there, as far as the requester knew: it starts on that only. None: nothing is. */
      baseDigests: Type.Optional(Type.Array(Digest)),
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
    /** In the order in which they are meant to run; a later plan replaces the one before. */
    StepsPlanned: { steps: Type.Array(PlannedStep) },
    StepStarted: step,
    /** As far as the tool says; `errors`: all since the step started. */
    StepProgressed: {
      ...step,
      percent: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
      errors: Type.Optional(Count),
    },
    /** Once each time that the step runs. */
    StepThresholdExceeded: { ...step, errors: Count, maxErrors: Count },
    /** The record or the pool names the new one; the step succeeds when the traffic has followed. */
    CutoverSwitched: { ...step, via: CutoverVia, settleSeconds: Type.Optional(Count) },
    StepSucceeded: step,
    StepFailed: { ...step, ...reason },
    /** Kept elsewhere. A digest there is when the log is whole. */
    LogLinked: {
      logId: Id,
      step: Type.Optional(Type.String()),
      url: Sealed,
      digest: Type.Optional(Digest),
      mediaType: Type.Optional(Type.String()),
    },
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
    /** A record of history: it was never asked for here, and moves nothing. */
    DeploymentImported: importedDeployment,
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

export const RunStatus = oneOf('queued', 'waiting', 'running', 'succeeded', 'failed', 'canceled', 'inactive');

/** `webhook`: any other, through a mapping. */
export const Tool = oneOf('github', 'gitlab', 'argocd', 'flagger', 'webhook');

/** A run of a tool that we only watch, as its webhook told it. */
export const pipelineRun = category({
  name: 'pipelineRun',
  context: 'deployment-execution',
  plural: 'pipeline-runs',
  facts: {
    PipelineRunReported: {
      tool: Tool,
      /** Of a message that a mapping made sense of: its name and version. */
      mapping: Type.Optional(Type.Object({ name: Type.String(), version: Type.Integer({ minimum: 1 }) })),
      /** The tool's own id of this message: the same twice is one fact. */
      deliveryId: Type.String(),
      externalId: Type.String(),
      repository: Type.String(),
      environmentAlias: Type.String(),
      /** All zeros: the tool knows of none. */
      commit: CommitSha,
      /** What runs, where the tool says so. */
      digests: Type.Optional(Type.Array(Digest)),
      /** When the run came to be, where each of its messages says so. */
      requestedAt: Type.Optional(Instant),
      status: RunStatus,
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
      tool: Tool,
      deliveryId: Type.String(),
      problem: Type.String(),
      payload: Sealed,
    },
  },
});

const Pointer = Type.String({ pattern: '^(/([^~/]|~[01])*)+$', description: 'JSON Pointer, RFC 6901.' });

/** How the messages of a tool that nobody wrote an adapter for are read. Its secret stands in no event. */
export const webhookMapping = category({
  name: 'webhookMapping',
  context: 'deployment-execution',
  plural: 'webhook-mappings',
  facts: {
    /** A later definition replaces the one before; runs say which version read them. */
    WebhookMappingDefined: {
      name: Type.String(),
      /** HMAC-SHA256 over the raw bytes, in this header behind this prefix. */
      signature: Type.Object({ header: Type.String(), prefix: Type.String(), encoding: oneOf('hex', 'base64') }),
      fields: Type.Object({
        externalId: Pointer,
        /** Of the service: its repository, name or alias. */
        repository: Pointer,
        environment: Pointer,
        status: Pointer,
        commit: Type.Optional(Pointer),
        digest: Type.Optional(Pointer),
        occurredAt: Type.Optional(Pointer),
        startedBy: Type.Optional(Pointer),
        deliveryId: Type.Optional(Pointer),
      }),
      /** Words of the tool, and what they mean here. */
      statuses: Type.Array(Type.Object({ said: Type.String(), status: RunStatus })),
      /** Messages that say otherwise are not used. */
      only: Type.Array(Type.Object({ pointer: Pointer, equals: Type.String() })),
    },
    WebhookMappingWithdrawn: reason,
  },
});

export type Tool = Static<typeof Tool>;
export type RunStatus = Static<typeof RunStatus>;
export type CutoverVia = Static<typeof CutoverVia>;
export type PlannedStep = Immutable<Static<typeof PlannedStep>>;
export type DeploymentEvent = EventOf<typeof deployment>;
export type TargetEvent = EventOf<typeof target>;
export type PipelineRunEvent = EventOf<typeof pipelineRun>;
export type WebhookMappingEvent = EventOf<typeof webhookMapping>;
export type DeploymentExecutionEvent = DeploymentEvent | TargetEvent | PipelineRunEvent | WebhookMappingEvent;
