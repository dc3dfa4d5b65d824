import {
  type DecisionEvent,
  type DeploymentEvent,
  type DeploymentKind,
  type DeploymentOutcome,
  deploymentOutcomeIn,
  type TargetEvent,
} from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

export type DeploymentCopy = Readonly<{
  deployer: string;
  changeId?: string;
  releaseId?: string;
  /** As it was corrected last. */
  kind: DeploymentKind;
  serviceId: string;
  environmentId: string;
  digests: readonly string[];
  startedAt?: string;
  /** Its rollback runs. */
  rollingBack: boolean;
  outcome?: DeploymentOutcome;
}>;
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
  if (event.type === 'DeploymentRequested') return requested(event.data);
  return copy && { ...copy, ...stepOf(copy, event) };
};

const requested = (data: Extract<DeploymentEvent, { type: 'DeploymentRequested' }>['data']): DeploymentCopy => {
  const { deployer, changeId, releaseId, kind, target, digests } = data;
  const { serviceId, environmentId } = target;
  return {
    deployer,
    ...(changeId && { changeId }),
    ...(releaseId && { releaseId }),
    kind,
    serviceId,
    environmentId,
    digests,
    rollingBack: false,
  };
};

const stepOf = ({ startedAt }: DeploymentCopy, event: Recorded<DeploymentEvent>): Partial<DeploymentCopy> => {
  switch (event.type) {
    case 'DeploymentKindCorrected':
      return { kind: event.data.kind };
    case 'DeploymentStarted':
      return { startedAt: startedAt ?? event.data.occurredAt };
    case 'RollbackStarted':
      return { rollingBack: true };
    case 'RollbackFailed':
      return { rollingBack: false };
    default: {
      const outcome = deploymentOutcomeIn(event);
      return outcome ? { outcome, rollingBack: false } : {};
    }
  }
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
