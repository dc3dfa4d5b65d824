import { type DeploymentEvent, isOwn, type OwnEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

type Requested = Extract<DeploymentEvent, { type: 'DeploymentRequested' }>['data'];

export type DeploymentState =
  'Queued' | 'Waiting' | 'Running' | 'Verifying' | 'Succeeded' | 'Failed' | 'RollingBack' | 'RolledBack' | 'Canceled';

export type StepView = Readonly<{
  step: string;
  state: 'running' | 'succeeded' | 'failed';
  startedAt: string;
  endedAt?: string;
  reason?: string;
}>;

export type DeploymentView = Readonly<{
  kind: Requested['kind'];
  state: DeploymentState;
  serviceId: string;
  environmentId: string;
  wave: number;
  production: boolean;
  digests: readonly string[];
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
  return view && { ...view, ...(isOwn(event) && moved(view, event)) };
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
  ...(version !== undefined && { artifactVersion: version }),
  deployer: data.deployer,
  ...(data.changeId !== undefined && { changeId: data.changeId }),
  ...(data.releaseId !== undefined && { releaseId: data.releaseId }),
  ...(data.undoes !== undefined && { undoes: data.undoes }),
  ...(data.pipelineRunId !== undefined && { pipelineRunId: data.pipelineRunId }),
  attempt: 1,
  requestedAt: data.occurredAt,
  steps: [],
});

type Later = Exclude<OwnEvent<Recorded<DeploymentEvent>>, { type: 'DeploymentRequested' }>;

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
    case 'StepStarted':
      return {
        steps: [
          ...view.steps.filter(({ step }) => step !== event.data.step),
          { step: event.data.step, state: 'running', startedAt: at },
        ],
      };
    case 'StepSucceeded':
      return { steps: settled(view.steps, event.data.step, { state: 'succeeded', endedAt: at }) };
    case 'StepFailed':
      return {
        steps: settled(view.steps, event.data.step, { state: 'failed', endedAt: at, reason: event.data.reason }),
      };
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

const settled = (
  steps: readonly StepView[],
  step: string,
  outcome: Omit<StepView, 'step' | 'startedAt'>,
): readonly StepView[] => steps.map(each => (each.step === step ? { ...each, ...outcome } : each));

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
