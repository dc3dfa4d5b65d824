import type { Handler } from '@slipway/consumers';
import type { DeploymentEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

type Imported = Extract<DeploymentEvent, { type: 'DeploymentImported' }>;
type Requested = Extract<DeploymentEvent, { type: 'DeploymentRequested' }>;

const ROLLOUT = `
  INSERT INTO known_rollouts_v1 (id, service_id, environment_id, production, change_id) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (id) DO NOTHING`;
const MOMENT = `
  INSERT INTO known_moments_v1 (rollout_id, version, moment, at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (rollout_id, version) DO NOTHING`;
const FAILED = 'UPDATE known_rollouts_v1 SET verification_failed = true WHERE id = $1';

const requested: Handler<Requested> = async ({ stream, data }, client) => {
  const { target, production, changeId = null } = data;
  await client.query(ROLLOUT, [idOf(stream), target.serviceId, target.environmentId, production, changeId]);
};

// One statement: history comes in by the million. One event tells of both moments; a correction takes their place.
const IMPORTED = `
  WITH rollout AS (
    INSERT INTO known_rollouts_v1 (id, service_id, environment_id, production, change_id) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (id) DO UPDATE SET service_id = excluded.service_id, environment_id = excluded.environment_id,
      production = excluded.production, change_id = excluded.change_id)
  INSERT INTO known_moments_v1 (rollout_id, version, moment, at)
  SELECT $1, said.nth, said.moment, said.at
  FROM (VALUES (1, 'started', $6::timestamptz), (2, 'finished', $7::timestamptz)) AS said (nth, moment, at)
  WHERE said.at IS NOT NULL
  ON CONFLICT (rollout_id, version) DO UPDATE SET moment = excluded.moment, at = excluded.at`;

const imported: Handler<Imported> = async ({ stream, data }, client) => {
  const { serviceId, environmentId, production, change, startedAt, finishedAt = null } = data;
  const where = [serviceId, environmentId, production, change?.id ?? null];
  await client.query(IMPORTED, [idOf(stream), ...where, startedAt, finishedAt]);
};

const moment =
  (name: 'started' | 'step' | 'took-traffic' | 'finished'): Handler<DeploymentEvent> =>
  async ({ stream, version, data }, client) => {
    await client.query(MOMENT, [idOf(stream), version, name, data.occurredAt]);
  };

/** What was deployed where, and when each part of it happened. */
export const knownRollouts = {
  DeploymentRequested: requested,
  DeploymentImported: imported,
  DeploymentStarted: moment('started'),
  StepStarted: moment('step'),
  StepSucceeded: moment('step'),
  StepFailed: moment('step'),
  TrafficTaken: moment('took-traffic'),
  DeploymentFinished: moment('finished'),
  DeploymentFailed: moment('finished'),
  VerificationFailed: (async ({ stream }, client) => {
    await client.query(FAILED, [idOf(stream)]);
  }) satisfies Handler<DeploymentEvent>,
};
