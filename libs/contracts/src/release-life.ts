import type { ReleaseEvent } from './planning.ts';

/** In the order of a release's life. */
export const RELEASE_STATES = [
  'Draft',
  'Planned',
  'Authorized',
  'Ready',
  'Deploying',
  'EarlyLifeSupport',
  'Review',
  'Closed',
  'Canceled',
  'Withdrawn',
] as const;

export type ReleaseState = (typeof RELEASE_STATES)[number];

const STATES: Partial<Record<ReleaseEvent['type'], ReleaseState>> = {
  ReleaseDrafted: 'Draft',
  ReleaseScheduled: 'Planned',
  ReleaseAuthorized: 'Authorized',
  ReleaseAuthorizationLost: 'Planned',
  ReleaseReady: 'Ready',
  ReleaseDeploymentStarted: 'Deploying',
  ReleaseStartDismissed: 'Ready',
  EarlyLifeSupportDismissed: 'Deploying',
  EarlyLifeSupportStarted: 'EarlyLifeSupport',
  ReleaseReviewStarted: 'Review',
  ReleaseClosed: 'Closed',
  ReleaseCanceled: 'Canceled',
  ReleaseWithdrawn: 'Withdrawn',
};

/** The state that an event leads to, where it leads to one: the same in every service that follows releases. */
export const releaseStateAfter = ({ type }: Pick<ReleaseEvent, 'type'>): { state?: ReleaseState } => {
  const state = STATES[type];
  return state === undefined ? {} : { state };
};

type Recorded = Extract<ReleaseEvent, { type: 'ReleaseTargetRecorded' }>['data'];
export type ReleaseDeployment = Pick<
  Recorded,
  'deploymentId' | 'serviceId' | 'environmentId' | 'outcome' | 'tookTraffic'
>;

/** A failed one that took traffic serves users until it is rolled back. */
export const isLive = ({ outcome, tookTraffic }: Pick<ReleaseDeployment, 'outcome' | 'tookTraffic'>): boolean =>
  outcome === 'succeeded' || (outcome === 'failed' && tookTraffic);

/** What became of the production deployments of a release, by what it was told of one more. */
export const releaseDeploymentsAfter = (
  before: readonly ReleaseDeployment[],
  event: ReleaseEvent,
): readonly ReleaseDeployment[] => {
  if (event.type !== 'ReleaseTargetRecorded' && event.type !== 'ReleaseDeploymentDismissed') return before;
  const others = before.filter(({ deploymentId }) => deploymentId !== event.data.deploymentId);
  if (event.type === 'ReleaseDeploymentDismissed') return others;
  const { deploymentId, serviceId, environmentId, outcome, tookTraffic } = event.data;
  return [...others, { deploymentId, serviceId, environmentId, outcome, tookTraffic }];
};

const ORDER: readonly ReleaseState[] = ['Authorized', 'Ready', 'Deploying', 'EarlyLifeSupport', 'Review', 'Closed'];
const LIVE: readonly ReleaseState[] = ['EarlyLifeSupport', 'Closed'];

/** Whether a release that another one needs is at that state, or past it. What was to be live must have been left so. */
export const isDependencyMet = (
  { state, deployments }: Readonly<{ state: ReleaseState; deployments: readonly ReleaseDeployment[] }>,
  needed: ReleaseState,
): boolean => {
  const due = ORDER.indexOf(needed);
  if (due < 0 || ORDER.indexOf(state) < due) return false;
  return !LIVE.includes(needed) || deployments.some(isLive);
};
