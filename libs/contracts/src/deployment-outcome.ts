import type { DeploymentEvent } from './deployment-execution.ts';

const OUTCOMES = {
  DeploymentSucceeded: 'succeeded',
  DeploymentFailed: 'failed',
  VerificationFailed: 'failed',
  DeploymentRolledBack: 'rolled-back',
  DeploymentCanceled: 'not-deployed',
} as const satisfies Partial<Record<DeploymentEvent['type'], string>>;

export type DeploymentOutcome = (typeof OUTCOMES)[keyof typeof OUTCOMES];
/** The events that say how a deployment came out: the last of them counts. */
export type DeploymentEnded = Extract<DeploymentEvent, { type: keyof typeof OUTCOMES }>;

export const deploymentEnded = Object.keys(OUTCOMES) as readonly DeploymentEnded['type'][];

/** How a deployment came out by this event; undefined where it says nothing about that. */
export const deploymentOutcomeIn = ({ type }: Pick<DeploymentEvent, 'type'>): DeploymentOutcome | undefined =>
  (OUTCOMES as Partial<Record<DeploymentEvent['type'], DeploymentOutcome>>)[type];
