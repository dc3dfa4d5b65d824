import {
  type DeploymentEvent,
  type DeploymentKind,
  isOwn,
  type OwnEvent,
  type PlannedStep,
  type Target,
} from '@slipway/contracts';
import { evolveSteps, noSteps, type Steps } from './step-state.ts';

export type Cause = 'fault' | 'business';
export type Settled = 'succeeded' | 'failed';

/** What every state of a requested deployment knows. */
export type About = Readonly<{
  kind: DeploymentKind;
  /** Of a rollback what it undoes, of a hotfix what it mends. */
  undoes?: string;
  target: Target;
  production: boolean;
  digests: readonly string[];
  deployer: string;
  /** Seen in a tool's webhook: it runs whatever the decision is. */
  pipelineRunId?: string;
  unauthorized: boolean;
  attempt: number;
  decisionId?: string;
  /** When the decision that counts was asked for: an older answer that comes later changes nothing. */
  decidedAt?: string;
  tookTraffic: boolean;
  percent?: number;
  plan: readonly PlannedStep[];
  steps: Steps;
  logs: number;
}>;

export type Deployment =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'queued'; about: About }>
  | Readonly<{ status: 'waiting'; about: About; reasons: readonly string[] }>
  | Readonly<{ status: 'allowed'; about: About; validUntil: string }>
  /** `halted`: asked again while it ran, and the answer was no. */
  | Readonly<{ status: 'running'; about: About; halted?: readonly string[] }>
  | Readonly<{ status: 'verifying' | Settled | 'rolled-back' | 'canceled'; about: About }>
  | Readonly<{ status: 'rolling-back'; about: About; rollbackDeploymentId: string; cause: Cause; before: Settled }>;

export const isObserved = ({ pipelineRunId }: About): boolean => pipelineRunId !== undefined;

export type Requested = Exclude<Deployment, { status: 'none' }>;

export const evolve = (state: Deployment, event: DeploymentEvent): Deployment => {
  if (event.type === 'DeploymentRequested') return { status: 'queued', about: aboutOf(event.data) };
  return state.status === 'none' || !isOwn(event) || event.type === 'DeploymentImported'
    ? state
    : evolveRequested(state, event);
};

const aboutOf = (data: Extract<DeploymentEvent, { type: 'DeploymentRequested' }>['data']): About => ({
  kind: data.kind,
  ...(data.undoes !== undefined && { undoes: data.undoes }),
  target: data.target,
  production: data.production,
  digests: data.digests,
  deployer: data.deployer,
  ...(data.pipelineRunId !== undefined && { pipelineRunId: data.pipelineRunId }),
  unauthorized: false,
  attempt: 1,
  tookTraffic: false,
  plan: [],
  steps: noSteps,
  logs: 0,
});

type Later = Exclude<OwnEvent<DeploymentEvent>, { type: 'DeploymentRequested' | 'DeploymentImported' }>;

// oxlint-disable-next-line max-lines-per-function -- one line a fact
const evolveRequested = (state: Requested, event: Later): Requested => {
  const { about } = state;
  switch (event.type) {
    case 'DecisionRequested': {
      const asked = { ...about, attempt: event.data.attempt };
      return state.status === 'running' ? { ...state, about: asked } : { status: 'queued', about: asked };
    }
    case 'DeploymentAllowed':
      return allowed(state, event.data);
    case 'DeploymentWaiting': {
      const { decisionId, occurredAt, reasons } = event.data;
      const decided = { ...about, decisionId, decidedAt: occurredAt };
      return state.status === 'running'
        ? { ...state, about: decided, halted: reasons }
        : { status: 'waiting', about: decided, reasons };
    }
    case 'DeploymentStarted':
      return { status: 'running', about };
    case 'StepsPlanned':
      return { ...state, about: { ...about, plan: event.data.steps } };
    case 'StepStarted':
    case 'StepProgressed':
    case 'StepThresholdExceeded':
    case 'CutoverSwitched':
    case 'StepSucceeded':
    case 'StepFailed':
      return { ...state, about: { ...about, steps: evolveSteps(about.steps, event) } };
    case 'LogLinked':
      return { ...state, about: { ...about, logs: about.logs + 1 } };
    case 'TrafficTaken':
      return {
        ...state,
        about: {
          ...about,
          tookTraffic: true,
          ...(event.data.percent !== undefined && { percent: event.data.percent }),
        },
      };
    case 'DeploymentFinished':
      return { status: 'verifying', about };
    case 'DeploymentSucceeded':
      return { status: 'succeeded', about };
    case 'DeploymentFailed':
    case 'VerificationFailed':
      return { status: 'failed', about };
    case 'VerificationPassed':
      return state;
    case 'RollbackStarted': {
      const { rollbackDeploymentId, cause } = event.data;
      return {
        status: 'rolling-back',
        about,
        rollbackDeploymentId,
        cause,
        before: state.status === 'succeeded' ? 'succeeded' : 'failed',
      };
    }
    case 'DeploymentRolledBack':
      return { status: 'rolled-back', about };
    case 'RollbackFailed':
      return state.status === 'rolling-back' ? { status: state.before, about } : state;
    case 'DeploymentCanceled':
      return { status: 'canceled', about };
    case 'DeploymentKindCorrected': {
      const { undoes: _, ...others } = about;
      const { kind, undoes } = event.data;
      return { ...state, about: { ...others, kind, ...(undoes !== undefined && { undoes }) } };
    }
    case 'UnauthorizedChangeDetected':
      return { ...state, about: { ...about, unauthorized: true } };
  }
};

const allowed = (state: Requested, data: { decisionId: string; validUntil: string; occurredAt: string }): Requested => {
  const about = { ...state.about, decisionId: data.decisionId, decidedAt: data.occurredAt };
  if (isObserved(about)) return { ...state, about };
  return state.status === 'running'
    ? { status: 'running', about }
    : { status: 'allowed', about, validUntil: data.validUntil };
};
