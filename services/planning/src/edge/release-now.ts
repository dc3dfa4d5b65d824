import type { ReleaseEvent } from '@slipway/contracts';
import type { Asked } from '@slipway/edge';
import type { Recorded } from '@slipway/event-sourcing';
import type { Service } from '@slipway/service';
import { type ReleaseView, releaseView } from '../read/release.view.ts';

/** A release as it is now, from its own stream; its texts are sealed. */
export const releaseNow = async (service: Service, stream: string): Promise<ReleaseView | undefined> => {
  const { events } = await service.store.read<ReleaseEvent>(stream);
  return events.reduce<ReleaseView | undefined>(releaseView, undefined);
};

/** The same for somebody to see: 404 when there is none, 403 when his grants do not reach it. */
export const releaseFor = async (service: Service, asked: Asked, stream: string): Promise<ReleaseView> => {
  const { events } = await service.read(stream, asked);
  const history = events as readonly Recorded<ReleaseEvent>[];
  return history.reduce<ReleaseView | undefined>(releaseView, undefined) as ReleaseView;
};
