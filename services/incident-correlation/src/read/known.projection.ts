import { projection } from '@slipway/consumers';
import type { DeploymentEvent, EnvironmentEvent, IncidentEvent, ServiceEvent } from '@slipway/contracts';
import { knownCatalog } from './known-catalog.ts';
import { knownIncidents } from './known-incidents.ts';
import { knownRollouts } from './known-rollouts.ts';

/** One consumer for all of it: what is known of the catalog, of deployments and of incidents is as of one position. */
export const known = projection<ServiceEvent | EnvironmentEvent | DeploymentEvent | IncidentEvent>({
  consumer: 'incident-correlation.known',
  categories: ['service', 'environment', 'deployment', 'incident'],
  handlers: { ...knownCatalog, ...knownRollouts, ...knownIncidents },
});
