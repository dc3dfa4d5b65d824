import type { ApplicationEvent, RoleGrantEvent } from '@slipway/contracts';
import { EVERYWHERE, type Place } from '@slipway/edge';
import type { Placing } from '@slipway/service';

const itself = { initialState: undefined, evolve: () => undefined } as const;

/** What is said of a service holds in every environment, so that it is no matter of one of them. */
export const servicePlaces: Placing = { ...itself, places: (_, serviceId) => [{ ...EVERYWHERE, serviceId }] };
export const environmentPlaces: Placing = {
  ...itself,
  places: (_, environmentId) => [{ ...EVERYWHERE, environmentId }],
};

/** Every service in it: whoever may speak for some of them alone does not put another beside them. */
export const applicationPlaces: Placing<ApplicationEvent, readonly Place[]> = {
  initialState: [],
  evolve: (places, { type, data }) =>
    type === 'ApplicationRegistered' || type === 'ApplicationUpdated'
      ? data.serviceIds.map(serviceId => ({ ...EVERYWHERE, serviceId }))
      : places,
  places: places => places,
};

type Scope = Extract<RoleGrantEvent, { type: 'RoleGranted' }>['data']['scope'];

/** Where it gives a role: nobody gives more than he has. Whoever belongs to a team or an application may change later. */
export const roleGrantPlaces: Placing<RoleGrantEvent, readonly Place[]> = {
  initialState: [],
  evolve: (places, { type, data }) => (type === 'RoleGranted' ? placesIn(data.scope) : places),
  places: places => places,
};

const placesIn = ({ services, teams, applications, environments }: Scope): readonly Place[] => {
  if (teams ?? applications) return [EVERYWHERE];
  const { serviceId = '', environmentId = '' } = EVERYWHERE;
  return (services ?? [serviceId]).flatMap(service =>
    (environments ?? [environmentId]).map(environment => ({ serviceId: service, environmentId: environment })),
  );
};
