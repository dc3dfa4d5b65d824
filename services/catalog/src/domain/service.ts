import { derivedId, sortedSet } from '@slipway/canonical';
import type { ServiceStated } from '@slipway/contracts';
import { reject, type Rejection, type Stamp } from '@slipway/event-sourcing';
import { registration } from './registration.ts';

/** What is said of a service, as a whole each time. */
export type StatedService = Omit<ServiceStated['data'], keyof Stamp>;

export type ServiceCode = 'depends-on-itself' | 'duplicate-dependency' | 'matches-every-alert';

/** Names are unique because ids come from them. */
export const serviceIdOf = (name: string): string => derivedId('service', name);

const completed = (stated: StatedService): StatedService => ({
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

/** Services may depend on each other in a circle: real ones do. It is shown, not refused. */
export const service = registration({ name: 'Service', completed, refusalOf });
