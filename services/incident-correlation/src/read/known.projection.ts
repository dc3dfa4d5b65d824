import { projection } from '@slipway/consumers';
import type { DeploymentEvent, EnvironmentEvent, IncidentEvent, ServiceEvent } from '@slipway/contracts';
import { knownCatalog } from './known-catalog.ts';
import { knownIncidents } from './known-incidents.ts';
import { knownRollouts } from './known-rollouts.ts';

/** One consumer for all of it: what is known of the catalog, of deployments and of incidents is as of one position. */
export const known = projection<ServiceEvent | EnvironmentEvent | DeploymentEvent | IncidentEvent>({
  consumer: 'incident-correlation.known',
  categories: ['service', 'environment', 'deployment', 'incident'],
  tables: [
    'known_services_v1',
    'known_dependencies_v1',
    'known_environments_v1',
    'known_rollouts_v1',
    'known_moments_v1',
    'known_incidents_v1',
  ],
  alsoWrites: ['pending_attachments_v1'],
  handlers: { ...knownCatalog, ...knownRollouts, ...knownIncidents },
});
