import type { ChangeEvent, DecisionEvent } from '@slipway/contracts';
import { type Place, placesWith } from '@slipway/edge';
import type { Placing } from '@slipway/service';

type Places = readonly Place[];
const itself = (places: Places): Places => places;

/** A change takes place at its targets, and at the configuration items that it touches. */
export const changePlaces: Placing<ChangeEvent, Places> = {
  initialState: [],
  evolve: (places, { type, data }) => {
    switch (type) {
      case 'ChangeRaised':
        return placesWith(data.content.targets, data.serviceIds);
      case 'ChangeRevised':
        return placesWith(
          data.content.targets,
          data.content.artifacts.map(({ serviceId }) => serviceId),
        );
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
