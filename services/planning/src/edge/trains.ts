import type { ReleaseTrainEvent } from '@slipway/contracts';
import { notFound } from '@slipway/edge';
import type { Check } from '@slipway/event-store';
import type { Service } from '@slipway/service';
import { releaseTrainView, type ReleaseTrainView } from '../read/release-train.view.ts';

/** A train as it is now, and that it has not moved since. 404 when there is none. */
export const trainNow = async (
  service: Service,
  id: string,
): Promise<Readonly<{ stream: string; train: ReleaseTrainView; check: Check }>> => {
  const stream = await service.streamOf('releaseTrain', id);
  const { events, version } = await service.store.read<ReleaseTrainEvent>(stream);
  const train = events.reduce<ReleaseTrainView | undefined>(releaseTrainView, undefined);
  if (!train) throw notFound(`There is no release train ${id}.`);
  return { stream, train, check: { stream, expect: version } };
};
