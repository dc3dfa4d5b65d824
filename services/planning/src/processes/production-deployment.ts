import type { DeploymentEvent, Target } from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';

/** A deployment that can move a release: into production, of its own content, not an undoing and not a repetition. */
export type ProductionDeployment = Readonly<{ releaseId: string; target: Target }>;

export type Requested = Extract<DeploymentEvent, { type: 'DeploymentRequested' }>;

export const productionDeploymentIn = ({ data }: Requested): ProductionDeployment | undefined =>
  data.production && data.releaseId && (data.kind === 'planned' || data.kind === 'hotfix')
    ? { releaseId: data.releaseId, target: data.target }
    : undefined;

/** Deployments are followed one by one: only the first event of each names its release. */
export const deploymentOf = ({ stream }: Recorded): string => idOf(stream);
