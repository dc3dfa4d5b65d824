import type { ReleaseEvent, Target } from '@slipway/contracts';
import { placesWith } from '@slipway/edge';
import type { Placing } from '@slipway/service';

type Where = Readonly<{
  targets: readonly Target[];
  artifacts: readonly Readonly<{ serviceId: string; digest: string }>[];
}>;

/** A release takes place at its targets, and where its artifacts run. One without either is for everybody who may release. */
export const releasePlaces: Placing<ReleaseEvent, Where> = {
  initialState: { targets: [], artifacts: [] },
  evolve: (where, { type, data }) => {
    switch (type) {
      case 'ArtifactAttached': {
        const { serviceId, digest } = data.artifact;
        return { ...where, artifacts: [...where.artifacts, { serviceId, digest }] };
      }
      case 'ArtifactDetached': {
        const { serviceId, digest } = data;
        return {
          ...where,
          artifacts: where.artifacts.filter(each => each.serviceId !== serviceId || each.digest !== digest),
        };
      }
      case 'ReleaseScheduled':
      case 'ReleaseRescheduled':
        return { ...where, targets: data.targets };
      default:
        return where;
    }
  },
  places: ({ targets, artifacts }) =>
    placesWith(
      targets,
      artifacts.map(({ serviceId }) => serviceId),
    ),
};
