import { canonical } from '@slipway/canonical';
import type { ReleaseEvent } from '@slipway/contracts';
import { type Decision, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type {
  AddScopeItem,
  AttachArtifact,
  DetachArtifact,
  RegisterRollbackPlan,
  RemoveScopeItem,
} from './release-commands.ts';
import { withConsequence } from './release-progress.ts';
import type { Draft, Scheduled } from './release-state.ts';

export type ContentRefusal =
  | 'artifact-already-attached'
  | 'artifact-not-attached'
  | 'scope-item-already-added'
  | 'scope-item-not-found'
  | 'too-many-scope-items';

export const MOST_ITEMS = 1_000;

type ContentDecision = Decision<ReleaseEvent, ContentRefusal>;

export const attach = (
  { data: { artifact }, stamp }: Stamped<AttachArtifact>,
  release: Draft | Scheduled,
): ContentDecision => {
  const attached = release.parts.artifacts.find(({ serviceId }) => serviceId === artifact.serviceId);
  if (!attached) return changed(release, stamp, { type: 'ArtifactAttached', data: { ...stamp, artifact } });
  if (canonical(attached) === canonical(artifact)) return [];
  const detail = `Version ${attached.version} of this service is attached; detach it first.`;
  return reject('artifact-already-attached', detail);
};

export const detach = (
  { data: { serviceId }, stamp }: Stamped<DetachArtifact>,
  release: Draft | Scheduled,
): ContentDecision => {
  const attached = release.parts.artifacts.find(each => each.serviceId === serviceId);
  if (!attached) return reject('artifact-not-attached', 'No artifact of this service is attached.');
  const { digest } = attached;
  return changed(release, stamp, { type: 'ArtifactDetached', data: { ...stamp, serviceId, digest } });
};

export const addScopeItem = (
  { data: { item }, stamp }: Stamped<AddScopeItem>,
  release: Draft | Scheduled,
): ContentDecision => {
  const { scope } = release.parts;
  const added = scope.find(({ key }) => key === item.key);
  if (!added && scope.length >= MOST_ITEMS)
    return reject('too-many-scope-items', `A release has at most ${MOST_ITEMS} scope items.`);
  if (!added) return changed(release, stamp, { type: 'ScopeItemAdded', data: { ...stamp, item } });
  if (canonical(added) === canonical(item)) return [];
  return reject('scope-item-already-added', `${item.key} is in the scope, stated otherwise; remove it first.`);
};

export const removeScopeItem = (
  { data, stamp }: Stamped<RemoveScopeItem>,
  release: Draft | Scheduled,
): ContentDecision =>
  release.parts.scope.some(({ key }) => key === data.key)
    ? changed(release, stamp, { type: 'ScopeItemRemoved', data: { ...stamp, key: data.key } })
    : reject('scope-item-not-found', `${data.key} is not in the scope.`);

export const registerRollbackPlan = (
  { data: { plan }, stamp }: Stamped<RegisterRollbackPlan>,
  release: Draft | Scheduled,
): ContentDecision =>
  release.parts.rollbackPlan?.digest === plan.digest
    ? []
    : changed(release, stamp, { type: 'RollbackPlanRegistered', data: { ...stamp, plan } });

/** A change of the content, and the authorization that it costs. */
export const changed = (
  release: Draft | Scheduled,
  stamp: Stamp,
  ...events: readonly ReleaseEvent[]
): readonly ReleaseEvent[] => (events.length === 0 ? [] : withConsequence(release, stamp, events, 'content-changed'));
