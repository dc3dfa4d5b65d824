import { projection } from '@slipway/consumers';
import type { CatalogEvent, EnvironmentStated, PersonStated, ServiceStated } from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

const KNOWN = `
  INSERT INTO catalog_v1 (category, id, name, kind, team)
  SELECT $1, id, $3, $4, $5 FROM unnest($2::text[]) AS id
  ON CONFLICT (category, id) DO UPDATE SET name = excluded.name, kind = excluded.kind, team = excluded.team`;

const service = async ({ stream, data }: Recorded<ServiceStated>, client: ClientBase): Promise<void> => {
  await client.query(KNOWN, ['service', [idOf(stream)], data.name, data.criticality, data.ownerTeam]);
};

const environment = async ({ stream, data }: Recorded<EnvironmentStated>, client: ClientBase): Promise<void> => {
  await client.query(KNOWN, ['environment', [idOf(stream)], data.name, data.tier, null]);
};

// The stream is the pseudonym itself, and the other pseudonyms are the same person.
const person = async ({ stream, data }: Recorded<PersonStated>, client: ClientBase): Promise<void> => {
  await client.query(KNOWN, ['person', [...new Set([stream, ...data.alsoKnownAs])], null, data.kind, null]);
};

/** Fed by the log in order: what a command names must be there. */
export const catalogCopy = projection<CatalogEvent>({
  consumer: 'planning.catalog',
  categories: ['service', 'environment', 'person'],
  tables: ['catalog_v1'],
  handlers: {
    ServiceRegistered: service,
    ServiceUpdated: service,
    EnvironmentRegistered: environment,
    EnvironmentUpdated: environment,
    PersonRegistered: person,
    PersonUpdated: person,
  },
});
