import type { DecisionEvent, DeploymentEvent, TargetEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

export type DeploymentCopy = Readonly<{ deployer: string; changeId?: string; releaseId?: string }>;
export type DecisionCopy = Readonly<{ deploymentId: string; changeId?: string; validUntil?: string }>;
export type LiveCopy = Readonly<{ deploymentId: string; digests: readonly string[] }>;

export type TargetCopy = Readonly<{
  occupiedBy: string | null;
  live: LiveCopy | null;
  /** What was live just before the latest deployments there. */
  before: readonly Readonly<{ deploymentId: string; live: LiveCopy | null }>[];
}>;

const KEPT = 50;

export const deploymentCopy = (
  copy: DeploymentCopy | undefined,
  event: Recorded<DeploymentEvent>,
): DeploymentCopy | undefined => {
  if (event.type !== 'DeploymentRequested') return copy;
  const { deployer, changeId, releaseId } = event.data;
  return { deployer, ...(changeId && { changeId }), ...(releaseId && { releaseId }) };
};

export const decisionCopy = (_: DecisionCopy | undefined, { data }: Recorded<DecisionEvent>): DecisionCopy => ({
  deploymentId: data.deploymentId,
  ...(data.changeId && { changeId: data.changeId }),
  ...(data.validUntil && { validUntil: data.validUntil }),
});

const nothing: TargetCopy = { occupiedBy: null, live: null, before: [] };

export const targetCopy = (copy: TargetCopy = nothing, event: Recorded<TargetEvent>): TargetCopy => {
  const { deploymentId } = event.data;
  const known = copy.before.some(each => each.deploymentId === deploymentId);
  const before = known ? copy.before : [...copy.before, { deploymentId, live: copy.live }].slice(-KEPT);
  if (event.type === 'TargetOccupied') return { ...copy, before, occupiedBy: deploymentId };
  const { live } = event.data;
  return {
    occupiedBy: copy.occupiedBy === deploymentId ? null : copy.occupiedBy,
    live: live ? { deploymentId: live.deploymentId, digests: live.digests } : copy.live,
    before,
  };
};
