import type { ReleaseEvent } from './planning.ts';
import type { Artifact, Content, RollbackPlan, ScopeItem, Target } from './values.ts';

/** What makes up a content; the window does not. */
export type ContentParts = Readonly<{
  scope: readonly Pick<ScopeItem, 'key' | 'kind'>[];
  artifacts: readonly Pick<Artifact, 'serviceId' | 'version' | 'digest'>[];
  targets: readonly Target[];
  rollbackPlan?: Pick<RollbackPlan, 'digest'>;
}>;

/** What stands in a release right now, as far as it makes up its content. */
export type ReleaseParts = Readonly<{
  scope: readonly ScopeItem[];
  artifacts: readonly Artifact[];
  targets: readonly Target[];
  rollbackPlan?: RollbackPlan;
}>;

export const noContent: ReleaseParts = { scope: [], artifacts: [], targets: [] };

/** The parts after one more event of the release: the same in every service that follows releases. */
export const evolveContent = (parts: ReleaseParts, event: ReleaseEvent): ReleaseParts => {
  switch (event.type) {
    case 'ArtifactAttached':
      return { ...parts, artifacts: [...parts.artifacts, event.data.artifact] };
    case 'ArtifactDetached': {
      const { serviceId, digest } = event.data;
      return {
        ...parts,
        artifacts: parts.artifacts.filter(each => each.serviceId !== serviceId || each.digest !== digest),
      };
    }
    case 'ScopeItemAdded':
      return { ...parts, scope: [...parts.scope, event.data.item] };
    case 'ScopeItemRemoved':
      return { ...parts, scope: parts.scope.filter(({ key }) => key !== event.data.key) };
    case 'ScopeItemsChanged':
      return { ...parts, scope: scopeAfter(parts.scope, event.data) };
    case 'RollbackPlanRegistered':
      return { ...parts, rollbackPlan: event.data.plan };
    case 'ReleaseScheduled':
    case 'ReleaseRescheduled':
      return { ...parts, targets: event.data.targets };
    default:
      return parts;
  }
};

const scopeAfter = (
  scope: readonly ScopeItem[],
  { put, removed }: Extract<ReleaseEvent, { type: 'ScopeItemsChanged' }>['data'],
): readonly ScopeItem[] => {
  const items = new Map(scope.map(item => [item.key, item]));
  for (const key of removed) items.delete(key);
  for (const item of put) items.set(item.key, item);
  return [...items.values()];
};

/** The content, every set sorted and without duplicates: `contentDigest` is `digestOf` (libs/canonical) of it. */
export const contentOf = ({ scope, artifacts, targets, rollbackPlan }: ContentParts): Content => ({
  scope: sorted(
    scope.map(({ key, kind }) => ({ key, kind })),
    ({ key, kind }) => [key, kind],
  ),
  artifacts: sorted(
    artifacts.map(({ serviceId, version, digest }) => ({ serviceId, version, digest })),
    ({ serviceId, version, digest }) => [serviceId, version, digest],
  ),
  targets: sorted(
    targets.map(({ serviceId, environmentId, wave }) => ({ serviceId, environmentId, wave })),
    ({ serviceId, environmentId, wave }) => [serviceId, environmentId, String(wave).padStart(10, '0')],
  ),
  ...(rollbackPlan && { rollbackPlan: rollbackPlan.digest }),
});

// By UTF-16 code units, as RFC 8785 sorts: the same on every machine, whatever its locale.
const sorted = <Value>(values: readonly Value[], keysOf: (value: Value) => readonly string[]): readonly Value[] =>
  [...new Map(values.map(value => [JSON.stringify(keysOf(value)), value]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
