import type { ReleaseEvent } from '@slipway/contracts';
import { type Decision, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { DismissDeployment, RecordChange, RecordTarget, StartReleaseDeployment } from './release-commands.ts';
import { heardOf } from './release-deployments.ts';
import { digestOfContent, type Draft, evolve, isOpen, type Release, type Scheduled } from './release-state.ts';
import { authorizingChanges, isProductionTarget, isSomethingLive, settlement } from './settlement.ts';

type ProgressDecision = Decision<ReleaseEvent, 'target-not-in-release' | 'not-scheduled'>;
type Cause = Extract<ReleaseEvent, { type: 'ReleaseAuthorizationLost' }>['data']['cause'];

// Processes send these about streams of other services, which come in any order: a version says which is later.

export const recordChange = ({ data, stamp }: Stamped<RecordChange>, release: Draft | Scheduled): ProgressDecision => {
  const known = release.changes[data.changeId];
  if (known && known.changeVersion >= data.changeVersion) return [];
  return withConsequence(release, stamp, [{ type: 'ReleaseChangeRecorded', data: { ...stamp, ...data } }]);
};

export const startDeployment = (
  { data, stamp }: Stamped<StartReleaseDeployment>,
  release: Draft | Scheduled,
): ProgressDecision => {
  if (release.status === 'Draft') return reject('not-scheduled', 'It has no targets yet.');
  if (!isProductionTarget(release, data)) return reject('target-not-in-release', 'It was not to go there.');
  const { deploymentId, deploymentVersion } = data;
  const isKnown = release.starts[deploymentId] ?? release.attempts[deploymentId];
  if (isKnown || heardOf(release, deploymentId) > deploymentVersion) return [];
  const type = isBeforeStart(release) ? 'ReleaseDeploymentStarted' : 'ReleaseDeploymentFollowed';
  return [{ type, data: { ...stamp, deploymentId, deploymentVersion } }];
};

/** It counts as if it had never moved the release, which goes back to where it were without it. */
export const dismissDeployment = (
  { data, stamp }: Stamped<DismissDeployment>,
  release: Draft | Scheduled,
): ProgressDecision => {
  if (release.status === 'Draft') return reject('not-scheduled', 'It has no targets yet.');
  if (!isProductionTarget(release, data)) return reject('target-not-in-release', 'It was not to go there.');
  if (heardOf(release, data.deploymentId) >= data.deploymentVersion) return [];
  const dismissed: ReleaseEvent = { type: 'ReleaseDeploymentDismissed', data: { ...stamp, ...data } };
  const after = evolve(release, dismissed) as Scheduled;
  return withConsequence(release, stamp, [dismissed, ...steppedBack(after, stamp)]);
};

const steppedBack = (release: Scheduled, stamp: Stamp): readonly ReleaseEvent[] => {
  if (isBeforeStart(release)) return [];
  if (Object.values(release.starts).every(({ past }) => past)) return [{ type: 'ReleaseStartDismissed', data: stamp }];
  return release.status === 'EarlyLifeSupport' && settlement(release) === undefined
    ? [{ type: 'EarlyLifeSupportDismissed', data: stamp }]
    : [];
};

export const recordTarget = ({ data, stamp }: Stamped<RecordTarget>, release: Draft | Scheduled): ProgressDecision => {
  if (release.status === 'Draft') return reject('not-scheduled', 'It has no targets yet.');
  if (!isProductionTarget(release, data)) return reject('target-not-in-release', 'It was not to go there.');
  const known = release.attempts[data.deploymentId];
  const { deploymentId, deploymentVersion } = data;
  const dismissed = release.dismissed[deploymentId];
  if (known && known.deploymentVersion >= deploymentVersion) return [];
  if (dismissed && dismissed.deploymentVersion > deploymentVersion) return [];
  const started: ReleaseEvent = {
    type: 'ReleaseDeploymentStarted',
    data: { ...stamp, deploymentId, deploymentVersion },
  };
  const recorded: ReleaseEvent = { type: 'ReleaseTargetRecorded', data: { ...stamp, ...data } };
  // What has an outcome was started, even when the news of the start is still on its way.
  return withConsequence(release, stamp, isBeforeStart(release) && !known ? [started, recorded] : [recorded]);
};

const isBeforeStart = ({ status }: Scheduled): boolean =>
  status === 'Planned' || status === 'Authorized' || status === 'Ready';

/** These events, and the step of the release that follows from them. */
export const withConsequence = (
  release: Draft | Scheduled,
  stamp: Stamp,
  events: readonly ReleaseEvent[],
  cause: Cause = 'change-not-authorized',
): readonly ReleaseEvent[] => {
  const after = events.reduce<Release>(evolve, release);
  if (!isOpen(after) || after.status === 'Draft') return events;
  const next = consequence(after, stamp, cause);
  return next ? [...events, next] : events;
};

const consequence = (release: Scheduled, stamp: Stamp, cause: Cause): ReleaseEvent | undefined => {
  switch (release.status) {
    case 'Planned':
      return authorized(release, stamp);
    case 'Authorized':
    case 'Ready':
      if (authorizingChanges(release).length > 0) return undefined;
      return { type: 'ReleaseAuthorizationLost', data: { ...stamp, cause } };
    case 'Deploying':
      return settled(release, stamp);
    case 'EarlyLifeSupport':
      return isSomethingLive(release) ? undefined : { type: 'ReleaseReviewStarted', data: stamp };
    case 'Review':
      return undefined;
  }
};

const authorized = (release: Scheduled, stamp: Stamp): ReleaseEvent | undefined => {
  const changeIds = authorizingChanges(release);
  if (changeIds.length === 0) return undefined;
  return { type: 'ReleaseAuthorized', data: { ...stamp, changeIds, contentDigest: digestOfContent(release) } };
};

const settled = (release: Scheduled, stamp: Stamp): ReleaseEvent | undefined => {
  switch (settlement(release)) {
    case 'live':
      return { type: 'EarlyLifeSupportStarted', data: stamp };
    case 'nothing-live':
      return { type: 'ReleaseReviewStarted', data: stamp };
    case 'never-live':
      return { type: 'ReleaseAuthorizationLost', data: { ...stamp, cause: 'change-not-authorized' } };
    case undefined:
      return undefined;
  }
};
