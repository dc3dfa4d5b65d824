import { type Cadence, isOwn, type ReleaseTrainEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

export type TrainState = 'Running' | 'Retired';

export type ReleaseTrainView = Readonly<{
  title: string;
  owner: string;
  description?: string;
  state: TrainState;
  cadence: Cadence;
  /** Why it was retired. */
  reason?: string;
  plannedAt: string;
  updatedAt: string;
}>;

export const releaseTrainView = (
  view: ReleaseTrainView | undefined,
  event: Recorded<ReleaseTrainEvent>,
): ReleaseTrainView | undefined => {
  if (event.type === 'ReleaseTrainPlanned') return planned(event.data);
  if (!view) return undefined;
  const after = { ...view, updatedAt: event.data.recordedAt };
  if (!isOwn(event)) return after;
  switch (event.type) {
    case 'ReleaseTrainCadenceChanged':
      return { ...after, cadence: event.data.cadence };
    case 'ReleaseTrainRetired':
      return { ...after, state: 'Retired', reason: event.data.reason };
  }
};

/** With labels, references, comments and files. */
export const releaseTrainRecord = describedView('releaseTrain', releaseTrainView);

const planned = (data: Extract<ReleaseTrainEvent, { type: 'ReleaseTrainPlanned' }>['data']): ReleaseTrainView => ({
  title: data.title,
  owner: data.owner,
  ...(data.description && { description: data.description }),
  state: 'Running',
  cadence: data.cadence,
  plannedAt: data.recordedAt,
  updatedAt: data.recordedAt,
});
