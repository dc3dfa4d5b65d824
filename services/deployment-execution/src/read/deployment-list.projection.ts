import { type Delivery, projection } from '@slipway/consumers';
import type { DeploymentEvent } from '@slipway/contracts';
import { idOf, type Stamp } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

const REQUESTED = `
  INSERT INTO deployments_v1 (id, kind, state, service_id, environment_id, wave, production, digests, artifact_version, deployer,
    change_id, release_id, undoes, pipeline_run_id, requested_at, version)
  VALUES ($1, $2, 'Queued', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  ON CONFLICT (id) DO NOTHING`;

type Write = (event: Delivery, client: ClientBase) => Promise<void>;

// Events of one deployment come in order, so the row is there.
const set =
  (assignments: string): Write =>
  async ({ stream, version, data }, client) => {
    await client.query(
      `UPDATE deployments_v1 SET version = $2, ${assignments} WHERE id = $1 AND $3::timestamptz IS NOT NULL`,
      [idOf(stream), version, (data as Stamp).occurredAt],
    );
  };

const nothingNew = set('state = state');

/** Deployments, the latest first. */
export const deploymentList = projection<DeploymentEvent>({
  consumer: 'deployment-execution.deployments',
  categories: ['deployment'],
  tables: ['deployments_v1'],
  independent: true,
  handlers: {
    DeploymentRequested: async ({ stream, version, data }, client) => {
      const { target, digests, kind, production, deployer, changeId, releaseId, undoes, pipelineRunId, occurredAt } =
        data;
      const where = [target.serviceId, target.environmentId, target.wave, production];
      const links = [changeId, releaseId, undoes, pipelineRunId].map(each => each ?? null);
      await client.query(REQUESTED, [
        idOf(stream),
        kind,
        ...where,
        digests,
        data.version ?? null,
        deployer,
        ...links,
        occurredAt,
        version,
      ]);
    },
    DecisionRequested: set("state = CASE state WHEN 'Waiting' THEN 'Queued' ELSE state END"),
    DeploymentAllowed: set("state = CASE state WHEN 'Waiting' THEN 'Queued' ELSE state END"),
    DeploymentWaiting: set("state = CASE state WHEN 'Queued' THEN 'Waiting' ELSE state END"),
    DeploymentStarted: set("state = 'Running', started_at = $3"),
    StepStarted: nothingNew,
    StepSucceeded: nothingNew,
    StepFailed: nothingNew,
    TrafficTaken: set('took_traffic_at = coalesce(took_traffic_at, $3)'),
    DeploymentFinished: set("state = 'Verifying'"),
    VerificationPassed: nothingNew,
    VerificationFailed: set("state = 'Failed', settled_at = $3"),
    DeploymentSucceeded: set("state = 'Succeeded', settled_at = $3"),
    DeploymentFailed: set("state = 'Failed', settled_at = $3"),
    DeploymentCanceled: set("state = 'Canceled', settled_at = $3"),
    RollbackStarted: set("state_before = state, state = 'RollingBack'"),
    DeploymentRolledBack: set("state = 'RolledBack'"),
    RollbackFailed: set('state = state_before'),
    UnauthorizedChangeDetected: set('unauthorized = true'),
  },
});
