import { type Delivery, projection } from '@slipway/consumers';
import {
  type ChangeEvent,
  type EnvironmentEvent,
  type EnvironmentStated,
  isProduction,
  type ReleaseEvent,
  type ServiceEvent,
  type ServiceStated,
  type Target,
} from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

type Seen = ServiceEvent | EnvironmentEvent | ReleaseEvent | ChangeEvent;

const service = async ({ stream, data }: Delivery<ServiceStated>, client: ClientBase): Promise<void> => {
  await client.query(
    `INSERT INTO known_services_v1 (id, name, repositories, aliases) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, repositories = excluded.repositories, aliases = excluded.aliases`,
    [idOf(stream), data.name, data.repositories, data.aliases],
  );
};

const environment = async ({ stream, data }: Delivery<EnvironmentStated>, client: ClientBase): Promise<void> => {
  await client.query(
    `INSERT INTO known_environments_v1 (id, name, aliases, production) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, aliases = excluded.aliases, production = excluded.production`,
    [idOf(stream), data.name, data.aliases, isProduction(data.tier)],
  );
};

const targets = async (
  { stream, data }: Delivery & { data: { targets: readonly Target[] } },
  client: ClientBase,
): Promise<void> => {
  await client.query(
    'INSERT INTO known_releases_v1 (id, targets) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET targets = excluded.targets',
    [idOf(stream), JSON.stringify(data.targets)],
  );
};

const changeEnded = async ({ stream }: Delivery, client: ClientBase): Promise<void> => {
  await client.query('UPDATE known_changes_v1 SET open = false WHERE id = $1', [idOf(stream)]);
};

/** Services, environments, artifacts and changes, as this service needs to know them. */
export const known = projection<Seen>({
  consumer: 'deployment-execution.known',
  categories: ['service', 'environment', 'release', 'change'],
  tables: ['known_services_v1', 'known_environments_v1', 'known_releases_v1', 'known_artifacts_v1', 'known_changes_v1'],
  independent: true,
  handlers: {
    ServiceRegistered: service,
    ServiceUpdated: service,
    EnvironmentRegistered: environment,
    EnvironmentUpdated: environment,
    ReleaseScheduled: targets,
    ReleaseRescheduled: targets,
    ArtifactAttached: async ({ stream, position, data: { artifact } }, client) => {
      const { serviceId, digest, version, repository, commits } = artifact;
      await client.query(
        `INSERT INTO known_artifacts_v1 (release_id, service_id, digest, version, repository, commits, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (release_id, service_id, digest) DO UPDATE SET position = excluded.position`,
        [idOf(stream), serviceId, digest, version, repository, commits.map(({ sha }) => sha), position],
      );
    },
    ArtifactDetached: async ({ stream, data: { serviceId, digest } }, client) => {
      await client.query('DELETE FROM known_artifacts_v1 WHERE (release_id, service_id, digest) = ($1, $2, $3)', [
        idOf(stream),
        serviceId,
        digest,
      ]);
    },
    ChangeRaised: async ({ stream, position, data: { releaseIds } }, client) => {
      await client.query(
        'INSERT INTO known_changes_v1 (id, release_ids, open, position) VALUES ($1, $2, true, $3) ON CONFLICT (id) DO NOTHING',
        [idOf(stream), releaseIds, position],
      );
    },
    ChangeCanceled: changeEnded,
    ChangeClosed: changeEnded,
  },
});
