import type { MetricThresholdEvent } from '@slipway/contracts';
import { EVERYWHERE } from '@slipway/edge';
import type { Placing } from '@slipway/service';

/** A threshold takes place at the services that it is about, in all of production. */
export const metricThresholdPlaces: Placing<MetricThresholdEvent, readonly string[] | undefined> = {
  initialState: undefined,
  evolve: (serviceIds, { data }) => ('serviceIds' in data ? data.serviceIds : serviceIds),
  places: serviceIds => {
    if (!serviceIds) return [];
    return serviceIds.length > 0 ? serviceIds.map(serviceId => ({ serviceId, environmentId: '*' })) : [EVERYWHERE];
  },
};
