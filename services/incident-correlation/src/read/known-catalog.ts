import type { Delivery, Handler } from '@slipway/consumers';
import type { EnvironmentEvent, EnvironmentStated, ServiceEvent, ServiceStated } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

const SERVICE = `
  INSERT INTO known_services_v1 (id, name, aliases, alert_labels, owner_team) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, aliases = excluded.aliases, alert_labels = excluded.alert_labels,
    owner_team = excluded.owner_team`;
const NO_DEPENDENCIES = 'DELETE FROM known_dependencies_v1 WHERE service_id = $1';
const DEPENDENCIES = 'INSERT INTO known_dependencies_v1 SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING';
const ENVIRONMENT = `
  INSERT INTO known_environments_v1 (id, name, aliases) VALUES ($1, $2, $3)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, aliases = excluded.aliases`;

const service: Handler<ServiceStated> = async ({ stream, data }, client) => {
  const { name, aliases, alertLabels, dependencies, ownerTeam } = data;
  const id = idOf(stream);
  await client.query(SERVICE, [id, name, aliases, JSON.stringify(alertLabels), ownerTeam]);
  await client.query(NO_DEPENDENCIES, [id]);
  await client.query(DEPENDENCIES, [id, dependencies.map(({ serviceId }) => serviceId)]);
};

const environment: Handler<EnvironmentStated> = async ({ stream, data }, client) => {
  await client.query(ENVIRONMENT, [idOf(stream), data.name, data.aliases]);
};

type CatalogEvent = ServiceEvent | EnvironmentEvent;

const handlers: { readonly [Type in CatalogEvent['type']]?: Handler<Extract<CatalogEvent, { type: Type }>> } = {
  ServiceRegistered: service,
  ServiceUpdated: service,
  EnvironmentRegistered: environment,
  EnvironmentUpdated: environment,
};

/** By which names and labels alerts speak of services and environments, and which services depend on which. */
export const keepCatalog = async (events: readonly Delivery<CatalogEvent>[], client: ClientBase): Promise<void> => {
  for (const event of events) await (handlers[event.type] as Handler<CatalogEvent> | undefined)?.(event, client);
};
