import type { ChangeEvent, DecisionEvent } from '@slipway/contracts';
import type { Place } from '@slipway/edge';
import type { Placing } from '@slipway/service';

type Places = readonly Place[];
const itself = (places: Places): Places => places;
const ofServices = (serviceIds: readonly string[]): Places => serviceIds.map(serviceId => ({ serviceId }));

/** A change takes place at its targets, and at the configuration items that it touches. */
export const changePlaces: Placing<ChangeEvent, Places> = {
  initialState: [],
  evolve: (places, { type, data }) => {
    switch (type) {
      case 'ChangeRaised':
        return [...data.content.targets, ...ofServices(data.serviceIds)];
      case 'ChangeRevised':
        return [...data.content.targets, ...ofServices(data.content.artifacts.map(({ serviceId }) => serviceId))];
      default:
        return places;
    }
  },
  places: itself,
};

export const decisionPlaces: Placing<DecisionEvent, Places> = {
  initialState: [],
  evolve: (_, { data }) => [data.target],
  places: itself,
};
