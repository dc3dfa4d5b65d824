import { canonical, derivedId, sortedSet } from '@slipway/canonical';
import type { ServiceEvent } from '@slipway/contracts';
import {
  type Decider,
  type Decision,
  type Message,
  reject,
  type Rejection,
  type Stamp,
  type Stamped,
} from '@slipway/event-sourcing';

/** What is said of a service, as a whole each time. */
export type StatedService = Omit<Extract<ServiceEvent, { type: 'ServiceRegistered' }>['data'], keyof Stamp>;

export type RegisterService = Message<'RegisterService', StatedService>;
/** Its name stays: the id comes from it. */
export type UpdateService = Message<'UpdateService', Omit<StatedService, 'name'>>;
export type ServiceCommand = RegisterService | UpdateService;

export type ServiceCode =
  'already-registered' | 'not-found' | 'depends-on-itself' | 'duplicate-dependency' | 'matches-every-alert';

export type ServiceState =
  Readonly<{ status: 'unregistered' }> | Readonly<{ status: 'registered'; stated: StatedService }>;

/** Names are unique because ids come from them. */
export const serviceIdOf = (name: string): string => derivedId('service', name);

const register = (command: Stamped<RegisterService>, state: ServiceState): Decision<ServiceEvent, ServiceCode> => {
  const stated = inOrder(command.data);
  const refused = refusalOf(stated);
  if (refused) return refused;
  if (state.status === 'unregistered') return [{ type: 'ServiceRegistered', data: { ...stated, ...command.stamp } }];
  return isSame(stated, state.stated)
    ? []
    : reject('already-registered', `There is a service ${stated.name} already: update it, or choose another name.`);
};

const update = (command: Stamped<UpdateService>, state: ServiceState): Decision<ServiceEvent, ServiceCode> => {
  if (state.status === 'unregistered') return reject('not-found', 'There is no such service.');
  const stated = inOrder({ ...command.data, name: state.stated.name });
  const refused = refusalOf(stated);
  if (refused) return refused;
  return isSame(stated, state.stated) ? [] : [{ type: 'ServiceUpdated', data: { ...stated, ...command.stamp } }];
};

/** Sets without duplicates and in one order, so that the same statement is the same bytes. */
const inOrder = (stated: StatedService): StatedService => ({
  ...stated,
  repositories: sortedSet(stated.repositories),
  alertLabels: sortedSet(stated.alertLabels),
  aliases: sortedSet(stated.aliases),
  dependencies: sortedSet(stated.dependencies),
});

const refusalOf = ({ name, alertLabels, dependencies }: StatedService): Rejection<ServiceCode> | undefined => {
  const ids = dependencies.map(each => each.serviceId);
  if (ids.includes(serviceIdOf(name))) return reject('depends-on-itself', `${name} cannot depend on itself.`);
  if (new Set(ids).size < ids.length)
    return reject('duplicate-dependency', 'Name each dependency once, with one kind.');
  if (alertLabels.some(labels => Object.keys(labels).length === 0))
    return reject('matches-every-alert', 'An entry of alert labels without a label would match every alert.');
  return undefined;
};

const isSame = (one: StatedService, other: StatedService): boolean => canonical(one) === canonical(other);

const decide = (command: Stamped<ServiceCommand>, state: ServiceState): Decision<ServiceEvent, ServiceCode> => {
  switch (command.type) {
    case 'RegisterService':
      return register(command, state);
    case 'UpdateService':
      return update(command, state);
  }
};

const evolve = (_state: ServiceState, { data }: ServiceEvent): ServiceState => ({
  status: 'registered',
  stated: statedIn(data),
});

const statedIn = ({
  name,
  title,
  ownerTeam,
  criticality,
  repositories,
  alertLabels,
  aliases,
  dependencies,
}: ServiceEvent['data']): StatedService => ({
  name,
  title,
  ownerTeam,
  criticality,
  repositories,
  alertLabels,
  aliases,
  dependencies,
});

export const service: Decider<ServiceCommand, ServiceEvent, ServiceState, ServiceCode> = {
  initialState: { status: 'unregistered' },
  decide,
  evolve,
};
