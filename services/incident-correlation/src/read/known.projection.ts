import { type Delivery, projection } from '@slipway/consumers';
import type { DeploymentEvent, EnvironmentEvent, IncidentEvent, ServiceEvent } from '@slipway/contracts';
import { categoryOf } from '@slipway/event-sourcing';
import { keepCatalog } from './known-catalog.ts';
import { keepIncidents } from './known-incidents.ts';
import { keepRollouts } from './known-rollouts.ts';

type Known = ServiceEvent | EnvironmentEvent | DeploymentEvent | IncidentEvent;

/** One consumer for all of it: what is known of the catalog, of deployments and of incidents is as of one position. */
export const known = projection<Known>({
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
  applyAll: async (events, client) => {
    const of = <Event extends Known>(...categories: readonly string[]): readonly Delivery<Event>[] =>
      events.filter(({ stream }) => categories.includes(categoryOf(stream))) as unknown as readonly Delivery<Event>[];
    await keepCatalog(of('service', 'environment'), client);
    await keepRollouts(of('deployment'), client);
    await keepIncidents(of('incident'), client);
  },
});
