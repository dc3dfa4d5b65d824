import {
  type DecisionEvent,
  type DeploymentEnded,
  deploymentEnded,
  type DeploymentEvent,
  type DeploymentOutcome,
  deploymentOutcomeIn,
  type Target,
} from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';

type Followed = Extract<DeploymentEvent, { type: 'DeploymentRequested' | 'DeploymentStarted' }> | DeploymentEnded;

export type DeploymentUnderChange = Followed | DecisionEvent;

/** What is known of one deployment, in whatever order its stream and its decisions came. */
export type UnderChange = Readonly<{
  request?: Readonly<{ target: Target; production: boolean; digests: readonly string[]; undoes?: string }>;
  /** Said by the decision, so that nothing is told to the change before it was decided upon. */
  changeId?: string;
  started: boolean;
  outcome?: DeploymentOutcome;
}>;

export const followed: readonly DeploymentUnderChange['type'][] = [
  'DeploymentRequested',
  'DecisionTaken',
  'DeploymentStarted',
  ...deploymentEnded,
];

export const deploymentOf = (event: Recorded<DeploymentUnderChange>): string =>
  event.type === 'DecisionTaken' ? event.data.deploymentId : idOf(event.stream);

export const nothingKnown: UnderChange = { started: false };

export const evolve = (state: UnderChange, event: Recorded<DeploymentUnderChange>): UnderChange => {
  switch (event.type) {
    case 'DeploymentRequested': {
      const { kind, target, production, digests, undoes } = event.data;
      // What is live runs once more: that is no attempt at what the change is about, and its failing takes nothing back.
      if (kind === 'redeploy') return state;
      // A hotfix may name what it mends; only a rollback undoes it.
      return { ...state, request: { target, production, digests, ...(kind === 'rollback' && undoes && { undoes }) } };
    }
    case 'DecisionTaken':
      return event.data.changeId ? { ...state, changeId: event.data.changeId } : state;
    case 'DeploymentStarted':
      return { ...state, started: true };
    default: {
      const outcome = deploymentOutcomeIn(event);
      return outcome ? { ...state, outcome } : state;
    }
  }
};

export type Attempted = Readonly<{ to: string; attempt: { deploymentId: string; target: Target; undoes?: string } }>;

/** Of a production run that has begun and was decided upon under a change. */
export const attemptOf = (event: Recorded<DeploymentUnderChange>, state: UnderChange): Attempted | undefined => {
  const { request, changeId, started } = state;
  if (!request?.production || !changeId || !started) return undefined;
  const { target, undoes } = request;
  return {
    to: `change-${changeId}`,
    attempt: { deploymentId: deploymentOf(event), target, ...(undoes && { undoes }) },
  };
};
