import { derivedId, sortedSet } from '@slipway/canonical';
import type { EnvironmentStated } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { registration } from './registration.ts';

/** What is said of an environment, as a whole each time. */
export type StatedEnvironment = Omit<EnvironmentStated['data'], keyof Stamp>;

/** As it is asked: production is only open in windows unless it is said otherwise. */
export type AskedEnvironment = Omit<StatedEnvironment, 'openness'> & Partial<Pick<StatedEnvironment, 'openness'>>;

/** Names are unique because ids come from them. */
export const environmentIdOf = (name: string): string => derivedId('environment', name);

const completed = (asked: AskedEnvironment): StatedEnvironment => ({
  ...asked,
  aliases: sortedSet(asked.aliases),
  openness: asked.openness ?? (asked.tier === 'production' ? 'only-in-windows' : 'always-open'),
});

export const environment = registration({ name: 'Environment', completed });
