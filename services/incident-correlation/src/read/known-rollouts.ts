import type { Delivery } from '@slipway/consumers';
import type { DeploymentEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

type Of<Type extends DeploymentEvent['type']> = Delivery<Extract<DeploymentEvent, { type: Type }>>;
type Moment = 'started' | 'step' | 'took-traffic' | 'finished';

const MOMENTS: Readonly<Partial<Record<DeploymentEvent['type'], Moment>>> = {
  DeploymentStarted: 'started',
  StepStarted: 'step',
  StepSucceeded: 'step',
  StepFailed: 'step',
  TrafficTaken: 'took-traffic',
  DeploymentFinished: 'finished',
  DeploymentFailed: 'finished',
};

const REQUESTED = `
  INSERT INTO known_rollouts_v1 (id, service_id, environment_id, production, change_id)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[])
  ON CONFLICT (id) DO NOTHING`;
const IMPORTED = `${REQUESTED.replace('DO NOTHING', 'DO UPDATE SET')}
    service_id = excluded.service_id, environment_id = excluded.environment_id,
    production = excluded.production, change_id = excluded.change_id`;
const HAPPENED = `
  INSERT INTO known_moments_v1 (rollout_id, version, moment, at)
  SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::timestamptz[])
  ON CONFLICT (rollout_id, version) DO NOTHING`;
const FORGOTTEN = 'DELETE FROM known_moments_v1 WHERE rollout_id = ANY ($1)';
const FAILED = 'UPDATE known_rollouts_v1 SET verification_failed = true WHERE id = ANY ($1)';

/** What was deployed where, and when each part of it happened: history comes in by the million, so a batch is a few statements. */
export const keepRollouts = async (events: readonly Delivery<DeploymentEvent>[], client: ClientBase): Promise<void> => {
  await keepRequested(events.filter(isOf('DeploymentRequested')), client);
  await keepImported(events.filter(isOf('DeploymentImported')), client);
  await keepMoments(events.flatMap(momentOf), client);
  const failed = events.filter(isOf('VerificationFailed')).map(({ stream }) => idOf(stream));
  if (failed.length > 0) await client.query(FAILED, [failed]);
};

const isOf =
  <Type extends DeploymentEvent['type']>(type: Type) =>
  (event: Delivery<DeploymentEvent>): event is Of<Type> =>
    event.type === type;

const keepRequested = async (events: readonly Of<'DeploymentRequested'>[], client: ClientBase): Promise<void> => {
  if (events.length === 0) return;
  await client.query(REQUESTED, [
    events.map(({ stream }) => idOf(stream)),
    events.map(({ data }) => data.target.serviceId),
    events.map(({ data }) => data.target.environmentId),
    events.map(({ data }) => data.production),
    events.map(({ data }) => data.changeId ?? null),
  ]);
};

/** One event tells of all; a correction takes its place. */
const keepImported = async (all: readonly Of<'DeploymentImported'>[], client: ClientBase): Promise<void> => {
  const events = [...new Map(all.map(event => [event.stream, event])).values()];
  if (events.length === 0) return;
  await client.query(IMPORTED, [
    events.map(({ stream }) => idOf(stream)),
    events.map(({ data }) => data.serviceId),
    events.map(({ data }) => data.environmentId),
    events.map(({ data }) => data.production),
    events.map(({ data }) => data.change?.id ?? null),
  ]);
  const corrected = events.filter(({ version }) => version > 1).map(({ stream }) => idOf(stream));
  if (corrected.length > 0) await client.query(FORGOTTEN, [corrected]);
  await keepMoments(events.flatMap(momentsOfHistory), client);
};

type At = Readonly<{ rolloutId: string; version: number; moment: Moment; at: string }>;

const momentOf = ({ type, stream, version, data }: Delivery<DeploymentEvent>): readonly At[] => {
  const moment = MOMENTS[type];
  return moment === undefined ? [] : [{ rolloutId: idOf(stream), version, moment, at: data.occurredAt }];
};

const momentsOfHistory = ({ stream, data: { startedAt, finishedAt } }: Of<'DeploymentImported'>): readonly At[] => {
  const rolloutId = idOf(stream);
  const started = { rolloutId, version: 1, moment: 'started', at: startedAt } as const;
  return finishedAt === undefined
    ? [started]
    : [started, { ...started, version: 2, moment: 'finished', at: finishedAt }];
};

const keepMoments = async (moments: readonly At[], client: ClientBase): Promise<void> => {
  if (moments.length === 0) return;
  await client.query(HAPPENED, [
    moments.map(({ rolloutId }) => rolloutId),
    moments.map(({ version }) => version),
    moments.map(({ moment }) => moment),
    moments.map(({ at }) => at),
  ]);
};
