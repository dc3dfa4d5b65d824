import { digestOf } from '@slipway/canonical';
import {
  contentOf,
  evolveContent,
  noContent,
  type ReleaseDeployment,
  releaseDeploymentsAfter,
  type ReleaseEvent,
  type ReleaseParts,
  type ReleaseState,
  releaseStateAfter,
  type Window,
} from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

/** What approvals and decisions need of a release. */
export type ReleaseCopy = Readonly<{
  title: string;
  changeModel: 'standard' | 'normal' | 'emergency';
  /** Who scheduled it first. */
  requester: string;
  parts: ReleaseParts;
  contentDigest: string;
  digests: readonly string[];
  window?: Window;
  held: boolean;
  /** Go was given, and not lost since. */
  go: boolean;
  /** Neither closed, canceled nor withdrawn. */
  open: boolean;
  state: ReleaseState;
  /** The releases that it needs, and at which state, before it may be deployed. */
  needs: readonly Need[];
  /** Its production deployments that have an outcome. */
  deployments: readonly ReleaseDeployment[];
}>;

type Need = Pick<Extract<ReleaseEvent, { type: 'ReleaseDependencyStated' }>['data'], 'releaseId' | 'state'>;

const drafted = (data: Extract<ReleaseEvent, { type: 'ReleaseDrafted' }>['data']): ReleaseCopy => ({
  title: data.title,
  changeModel: data.changeModel,
  requester: data.owner,
  ...contentIn(noContent),
  held: false,
  go: false,
  open: true,
  state: 'Draft',
  needs: [],
  deployments: [],
});

const contentIn = (parts: ReleaseParts): Pick<ReleaseCopy, 'parts' | 'contentDigest' | 'digests'> => ({
  parts,
  contentDigest: digestOf(contentOf(parts)),
  digests: parts.artifacts.map(({ digest }) => digest),
});

export const releaseCopy = (copy: ReleaseCopy | undefined, event: Recorded<ReleaseEvent>): ReleaseCopy | undefined => {
  if (event.type === 'ReleaseDrafted') return drafted(event.data);
  return copy && { ...copy, ...releaseStateAfter(event), ...stepOf(copy, event) };
};

const stepOf = (copy: ReleaseCopy, event: Recorded<ReleaseEvent>): Partial<ReleaseCopy> => {
  switch (event.type) {
    case 'ArtifactAttached':
    case 'ArtifactDetached':
    case 'ScopeItemAdded':
    case 'ScopeItemRemoved':
    case 'ScopeItemsChanged':
    case 'RollbackPlanRegistered':
      return contentIn(evolveContent(copy.parts, event));
    case 'ReleaseScheduled':
      return {
        ...contentIn(evolveContent(copy.parts, event)),
        window: event.data.window,
        requester: event.data.actor,
      };
    case 'ReleaseRescheduled':
      return { ...contentIn(evolveContent(copy.parts, event)), window: event.data.window };
    case 'ReleaseHeld':
      return { held: true };
    case 'ReleaseResumed':
      return { held: false };
    case 'ReleaseReady':
      return { go: true };
    case 'ReleaseAuthorizationLost':
      return { go: false };
    case 'ReleaseClosed':
    case 'ReleaseCanceled':
    case 'ReleaseWithdrawn':
      return { go: false, open: false };
    case 'ReleaseDependencyStated': {
      const { releaseId, state } = event.data;
      return { needs: [...withoutNeed(copy, releaseId), { releaseId, state }] };
    }
    case 'ReleaseDependencyWithdrawn':
      return { needs: withoutNeed(copy, event.data.releaseId) };
    case 'ReleaseTargetRecorded':
    case 'ReleaseDeploymentDismissed':
      return { deployments: releaseDeploymentsAfter(copy.deployments, event) };
    default:
      return {};
  }
};

const withoutNeed = ({ needs }: ReleaseCopy, releaseId: string): ReleaseCopy['needs'] =>
  needs.filter(each => each.releaseId !== releaseId);
