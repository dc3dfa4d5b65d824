import type { ReleaseEvent } from '@slipway/contracts';
import type { Attempt, Draft, Scheduled } from './release-state.ts';

type Of<Type extends ReleaseEvent['type']> = Extract<ReleaseEvent, { type: Type }>;
type DataOf<Type extends ReleaseEvent['type']> = Of<Type>['data'];
type Told = Of<
  'ReleaseDeploymentStarted' | 'ReleaseDeploymentFollowed' | 'ReleaseTargetRecorded' | 'ReleaseDeploymentDismissed'
>;
type Deployments = Pick<Draft | Scheduled, 'starts' | 'dismissed' | 'attempts' | 'started'>;

/** What is known of the production deployments of a release, after one more fact about one of them. */
export const evolveDeployments = (before: Deployments, event: Told): Deployments => {
  switch (event.type) {
    case 'ReleaseDeploymentStarted': {
      // What was tried before it is of an earlier time of deploying.
      const starts = Object.entries(before.starts).map(([id, start]) => [id, { ...start, past: true as const }]);
      return withStart({ ...before, starts: Object.fromEntries(starts) }, event.data);
    }
    case 'ReleaseDeploymentFollowed':
      return withStart(before, event.data);
    case 'ReleaseTargetRecorded': {
      const { deploymentId } = event.data;
      const known = before.starts[deploymentId] ? before : withStart(before, event.data);
      return { ...known, attempts: { ...before.attempts, [deploymentId]: attemptIn(event.data, before) } };
    }
    case 'ReleaseDeploymentDismissed':
      return dismissed(before, event.data);
  }
};

const withStart = (
  before: Deployments,
  { deploymentId, deploymentVersion = 1 }: Readonly<{ deploymentId: string; deploymentVersion?: number }>,
): Deployments => ({
  ...before,
  starts: { ...before.starts, [deploymentId]: { deploymentVersion } },
  started: true,
});

const dismissed = (
  before: Deployments,
  { deploymentId, deploymentVersion, serviceId, environmentId }: DataOf<'ReleaseDeploymentDismissed'>,
): Deployments => {
  const { [deploymentId]: _start, ...starts } = before.starts;
  const { [deploymentId]: _attempt, ...attempts } = before.attempts;
  return {
    starts,
    attempts,
    dismissed: { ...before.dismissed, [deploymentId]: { deploymentVersion, serviceId, environmentId } },
    started: Object.keys(starts).length > 0,
  };
};

/** The latest version of a deployment's stream that the release was told of; 0: none. */
export const heardOf = ({ starts, attempts, dismissed: gone }: Deployments, deploymentId: string): number =>
  Math.max(0, ...[starts, attempts, gone].map(of => of[deploymentId]?.deploymentVersion ?? 0));

const attemptIn = ({ deploymentId, ...data }: DataOf<'ReleaseTargetRecorded'>, { attempts }: Deployments): Attempt => ({
  deploymentVersion: data.deploymentVersion,
  serviceId: data.serviceId,
  environmentId: data.environmentId,
  outcome: data.outcome,
  tookTraffic: data.tookTraffic,
  ...(attempts[deploymentId]?.past && { past: true }),
});
