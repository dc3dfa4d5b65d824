import type { ReleaseEvent } from '@slipway/contracts';

type Of<Type extends ReleaseEvent['type']> = Extract<ReleaseEvent, { type: Type }>;
type DataOf<Type extends ReleaseEvent['type']> = Of<Type>['data'];
type Told = Of<
  'ReleaseDeploymentStarted' | 'ReleaseDeploymentFollowed' | 'ReleaseTargetRecorded' | 'ReleaseDeploymentDismissed'
>;

/** `past`: of before it was planned anew. It says nothing of what is settled now. */
export type Round = Readonly<{ past?: true }>;

/** One production deployment at a target of the release. */
export type Attempt = Round &
  Pick<
    DataOf<'ReleaseTargetRecorded'>,
    'deploymentVersion' | 'serviceId' | 'environmentId' | 'outcome' | 'tookTraffic'
  >;
/** One whose start is known, or follows from what became of it. */
type Started = Round & Readonly<{ deploymentVersion: number }>;
type Dismissed = Pick<DataOf<'ReleaseDeploymentDismissed'>, 'deploymentVersion' | 'serviceId' | 'environmentId'>;

/** The production deployments of a release, by id. */
export type Deployments = Readonly<{
  /** Something of it was started in production, once. */
  started: boolean;
  starts: Readonly<Record<string, Started>>;
  attempts: Readonly<Record<string, Attempt>>;
  /** Those whose kind was corrected. */
  dismissed: Readonly<Record<string, Dismissed>>;
}>;

export const noDeployments: Deployments = { started: false, starts: {}, attempts: {}, dismissed: {} };

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
