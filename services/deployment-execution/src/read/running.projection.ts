import { projection } from '@slipway/consumers';
import type { TargetEvent } from '@slipway/contracts';

const OCCUPIED = `
  INSERT INTO running_v1 (environment_id, service_id, in_progress, position) VALUES ($1, $2, $3, $4)
  ON CONFLICT (environment_id, service_id) DO UPDATE SET in_progress = excluded.in_progress, position = excluded.position`;

const RELEASED = `
  INSERT INTO running_v1 AS r (environment_id, service_id, deployment_id, digests, artifact_version, since, position)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (environment_id, service_id) DO UPDATE SET
    in_progress = nullif(r.in_progress, $8), position = excluded.position,
    deployment_id = coalesce(excluded.deployment_id, r.deployment_id), digests = coalesce(excluded.digests, r.digests),
    artifact_version = CASE WHEN excluded.deployment_id IS NULL THEN r.artifact_version ELSE excluded.artifact_version END,
    since = coalesce(excluded.since, r.since)`;

/** What runs where, and what is on its way there. */
export const running = projection<TargetEvent>({
  consumer: 'deployment-execution.running',
  categories: ['target'],
  tables: ['running_v1'],
  handlers: {
    TargetOccupied: async ({ position, data: { environmentId, serviceId, deploymentId } }, client) => {
      await client.query(OCCUPIED, [environmentId, serviceId, deploymentId, position]);
    },
    TargetReleased: async (
      { position, data: { environmentId, serviceId, deploymentId, live, occurredAt } },
      client,
    ) => {
      const now = live ? [live.deploymentId, live.digests, live.version ?? null, occurredAt] : [null, null, null, null];
      await client.query(RELEASED, [environmentId, serviceId, ...now, position, deploymentId]);
    },
  },
});
