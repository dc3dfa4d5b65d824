import { type Delivery, projection } from '@slipway/consumers';
import type { AlertEvent, ChangeEvent, DeploymentEvent, IncidentEvent } from '@slipway/contracts';
import { categoryOf, type Stamp } from '@slipway/event-sourcing';
import type pg from 'pg';

type TimelineEvent = IncidentEvent | AlertEvent | DeploymentEvent | ChangeEvent;

/** Of other services only what a war room looks for; of our own everything. */
const SHOWN: Readonly<Record<string, readonly (DeploymentEvent | ChangeEvent)['type'][]>> = {
  deployment: [
    'DeploymentStarted',
    'StepFailed',
    'TrafficTaken',
    'DeploymentFinished',
    'DeploymentFailed',
    'VerificationPassed',
    'VerificationFailed',
    'DeploymentSucceeded',
    'RollbackStarted',
    'DeploymentRolledBack',
    'RollbackFailed',
    'DeploymentCanceled',
    'UnauthorizedChangeDetected',
  ],
  change: [
    'ChangeAuthorized',
    'ChangeHeld',
    'ChangeResumed',
    'ChangeImplementationStarted',
    'ChangeFoundUnauthorized',
    'ChangeReviewStarted',
    'ChangeClosed',
    'ChangeCanceled',
  ],
};

const isShown = ({ stream, type }: Delivery): boolean => {
  const shown: readonly string[] | undefined = SHOWN[categoryOf(stream)];
  return shown === undefined || shown.includes(type);
};

const KEEP = `
  INSERT INTO timeline_v1 (stream, version, position, event_id, type, occurred_at, recorded_at, actor, on_behalf_of, facts)
  SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[],
    $8::text[], $9::text[], $10::jsonb[])
  ON CONFLICT (stream, version) DO NOTHING`;

const PLACE = `
  INSERT INTO timeline_places_v1 (stream, service_ids, environment_id, production)
  SELECT stream, ARRAY(SELECT jsonb_array_elements_text(service_ids)), environment_id, production
  FROM unnest($1::text[], $2::jsonb[], $3::text[], $4::boolean[]) AS place (stream, service_ids, environment_id, production)
  ON CONFLICT (stream) DO NOTHING`;

type Place = Readonly<{ serviceIds: readonly string[]; environmentId?: string; production: boolean }>;

const placeIn = ({ type, data }: TimelineEvent): Place | undefined => {
  if (type === 'ChangeRaised') return { serviceIds: data.serviceIds, production: true };
  if (type !== 'DeploymentRequested') return undefined;
  const { target, production } = data;
  return { serviceIds: [target.serviceId], environmentId: target.environmentId, production };
};

const STAMP = ['actor', 'onBehalfOf', 'issuer', 'acr', 'amr', 'client', 'occurredAt', 'recordedAt', 'source'];
const LONG = ['payload', 'candidates', 'labels'];
const OWN = ['incident', 'alert'];

/** What it says in a word or a list of words. The texts that others sealed stay with them. */
const factsOf = ({ stream, data }: Delivery): object => {
  const mayOpen = OWN.includes(categoryOf(stream));
  const isSaid = (value: unknown): boolean =>
    typeof value !== 'object' && (mayOpen || !(typeof value === 'string' && value.startsWith('sealed:')));
  return Object.fromEntries(
    Object.entries(data).filter(
      ([field, value]) =>
        !STAMP.includes(field) && !LONG.includes(field) && (Array.isArray(value) ? value.every(isSaid) : isSaid(value)),
    ),
  );
};

const keepLines = async (events: readonly Delivery[], client: pg.ClientBase): Promise<void> => {
  const lines = events.filter(isShown).map(event => ({ event, stamp: event.data as Stamp }));
  if (lines.length === 0) return;
  await client.query(KEEP, [
    lines.map(({ event }) => event.stream),
    lines.map(({ event }) => event.version),
    lines.map(({ event }) => event.position),
    lines.map(({ event }) => event.id),
    lines.map(({ event }) => event.type),
    lines.map(({ stamp }) => stamp.occurredAt),
    lines.map(({ stamp }) => stamp.recordedAt),
    lines.map(({ stamp }) => stamp.actor),
    lines.map(({ stamp }) => stamp.onBehalfOf ?? null),
    lines.map(({ event }) => JSON.stringify(factsOf(event))),
  ]);
};

const keepPlaces = async (events: readonly Delivery<TimelineEvent>[], client: pg.ClientBase): Promise<void> => {
  const places = events.flatMap(event => {
    const place = placeIn(event);
    return place ? [{ stream: event.stream, ...place }] : [];
  });
  if (places.length === 0) return;
  await client.query(PLACE, [
    places.map(({ stream }) => stream),
    places.map(({ serviceIds }) => JSON.stringify(serviceIds)),
    places.map(({ environmentId }) => environmentId ?? null),
    places.map(({ production }) => production),
  ]);
};

/** What happened, each line with its event and the position of that: to incidents and alerts, and by deployments and changes. */
export const timeline = projection<TimelineEvent>({
  consumer: 'incident-correlation.timeline',
  categories: ['incident', 'alert', 'deployment', 'change'],
  tables: ['timeline_v1', 'timeline_places_v1'],
  independent: true,
  applyAll: async (events, client) => {
    await keepLines(events, client);
    await keepPlaces(events, client);
  },
});
