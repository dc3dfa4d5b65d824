import { digestOf } from '@slipway/canonical';
import {
  contentOf,
  evolveContent,
  noContent,
  type JudgedCriterion,
  type ReleaseDeployment,
  releaseDeploymentsAfter,
  type ReleaseEvent,
  type ReleaseParts,
  type ReleaseState,
  releaseStateAfter,
  successCriteriaAfter,
  type Target,
  type Window,
} from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';
import { noPlan, planAfter, type PlanView } from './release-plan.view.ts';

type FactsOf<Type extends ReleaseEvent['type']> = Omit<Extract<ReleaseEvent, { type: Type }>['data'], keyof Stamp>;

export type ReleaseView = FactsOf<'ReleaseDrafted'> &
  ReleaseParts &
  PlanView &
  Readonly<{
    state: ReleaseState;
    held: boolean;
    /** Why it is on hold, is planned anew, was canceled or withdrawn. */
    reason?: string;
    /** The earlier release that it is a copy of. */
    copiedFrom?: string;
    /** Of a draft that is a copy: where that one went. */
    proposedTargets?: readonly Target[];
    /** Tentative until it is authorized. */
    window?: Window;
    /** The departure of a train that gave it its window. */
    aboard?: Readonly<{ trainId: string; departure: string }>;
    contentDigest: string;
    /** Technical debt among the scope items; null without items. */
    debtRatio: number | null;
    /** The releases that it needs, and at which state, before it may be deployed. */
    dependencies: readonly FactsOf<'ReleaseDependencyStated'>[];
    /** What left the scope by decision, and why. */
    tradeOffs: readonly (FactsOf<'ScopeTradedOff'> & Readonly<{ by: string; at: string }>)[];
    /** What it is to bring about, and what came of that. */
    successCriteria: readonly JudgedCriterion[];
    /** The changes that name it, as they stand. */
    changes: readonly Omit<FactsOf<'ReleaseChangeRecorded'>, 'changeVersion' | 'triedTargets'>[];
    /** Its production deployments that have an outcome. */
    deployments: readonly ReleaseDeployment[];
    /** Of a closed one. */
    outcome?: FactsOf<'ReleaseClosed'>['outcome'];
    draftedAt: string;
    updatedAt: string;
  }>;

export const releaseView = (view: ReleaseView | undefined, event: Recorded<ReleaseEvent>): ReleaseView | undefined => {
  if (event.type === 'ReleaseDrafted') return drafted(event.data);
  if (!view) return undefined;
  const before = withoutEnded(view, event);
  const parts = evolveContent(before, event);
  return {
    ...before,
    ...(parts !== before && { ...parts, ...measuresOf(parts) }),
    updatedAt: event.data.recordedAt,
    ...releaseStateAfter(event),
    ...planAfter(view, event),
    successCriteria: successCriteriaAfter(view.successCriteria, event),
    ...stepOf(view, event),
  };
};

const withoutEnded = (view: ReleaseView, { type }: ReleaseEvent): ReleaseView => {
  if (type === 'ReleaseScheduled') {
    const { proposedTargets: _, ...scheduled } = view;
    return scheduled;
  }
  const { reason, aboard, window, ...rest } = view;
  // What is being resumed has no reason to be on hold any more.
  if (type === 'ReleaseResumed') return { ...rest, ...(window && { window }), ...(aboard && { aboard }) };
  if (type !== 'ReleaseLeftTrain') return view;
  // A draft had its window from the train alone.
  return { ...rest, ...(reason && { reason }), ...(window && view.state !== 'Draft' && { window }) };
};

/** With labels, references, comments and files. */
export const releaseRecord = describedView('release', releaseView);

const measuresOf = (parts: ReleaseParts): Pick<ReleaseView, 'contentDigest' | 'debtRatio'> => {
  const debt = parts.scope.filter(({ kind }) => kind === 'tech-debt').length;
  return {
    contentDigest: digestOf(contentOf(parts)),
    debtRatio: parts.scope.length === 0 ? null : debt / parts.scope.length,
  };
};

const drafted = (data: Extract<ReleaseEvent, { type: 'ReleaseDrafted' }>['data']): ReleaseView => ({
  title: data.title,
  class: data.class,
  changeModel: data.changeModel,
  owner: data.owner,
  ...(data.description && { description: data.description }),
  state: 'Draft',
  held: false,
  ...noContent,
  ...measuresOf(noContent),
  ...noPlan,
  dependencies: [],
  tradeOffs: [],
  successCriteria: [],
  changes: [],
  deployments: [],
  draftedAt: data.recordedAt,
  updatedAt: data.recordedAt,
});

const stepOf = (view: ReleaseView, event: ReleaseEvent): Partial<ReleaseView> => {
  switch (event.type) {
    case 'ReleaseScheduled':
    case 'ReleaseRescheduled':
      return { window: event.data.window };
    case 'ReleaseCopied':
      return { copiedFrom: event.data.fromReleaseId, proposedTargets: event.data.targets };
    case 'ReleaseBoardedTrain': {
      const { trainId, departure, window } = event.data;
      return { aboard: { trainId, departure }, window };
    }
    case 'ReleaseDependencyStated': {
      const { releaseId, state } = event.data;
      return { dependencies: [...withoutNeeded(view, releaseId), { releaseId, state }] };
    }
    case 'ReleaseDependencyWithdrawn':
      return { dependencies: withoutNeeded(view, event.data.releaseId) };
    case 'ScopeTradedOff': {
      const { items, toReleaseId, reason, actor: by, occurredAt: at } = event.data;
      const tradeOff = { items, ...(toReleaseId !== undefined && { toReleaseId }), reason, by, at };
      return { tradeOffs: [...view.tradeOffs, tradeOff] };
    }
    case 'ReleaseHeld':
      return { held: true, reason: event.data.reason };
    case 'ReleaseResumed':
      return { held: false };
    case 'ReleaseChangeRecorded':
      return { changes: [...view.changes.filter(({ changeId }) => changeId !== event.data.changeId), changeIn(event)] };
    case 'ReleaseTargetRecorded':
    case 'ReleaseDeploymentDismissed':
      return { deployments: releaseDeploymentsAfter(view.deployments, event) };
    case 'ReleaseClosed':
      return { outcome: event.data.outcome };
    case 'ReleasePlanningReopened':
    case 'ReleaseCanceled':
    case 'ReleaseWithdrawn':
      return { reason: event.data.reason };
    default:
      return {};
  }
};

const withoutNeeded = ({ dependencies }: ReleaseView, releaseId: string): ReleaseView['dependencies'] =>
  dependencies.filter(each => each.releaseId !== releaseId);

const changeIn = ({
  data,
}: Extract<ReleaseEvent, { type: 'ReleaseChangeRecorded' }>): ReleaseView['changes'][number] => ({
  changeId: data.changeId,
  standing: data.standing,
  ...(data.contentDigest && { contentDigest: data.contentDigest }),
});
