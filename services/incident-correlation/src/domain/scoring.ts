import { isBefore, minutesBetween } from '@slipway/canonical';

export const SCORING_VERSION = 'first/1';
export const MOST_CANDIDATES = 10;
export const REACH_HOURS = 24;

export type Moment = Readonly<{ moment: 'started' | 'step' | 'took-traffic' | 'finished'; at: string }>;

/** A deployment as far as it matters here. */
export type Rollout = Readonly<{
  deploymentId: string;
  changeId?: string;
  serviceId: string;
  environmentId: string;
  production: boolean;
  moments: readonly Moment[];
  verificationFailed: boolean;
}>;

/** `serviceId` calls, or else needs, `dependsOn`. */
export type Dependency = Readonly<{ serviceId: string; dependsOn: string }>;

export type Situation = Readonly<{ serviceIds: readonly string[]; environmentId?: string; impactStartedAt: string }>;

export type Reason = Readonly<{ reason: string; points: number; detail: string }>;

export type Candidate = Readonly<{
  deploymentId: string;
  changeId?: string;
  score: number;
  reasons: readonly Reason[];
}>;

// At the moment of the impact; half of it an hour before, a third two hours before.
const MOMENT_POINTS: Readonly<Record<Moment['moment'], number>> = {
  'took-traffic': 30,
  step: 10,
  started: 5,
  finished: 5,
};
const HALVED_AFTER_MINUTES = 60;
const SAME_SERVICE_POINTS = 30;
// By distance, from 1.
const UPSTREAM_POINTS = [20, 12, 6];
const DOWNSTREAM_POINTS = [8, 4, 2];
const FAILED_VERIFICATION_POINTS = 20;

/**
 * Every deployment that may have caused it, most likely first: same environment (any production one when the incident
 * names none), some moment of it within the reach before the impact. Equal scores: the later deployment, then the id.
 */
export const candidatesOf = (
  situation: Situation,
  rollouts: readonly Rollout[],
  dependencies: readonly Dependency[],
  reachHours = REACH_HOURS,
): readonly Candidate[] => {
  const distances = distancesFrom(situation.serviceIds, dependencies);
  return rollouts
    .flatMap(rollout => {
      const moments = rollout.moments.filter(isWithin(situation.impactStartedAt, reachHours));
      return isInPlace(situation, rollout) && moments.length > 0
        ? [{ candidate: candidate(situation, rollout, moments, distances), last: lastOf(moments) }]
        : [];
    })
    .toSorted((one, other) => ranked(one, other))
    .slice(0, MOST_CANDIDATES)
    .map(each => each.candidate);
};

type Ranked = Readonly<{ candidate: Candidate; last: string }>;

const ranked = (one: Ranked, other: Ranked): number =>
  other.candidate.score - one.candidate.score ||
  minutesBetween(one.last, other.last) ||
  (one.candidate.deploymentId < other.candidate.deploymentId ? -1 : 1);

const isInPlace = ({ environmentId }: Situation, rollout: Rollout): boolean =>
  environmentId === undefined ? rollout.production : rollout.environmentId === environmentId;

const isWithin =
  (impactStartedAt: string, reachHours: number) =>
  ({ at }: Moment): boolean => {
    const minutes = minutesBetween(at, impactStartedAt);
    return minutes >= 0 && minutes <= reachHours * 60;
  };

const lastOf = (moments: readonly Moment[]): string =>
  moments.map(({ at }) => at).reduce((last, at) => (isBefore(last, at) ? at : last));

const candidate = (
  { impactStartedAt }: Situation,
  { deploymentId, changeId, serviceId, verificationFailed }: Rollout,
  moments: readonly Moment[],
  distances: Distances,
): Candidate => {
  const reasons = [
    ...timeReasons(moments, impactStartedAt),
    ...placeReasons(serviceId, distances),
    ...(verificationFailed ? [FAILED_VERIFICATION] : []),
  ];
  const score = rounded(reasons.reduce((sum, { points }) => sum + points, 0));
  return { deploymentId, ...(changeId !== undefined && { changeId }), score, reasons };
};

const FAILED_VERIFICATION: Reason = {
  reason: 'verification-failed',
  points: FAILED_VERIFICATION_POINTS,
  detail: 'its verification failed',
};

const WORDS: Readonly<Record<Moment['moment'], string>> = {
  'took-traffic': 'it took traffic',
  step: 'a step of it ran',
  started: 'it started',
  finished: 'it finished',
};

/** The last of each kind of moment counts. */
const timeReasons = (moments: readonly Moment[], impactStartedAt: string): readonly Reason[] =>
  (Object.keys(MOMENT_POINTS) as Moment['moment'][]).flatMap(kind => {
    const ofKind = moments.filter(({ moment }) => moment === kind);
    if (ofKind.length === 0) return [];
    const minutes = minutesBetween(lastOf(ofKind), impactStartedAt);
    const points = rounded(MOMENT_POINTS[kind] / (1 + minutes / HALVED_AFTER_MINUTES));
    return [{ reason: kind, points, detail: `${WORDS[kind]} ${inWords(minutes)} before the impact` }];
  });

/** In a cycle it is both: the one that says more counts. */
const placeReasons = (serviceId: string, { upstream, downstream }: Distances): readonly Reason[] => {
  const up = upstream.get(serviceId);
  const down = downstream.get(serviceId);
  if (up === 0)
    return [{ reason: 'same-service', points: SAME_SERVICE_POINTS, detail: 'it changed a service that is affected' }];
  const both = [
    ...distanceReason('upstream', UPSTREAM_POINTS, up, 'an affected service depends on what it changed'),
    ...distanceReason('downstream', DOWNSTREAM_POINTS, down, 'what it changed depends on an affected service'),
  ];
  return both.toSorted((one, other) => other.points - one.points).slice(0, 1);
};

const distanceReason = (
  reason: string,
  byDistance: readonly number[],
  distance: number | undefined,
  words: string,
): readonly Reason[] => {
  const points = distance === undefined ? undefined : byDistance[distance - 1];
  return points === undefined
    ? []
    : [{ reason, points, detail: distance === 1 ? words : `${words}, ${distance} steps away` }];
};

type Distances = Readonly<{ upstream: ReadonlyMap<string, number>; downstream: ReadonlyMap<string, number> }>;

const distancesFrom = (serviceIds: readonly string[], dependencies: readonly Dependency[]): Distances => ({
  upstream: walk(
    serviceIds,
    dependencies.map(({ serviceId, dependsOn }) => [serviceId, dependsOn]),
  ),
  downstream: walk(
    serviceIds,
    dependencies.map(({ serviceId, dependsOn }) => [dependsOn, serviceId]),
  ),
});

const walk = (from: readonly string[], edges: readonly (readonly [string, string])[]): ReadonlyMap<string, number> => {
  const next = Map.groupBy(edges, ([start]) => start);
  const distances = new Map(from.map(each => [each, 0]));
  // A map grows while it is walked, nearest first.
  for (const [at, distance] of distances)
    for (const [, to] of next.get(at) ?? []) if (!distances.has(to)) distances.set(to, distance + 1);
  return distances;
};

const rounded = (points: number): number => Math.round(points * 10) / 10;

const inWords = (minutes: number): string => {
  if (minutes < 1) return 'less than a minute';
  const [count, unit] = minutes < 90 ? [Math.floor(minutes), 'minute'] : [Math.floor(minutes / 60), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
