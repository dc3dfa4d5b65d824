import type { SubscriptionEvent, SubscriptionFilter } from '@slipway/contracts';
import type { Placing } from '@slipway/service';

const ALL = ['*'];

/** A subscription takes place wherever its filter lets something through. */
export const subscriptionPlaces: Placing<SubscriptionEvent, SubscriptionFilter | undefined> = {
  initialState: undefined,
  evolve: (filter, { type, data }) =>
    type === 'SubscriptionCreated' || type === 'SubscriptionFilterChanged' ? data.filter : filter,
  places: filter => (filter ? placesIn(filter) : []),
};

const placesIn = ({ serviceIds = ALL, environmentIds = ALL }: SubscriptionFilter) =>
  serviceIds.flatMap(serviceId => environmentIds.map(environmentId => ({ serviceId, environmentId })));
