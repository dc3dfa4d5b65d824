import { isLive, type Target } from '@slipway/contracts';
import type { Attempt } from './release-deployments.ts';
import { digestOfContent, type RecordedChange, type Scheduled } from './release-state.ts';

/** The changes that authorize the release as it is now: all of its open ones, or none. */
export const authorizingChanges = (release: Scheduled): readonly string[] => {
  const open = Object.entries(release.changes).filter(([, { standing }]) => OPEN.includes(standing));
  const digest = digestOfContent(release);
  const authorizes = ({ standing, contentDigest }: RecordedChange): boolean =>
    standing === 'authorized' && contentDigest === digest;
  return open.every(([, change]) => authorizes(change)) ? open.map(([id]) => id).sort() : [];
};

const OPEN: readonly RecordedChange['standing'][] = ['open', 'authorized', 'rejected'];

export const isProductionTarget = (release: Scheduled, at: Place): boolean =>
  productionTargets(release).some(target => isSame(target, at));

/**
 * How the deployments came out, once nothing more is expected: every production target is settled, or all changes
 * went into review. `never-live`: no user ever met it.
 */
export const settlement = (release: Scheduled): 'live' | 'nothing-live' | 'never-live' | undefined => {
  const isSettled = (target: Target): boolean =>
    attemptsAt(release, target).some(({ outcome }) => outcome !== 'failed');
  if (!productionTargets(release).every(isSettled) && !isUnderReview(release)) return undefined;
  if (isSomethingLive(release)) return 'live';
  return attemptsOf(release).some(wasUndone) ? 'nothing-live' : 'never-live';
};

export const isSomethingLive = (release: Scheduled): boolean => attemptsOf(release).some(isLive);

/** What was left live in the end. */
export const outcomeOf = (release: Scheduled): 'full' | 'partial' | 'rolled-back' => {
  if (!isSomethingLive(release)) return 'rolled-back';
  return productionTargets(release).every(target => attemptsAt(release, target).some(isLive)) ? 'full' : 'partial';
};

type Place = Readonly<{ serviceId: string; environmentId: string }>;

const wasUndone = ({ outcome }: Attempt): boolean => outcome === 'rolled-back';

// What the review saw tried must have reached us first, of whichever planning: streams come in any order.
const isUnderReview = (release: Scheduled): boolean => {
  const changes = Object.values(release.changes).filter(({ standing, past }) => standing !== 'canceled' && !past);
  const tried = changes.flatMap(({ triedTargets = [] }) => triedTargets.filter(at => isProductionTarget(release, at)));
  const known = [...Object.values(release.attempts), ...Object.values(release.dismissed)];
  return (
    changes.length > 0 &&
    changes.every(({ standing }) => standing === 'in-review') &&
    tried.every(target => known.some(each => isSame(each, target)))
  );
};

const productionTargets = ({ parts, productionEnvironmentIds }: Scheduled): readonly Target[] =>
  parts.targets.filter(({ environmentId }) => productionEnvironmentIds.includes(environmentId));

const attemptsOf = ({ attempts }: Scheduled): readonly Attempt[] => Object.values(attempts).filter(({ past }) => !past);

const attemptsAt = (release: Scheduled, at: Place): readonly Attempt[] =>
  attemptsOf(release).filter(attempt => isSame(attempt, at));

const isSame = (one: Place, other: Place): boolean =>
  one.serviceId === other.serviceId && one.environmentId === other.environmentId;
