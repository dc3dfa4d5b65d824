import type { ChangeEvent, DecisionEvent } from '@slipway/contracts';
import { type Place, placesWith } from '@slipway/edge';
import type { Placing } from '@slipway/service';

type Places = readonly Place[];
const itself = (places: Places): Places => places;

type Imported = Extract<ChangeEvent, { type: 'ChangeImported' }>['data'];

/** Each of its services in each of its environments; wherever, in what it does not name. */
const historicPlaces = ({ serviceIds, environmentIds }: Imported): Places => {
  if (environmentIds.length === 0) return serviceIds.map(serviceId => ({ serviceId }));
  if (serviceIds.length === 0) return environmentIds.map(environmentId => ({ environmentId }));
  return serviceIds.flatMap(serviceId => environmentIds.map(environmentId => ({ serviceId, environmentId })));
};

/** A change takes place at its targets, and at the configuration items that it touches. */
export const changePlaces: Placing<ChangeEvent, Places> = {
  initialState: [],
  evolve: (places, { type, data }) => {
    switch (type) {
      case 'ChangeRaised':
        return placesWith(data.content.targets, data.serviceIds);
      case 'ChangeImported':
        return historicPlaces(data);
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
