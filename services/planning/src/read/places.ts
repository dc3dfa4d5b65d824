import { evolveContent, noContent, type ReleaseEvent, type ReleaseParts } from '@slipway/contracts';
import { placesWith } from '@slipway/edge';
import type { Placing } from '@slipway/service';

/** A release takes place at its targets, and where its artifacts run. One without either is for everybody who may release. */
export const releasePlaces: Placing<ReleaseEvent, ReleaseParts> = {
  initialState: noContent,
  evolve: evolveContent,
  places: ({ targets, artifacts }) =>
    placesWith(
      targets,
      artifacts.map(({ serviceId }) => serviceId),
    ),
};
