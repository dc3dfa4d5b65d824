import { type DeploymentEvent, isOwn, type OwnEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';
import { type StepView, stepsAfter } from './steps.view.ts';

type Requested = Extract<DeploymentEvent, { type: 'DeploymentRequested' }>['data'];
type Linked = Extract<DeploymentEvent, { type: 'LogLinked' }>['data'];

export type DeploymentState =
  'Queued' | 'Waiting' | 'Running' | 'Verifying' | 'Succeeded' | 'Failed' | 'RollingBack' | 'RolledBack' | 'Canceled';

export type LogView = Readonly<{
  id: string;
  step?: string;
  url: string;
  digest?: string;
  mediaType?: string;
  by: string;
  at: string;
}>;

export type DeploymentView = Readonly<{
  kind: Requested['kind'];
  state: DeploymentState;
  serviceId: string;
  environmentId: string;
  wave: number;
  production: boolean;
  digests: readonly string[];
  /** What must be live when it starts. */
  baseDigests?: readonly string[];
  artifactVersion?: string;
  deployer: string;
  changeId?: string;
  releaseId?: string;
  undoes?: string;
  pipelineRunId?: string;
  /** Of its kind: what it was called before the last correction. */
  corrected?: Readonly<{ before: Requested['kind']; by: string; at: string; reason: string }>;
  /** The answer that counts; none while it is awaited. Attempt 1 was the request. */
  decision?: Readonly<{
    decisionId: string;
    verdict: 'allow' | 'deny';
    askedAt: string;
    validUntil?: string;
    reasons: readonly string[];
    nextOpening?: string;
  }>;
  attempt: number;
  requestedAt: string;
  startedAt?: string;
  steps: readonly StepView[];
  logs: readonly LogView[];
  tookTraffic?: Readonly<{ at: string; percent?: number }>;
  finishedAt?: string;
  verification?: Readonly<{
    outcome: 'passed' | 'failed' | 'not-known';
    checks: readonly string[];
    at: string;
    reason?: string;
  }>;
  settledAt?: string;
  /** Of a failure or a cancellation. */
  reason?: string;
  rollback?: Readonly<{
    deploymentId: string;
    cause: 'fault' | 'business';
    state: 'running' | 'succeeded' | 'failed';
    before: DeploymentState;
  }>;
  unauthorized?: Readonly<{ rules: readonly string[]; at: string }>;
}>;

/** A deployment as people and tools see it. One that is allowed is queued until its tool starts it. */
export const deploymentView = (
  view: DeploymentView | undefined,
  event: Recorded<DeploymentEvent>,
): DeploymentView | undefined => {
  if (event.type === 'DeploymentRequested') return requested(event.data);
  return view && { ...view, ...(isOwn(event) && event.type !== 'DeploymentImported' && moved(view, event)) };
};

/** With labels, references, comments and files. */
export const deploymentRecord = describedView('deployment', deploymentView);

const requested = ({ target, version, ...data }: Requested): DeploymentView => ({
  kind: data.kind,
  state: 'Queued',
  serviceId: target.serviceId,
  environmentId: target.environmentId,
  wave: target.wave,
  production: data.production,
  digests: data.digests,
  ...(data.baseDigests && { baseDigests: data.baseDigests }),
  ...(version !== undefined && { artifactVersion: version }),
  deployer: data.deployer,
  ...(data.changeId !== undefined && { changeId: data.changeId }),
  ...(data.releaseId !== undefined && { releaseId: data.releaseId }),
  ...(data.undoes !== undefined && { undoes: data.undoes }),
  ...(data.pipelineRunId !== undefined && { pipelineRunId: data.pipelineRunId }),
  attempt: 1,
  requestedAt: data.occurredAt,
  steps: [],
  logs: [],
});

type Later = Exclude<OwnEvent<Recorded<DeploymentEvent>>, { type: 'DeploymentRequested' | 'DeploymentImported' }>;

const moved = (view: DeploymentView, event: Later): Partial<DeploymentView> => {
  const at = event.data.occurredAt;
  switch (event.type) {
    case 'DecisionRequested':
      return { attempt: event.data.attempt, state: view.state === 'Waiting' ? 'Queued' : view.state };
    case 'DeploymentAllowed':
    case 'DeploymentWaiting':
      return decided(view, event);
    case 'DeploymentStarted':
      return { state: 'Running', startedAt: at };
    case 'StepsPlanned':
    case 'StepStarted':
    case 'StepProgressed':
    case 'StepThresholdExceeded':
    case 'CutoverSwitched':
    case 'StepSucceeded':
    case 'StepFailed':
      return { steps: stepsAfter(view.steps, event) };
    case 'LogLinked':
      return { logs: [...view.logs, logIn(event.data)] };
    case 'TrafficTaken':
      return {
        tookTraffic: {
          at: view.tookTraffic?.at ?? at,
          ...(event.data.percent !== undefined && { percent: event.data.percent }),
        },
      };
    case 'DeploymentFinished':
      return { state: 'Verifying', finishedAt: at };
    case 'VerificationPassed':
      return { verification: { outcome: 'passed', checks: event.data.checks, at } };
    case 'VerificationFailed':
      return {
        state: 'Failed',
        settledAt: at,
        verification: { outcome: 'failed', checks: event.data.checks, at, reason: event.data.reason },
      };
    case 'DeploymentSucceeded':
      return {
        state: 'Succeeded',
        settledAt: at,
        ...(event.data.unverified && { verification: { outcome: 'not-known', checks: [], at } }),
      };
    case 'DeploymentFailed':
      return { state: 'Failed', settledAt: at, reason: event.data.reason };
    case 'DeploymentCanceled':
      return { state: 'Canceled', settledAt: at, reason: event.data.reason };
    case 'RollbackStarted':
    case 'DeploymentRolledBack':
    case 'RollbackFailed':
      return undone(view, event);
    case 'DeploymentKindCorrected': {
      const { kind, before, actor: by, reason, undoes } = event.data;
      return { kind, undoes, corrected: { before, by, at, reason } } as Partial<DeploymentView>;
    }
    case 'UnauthorizedChangeDetected':
      return { unauthorized: { rules: event.data.rules, at } };
  }
};

type Decided = Extract<Later, { type: 'DeploymentAllowed' | 'DeploymentWaiting' }>;

const decided = ({ state }: DeploymentView, { type, data }: Decided): Partial<DeploymentView> => {
  const decision = { decisionId: data.decisionId, askedAt: data.occurredAt };
  if (type === 'DeploymentAllowed')
    return {
      state: state === 'Waiting' ? 'Queued' : state,
      decision: { ...decision, verdict: 'allow', validUntil: data.validUntil, reasons: [] },
    };
  return {
    state: state === 'Queued' ? 'Waiting' : state,
    decision: {
      ...decision,
      verdict: 'deny',
      reasons: data.reasons,
      ...(data.nextOpening !== undefined && { nextOpening: data.nextOpening }),
    },
  };
};

const logIn = ({ logId, step, url, digest, mediaType, actor, occurredAt }: Linked): LogView => ({
  id: logId,
  ...(step !== undefined && { step }),
  url,
  ...(digest !== undefined && { digest }),
  ...(mediaType !== undefined && { mediaType }),
  by: actor,
  at: occurredAt,
});

type Undone = Extract<Later, { type: 'RollbackStarted' | 'DeploymentRolledBack' | 'RollbackFailed' }>;

const undone = ({ state, rollback }: DeploymentView, { type, data }: Undone): Partial<DeploymentView> => {
  if (type === 'RollbackStarted')
    return {
      state: 'RollingBack',
      rollback: { deploymentId: data.rollbackDeploymentId, cause: data.cause, state: 'running', before: state },
    };
  if (!rollback) return {};
  return type === 'DeploymentRolledBack'
    ? { state: 'RolledBack', rollback: { ...rollback, state: 'succeeded' } }
    : { state: rollback.before, rollback: { ...rollback, state: 'failed' } };
};
