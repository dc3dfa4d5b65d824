import type { DeploymentEvent, DeploymentKind, Target } from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';

/** A deployment of a release into production. */
export type ProductionDeployment = Readonly<{ releaseId: string; target: Target }>;

export type Requested = Extract<DeploymentEvent, { type: 'DeploymentRequested' }>;
export type Corrected = Extract<DeploymentEvent, { type: 'DeploymentKindCorrected' }>;

/** `moves`: it is of a kind that can move a release. */
export type Followed = Readonly<{ deployment?: ProductionDeployment; moves: boolean }>;

export const nothingFollowed: Followed = { moves: false };

export const requestIn = ({ data }: Requested): Followed => ({
  ...(data.production && data.releaseId && { deployment: { releaseId: data.releaseId, target: data.target } }),
  moves: movesRelease(data.kind),
});

/** Of its own content, not an undoing and not a repetition. */
export const movesRelease = (kind: DeploymentKind): boolean => kind === 'planned' || kind === 'hotfix';

/** Deployments are followed one by one: only the first event of each names its release. */
export const deploymentOf = ({ stream }: Recorded): string => idOf(stream);

/** The release, and what every command to it says of the deployment. */
export const toldOf = (event: Recorded, { releaseId, target }: ProductionDeployment) => ({
  to: `release-${releaseId}`,
  about: {
    deploymentId: deploymentOf(event),
    deploymentVersion: event.version,
    serviceId: target.serviceId,
    environmentId: target.environmentId,
  },
});
