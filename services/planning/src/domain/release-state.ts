import { digestOf } from '@slipway/canonical';
import {
  contentOf,
  evolveContent,
  isOwn,
  type JudgedCriterion,
  noContent,
  type ReleaseEvent,
  type ReleaseParts,
  successCriteriaAfter,
  type Window,
} from '@slipway/contracts';
import { type Deployments, evolveDeployments, noDeployments, type Round } from './release-deployments.ts';
import { evolvePlan, noPlan, type Plan } from './release-plan.ts';

type DataOf<Type extends ReleaseEvent['type']> = Extract<ReleaseEvent, { type: Type }>['data'];

export type RecordedChange = Round &
  Pick<DataOf<'ReleaseChangeRecorded'>, 'changeVersion' | 'standing' | 'contentDigest' | 'triedTargets'>;

/** A departure of a train. */
export type Aboard = Pick<DataOf<'ReleaseBoardedTrain'>, 'trainId' | 'departure' | 'window'>;

type Planning = Deployments &
  Readonly<{
    parts: ReleaseParts;
    plan: Plan;
    criteria: readonly JudgedCriterion[];
    aboard?: Aboard;
    held: boolean;
    /** By release id: at which state that one must be before this one may be deployed. */
    needs: Readonly<Record<string, DataOf<'ReleaseDependencyStated'>['state']>>;
    /** By change id. */
    changes: Readonly<Record<string, RecordedChange>>;
  }>;

export type Draft = Planning & Readonly<{ status: 'Draft' }>;
export type Scheduled = Planning &
  Readonly<{
    status: 'Planned' | 'Authorized' | 'Ready' | 'Deploying' | 'EarlyLifeSupport' | 'Review';
    window: Window;
    productionEnvironmentIds: readonly string[];
  }>;
export type Release =
  Readonly<{ status: 'None' }> | Draft | Scheduled | Readonly<{ status: 'Closed' | 'Canceled' | 'Withdrawn' }>;

export const digestOfContent = ({ parts }: Draft | Scheduled): string => digestOf(contentOf(parts));

/** Neither absent nor over. */
export const isOpen = (release: Release): release is Draft | Scheduled => 'parts' in release;

const draft: Draft = {
  status: 'Draft',
  parts: noContent,
  plan: noPlan,
  criteria: [],
  held: false,
  needs: {},
  changes: {},
  ...noDeployments,
};

