import type { Answer, Asked } from '@slipway/edge';
import type { Service } from '@slipway/service';
import type { ReviewCommand } from '../domain/review.ts';
import { reviewRecord } from '../read/review.view.ts';

/** A command to a review that is named by id or number. */
export const onReview = async (
  service: Service,
  asked: Asked,
  id: string,
  commandFor: (stream: string) => ReviewCommand | Promise<ReviewCommand>,
): Promise<Answer> => {
  const stream = await service.streamOf('review', id);
  return service.carryOut(asked, { stream, command: await commandFor(stream) }, reviewRecord);
};
