import { derivedId, sortedSet } from '@slipway/canonical';
import type { ApplicationEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { registration } from './registration.ts';

/** Services that people know by one name, as a whole each time. */
export type StatedApplication = Omit<
  Extract<ApplicationEvent, Readonly<{ type: 'ApplicationRegistered' }>>['data'],
  keyof Stamp
>;

/** Names are unique because ids come from them. */
export const applicationIdOf = (name: string): string => derivedId('application', name);

const completed = (stated: StatedApplication): StatedApplication => ({
  ...stated,
  serviceIds: sortedSet(stated.serviceIds),
});

export const application = registration({ name: 'Application', completed });
