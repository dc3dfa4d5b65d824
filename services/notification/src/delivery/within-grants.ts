import { placesAfter, type Service } from '@slipway/service';
import { placingOfCategory } from '@slipway/records';
import { categoryOf, idOf } from '@slipway/event-sourcing';

/**
 * Whether the grants that a subscription is cut to reach, at this moment, what an event is about: as far as whoever holds
 * them may read the record. Of a subscription without them everything may be told that its filter lets through.
 */
export const isWithinGrants = async (
  service: Pick<Service, 'accessOf' | 'store'>,
  { grantsOf, stream }: Readonly<{ grantsOf: string | null; stream: string }>,
): Promise<boolean> => {
  if (grantsOf === null) return true;
  const access = await service.accessOf(grantsOf, 'subscriptions:write');
  if (!access) return false;
  const { events } = await service.store.read(stream);
  return access.touches(placesAfter(placingOfCategory(categoryOf(stream)), idOf(stream), events));
};
