import { digestOf } from '@slipway/canonical';
import {
  contentOf,
  evolveContent,
  noContent,
  type ReleaseEvent,
  type ReleaseParts,
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
}>;

const drafted = (data: Extract<ReleaseEvent, { type: 'ReleaseDrafted' }>['data']): ReleaseCopy => ({
  title: data.title,
  changeModel: data.changeModel,
  requester: data.owner,
  ...contentIn(noContent),
  held: false,
  go: false,
  open: true,
});

const contentIn = (parts: ReleaseParts): Pick<ReleaseCopy, 'parts' | 'contentDigest' | 'digests'> => ({
  parts,
  contentDigest: digestOf(contentOf(parts)),
  digests: parts.artifacts.map(({ digest }) => digest),
});

export const releaseCopy = (copy: ReleaseCopy | undefined, event: Recorded<ReleaseEvent>): ReleaseCopy | undefined => {
  if (event.type === 'ReleaseDrafted') return drafted(event.data);
  if (!copy) return undefined;
  switch (event.type) {
    case 'ArtifactAttached':
    case 'ArtifactDetached':
    case 'ScopeItemAdded':
    case 'ScopeItemRemoved':
    case 'ScopeItemsChanged':
    case 'RollbackPlanRegistered':
      return { ...copy, ...contentIn(evolveContent(copy.parts, event)) };
    case 'ReleaseScheduled':
      return {
        ...copy,
        ...contentIn(evolveContent(copy.parts, event)),
        window: event.data.window,
        requester: event.data.actor,
      };
    case 'ReleaseRescheduled':
      return { ...copy, ...contentIn(evolveContent(copy.parts, event)), window: event.data.window };
    case 'ReleaseHeld':
      return { ...copy, held: true };
    case 'ReleaseResumed':
      return { ...copy, held: false };
    case 'ReleaseReady':
      return { ...copy, go: true };
    case 'ReleaseAuthorizationLost':
      return { ...copy, go: false };
    case 'ReleaseClosed':
    case 'ReleaseCanceled':
    case 'ReleaseWithdrawn':
      return { ...copy, go: false, open: false };
    default:
      return copy;
  }
};
