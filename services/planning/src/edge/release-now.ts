import type { ReleaseEvent } from '@slipway/contracts';
import type { Service } from '@slipway/service';
import { type ReleaseView, releaseView } from '../read/release.view.ts';

/** A release as it is now, from its own stream; its texts are sealed. */
export const releaseNow = async (service: Service, stream: string): Promise<ReleaseView | undefined> => {
  const { events } = await service.store.read<ReleaseEvent>(stream);
  return events.reduce<ReleaseView | undefined>(releaseView, undefined);
};