export const evolve = (release: Release, event: ReleaseEvent): Release => {
  if (event.type === 'ReleaseDrafted') return draft;
  if (!isOpen(release) || !isOwn(event)) return release;
  switch (event.type) {
    case 'ReleaseScheduled':
    case 'ReleaseRescheduled':
      return scheduled(release, event);
    case 'ArtifactAttached':
    case 'ArtifactDetached':
    case 'ScopeItemAdded':
    case 'ScopeItemRemoved':
    case 'ScopeItemsChanged':
    case 'RollbackPlanRegistered':
      return withContent(release, event);
    case 'MilestonePlanned':
    case 'MilestoneReached':
    case 'MilestoneDropped':
    case 'PhasePlanned':
    case 'PhaseDropped':
    case 'PhaseCriterionMet':
    case 'PhaseCriterionReopened':
    case 'PhaseGatePassed':
    case 'ReleaseManagerNamed':
    case 'ReleaseRaciStated':
      return { ...release, plan: evolvePlan(release.plan, event) };
    case 'SuccessCriteriaDeclared':
    case 'SuccessCriterionJudged':
      return { ...release, criteria: successCriteriaAfter(release.criteria, event) };
    case 'ReleaseDependencyStated':
      return { ...release, needs: { ...release.needs, [event.data.releaseId]: event.data.state } };
    case 'ReleaseDependencyWithdrawn': {
      const { [event.data.releaseId]: _, ...needs } = release.needs;
      return { ...release, needs };
    }
    case 'ReleaseBoardedTrain': {
      const { trainId, departure, window } = event.data;
      return { ...release, aboard: { trainId, departure, window } };
    }
    case 'ReleaseLeftTrain': {
      const { aboard: _, ...rest } = release;
      return rest;
    }
    case 'ReleaseHeld':
      return { ...release, held: true };
    case 'ReleaseResumed':
      return { ...release, held: false };
    case 'ReleaseChangeRecorded':
      return { ...release, changes: { ...release.changes, [event.data.changeId]: changeIn(event, release) } };
    case 'ReleaseTargetRecorded':
    case 'ReleaseDeploymentFollowed':
    case 'ReleaseDeploymentDismissed':
      return { ...release, ...evolveDeployments(release, event) };
    case 'ReleasePlanningReopened':
      return {
        ...release,
        criteria: successCriteriaAfter(release.criteria, event),
        changes: mapValues(release.changes, change => (isOver(change) ? { ...change, past: true } : change)),
        starts: mapValues(release.starts, start => ({ ...start, past: true })),
        attempts: mapValues(release.attempts, attempt => ({ ...attempt, past: true })),
      };
    case 'ReleaseCopied':
    case 'ScopeTradedOff':
      return release;
    case 'ReleaseClosed':
      return { status: 'Closed' };
    case 'ReleaseCanceled':
      return { status: 'Canceled' };
    case 'ReleaseWithdrawn':
      return { status: 'Withdrawn' };
    case 'ReleaseDeploymentStarted':
      return release.status === 'Draft'
        ? release
        : { ...release, ...evolveDeployments(release, event), status: 'Deploying' };
    case 'ReleaseAuthorized':
    case 'ReleaseAuthorizationLost':
    case 'ReleaseReady':
    case 'ReleaseStartDismissed':
    case 'EarlyLifeSupportDismissed':
    case 'EarlyLifeSupportStarted':
    case 'ReleaseReviewStarted':
      return release.status === 'Draft' ? release : { ...release, ...moves[event.type] };
  }
};

const isOver = ({ standing }: RecordedChange): boolean => standing === 'in-review' || standing === 'canceled';

const changeIn = (
  { data: { changeId, ...data } }: Extract<ReleaseEvent, { type: 'ReleaseChangeRecorded' }>,
  { changes }: Draft | Scheduled,
): RecordedChange => ({
  changeVersion: data.changeVersion,
  standing: data.standing,
  ...(data.contentDigest && { contentDigest: data.contentDigest }),
  ...(data.triedTargets && { triedTargets: data.triedTargets }),
  ...(changes[changeId]?.past && { past: true }),
});

const moves = {
  ReleaseAuthorized: { status: 'Authorized' },
  ReleaseAuthorizationLost: { status: 'Planned' },
  ReleaseReady: { status: 'Ready' },
  ReleaseStartDismissed: { status: 'Ready' },
  EarlyLifeSupportDismissed: { status: 'Deploying' },
  EarlyLifeSupportStarted: { status: 'EarlyLifeSupport' },
  ReleaseReviewStarted: { status: 'Review' },
} as const satisfies Partial<Record<ReleaseEvent['type'], Partial<Scheduled>>>;

const scheduled = (
  release: Draft | Scheduled,
  event: Extract<ReleaseEvent, { type: 'ReleaseScheduled' | 'ReleaseRescheduled' }>,
): Scheduled => {
  const { window, targets, productionEnvironmentIds = targets.map(({ environmentId }) => environmentId) } = event.data;
  const status = release.status === 'Draft' ? 'Planned' : release.status;
  return { ...withContent(release, event), status, window, productionEnvironmentIds };
};

// What was authorized was the other content, and stays void when that one returns.
const withContent = <Open extends Draft | Scheduled>(release: Open, event: ReleaseEvent): Open => {
  const changed = { ...release, parts: evolveContent(release.parts, event) };
  const isAuthorized = Object.values(release.changes).some(({ standing }) => standing === 'authorized');
  if (!isAuthorized || digestOfContent(changed) === digestOfContent(release)) return changed;
  return { ...changed, changes: mapValues(release.changes, asOpen) };
};

const asOpen = (change: RecordedChange): RecordedChange =>
  change.standing === 'authorized' ? { changeVersion: change.changeVersion, standing: 'open' } : change;

const mapValues = <Value>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Value,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
