import { projection } from '@slipway/consumers';
import type { TargetEvent } from '@slipway/contracts';

const WENT_LIVE = `
  INSERT INTO running_history_v1 (environment_id, service_id, position, deployment_id, digests, artifact_version, since)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;

/** What ran where, and since when. */
export const runningHistory = projection<TargetEvent>({
  consumer: 'deployment-execution.running-history',
  categories: ['target'],
  tables: ['running_history_v1'],
  independent: true,
  handlers: {
    TargetReleased: async ({ position, data: { environmentId, serviceId, live, occurredAt } }, client) => {
      if (!live) return;
      const { deploymentId, digests, version = null } = live;
      await client.query(WENT_LIVE, [environmentId, serviceId, position, deploymentId, digests, version, occurredAt]);
    },
  },
});
