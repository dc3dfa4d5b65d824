import type { Delivery, Handler } from '@slipway/consumers';
import type { IncidentEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

type Of<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;

const DETECTED = `
  INSERT INTO known_incidents_v1 (id, service_ids, environment_id, impact_started_at, first_at, last_at)
  VALUES ($1, $2, $3, $4, least($4::timestamptz, $5), $5) ON CONFLICT (id) DO NOTHING`;
// Never open: no alert is ever attached to what is over.
const IMPORTED = `
  INSERT INTO known_incidents_v1 (id, service_ids, environment_id, impact_started_at, first_at, last_at, open)
  SELECT id, ARRAY(SELECT jsonb_array_elements_text(services)), environment, impact, least(impact, detected), detected, false
  FROM unnest($1::text[], $2::jsonb[], $3::text[], $4::timestamptz[], $5::timestamptz[])
    AS said (id, services, environment, impact, detected)
  ON CONFLICT (id) DO UPDATE SET service_ids = excluded.service_ids, environment_id = excluded.environment_id,
    impact_started_at = excluded.impact_started_at, first_at = excluded.first_at, last_at = excluded.last_at`;
const ATTACHED = `
  UPDATE known_incidents_v1 SET
    group_keys = ARRAY(SELECT unnest(group_keys) UNION SELECT $2 ORDER BY 1),
    service_ids = ARRAY(SELECT unnest(service_ids) UNION SELECT unnest($3::text[]) ORDER BY 1),
    last_at = greatest(last_at, $4)
  WHERE id = $1`;
const ABSORBED = `
  UPDATE known_incidents_v1 SET service_ids = ARRAY(SELECT unnest(service_ids) UNION SELECT unnest($2::text[]) ORDER BY 1) WHERE id = $1`;
const NO_LONGER_PENDING = 'DELETE FROM pending_attachments_v1 WHERE alert_id = $1';
const OPEN = 'UPDATE known_incidents_v1 SET open = $2 WHERE id = $1';
const CORRECTED = 'UPDATE known_incidents_v1 SET impact_started_at = $2, first_at = least(first_at, $2) WHERE id = $1';
// The group of a duplicate goes on in the incident that it repeats.
const REPEATS = `
  UPDATE known_incidents_v1 AS kept SET group_keys = ARRAY(SELECT unnest(kept.group_keys) UNION SELECT unnest(again.group_keys) ORDER BY 1)
  FROM known_incidents_v1 AS again WHERE again.id = $1 AND kept.id = $2`;

const becomes =
  (open: boolean): Handler<IncidentEvent> =>
  async ({ stream }, client) => {
    await client.query(OPEN, [idOf(stream), open]);
  };

const detected: Handler<Of<'IncidentDetected'>> = async ({ stream, data }, client) => {
  const { serviceIds, environmentId = null, impactStartedAt, occurredAt } = data;
  await client.query(DETECTED, [idOf(stream), serviceIds, environmentId, impactStartedAt, occurredAt]);
};

const keepImported = async (all: readonly Delivery<Of<'IncidentImported'>>[], client: ClientBase): Promise<void> => {
  const events = [...new Map(all.map(event => [event.stream, event])).values()];
  if (events.length === 0) return;
  await client.query(IMPORTED, [
    events.map(({ stream }) => idOf(stream)),
    events.map(({ data }) => JSON.stringify(data.serviceIds)),
    events.map(({ data }) => data.environmentId ?? null),
    events.map(({ data }) => data.impactStartedAt ?? data.detectedAt),
    events.map(({ data }) => data.detectedAt),
  ]);
};

const attached: Handler<Of<'AlertAttached'>> = async ({ stream, data }, client) => {
  const { alertId, groupKey, serviceIds = [], occurredAt } = data;
  await client.query(ATTACHED, [idOf(stream), groupKey, serviceIds, occurredAt]);
  await client.query(NO_LONGER_PENDING, [alertId]);
};

const absorbed: Handler<Of<'IncidentAbsorbed'>> = async ({ stream, data }, client) => {
  await client.query(ABSORBED, [idOf(stream), data.serviceIds]);
};

const corrected: Handler<Of<'ImpactStartCorrected' | 'EarlierAlertFound'>> = async ({ stream, data }, client) => {
  await client.query(CORRECTED, [idOf(stream), data.impactStartedAt]);
};

const canceled: Handler<Of<'IncidentCanceled'>> = async ({ stream, data }, client) => {
  await client.query(OPEN, [idOf(stream), false]);
  if (data.duplicateOf !== undefined) await client.query(REPEATS, [idOf(stream), data.duplicateOf]);
};

const handlers: { readonly [Type in IncidentEvent['type']]?: Handler<Of<Type>> } = {
  IncidentDetected: detected,
  AlertAttached: attached,
  IncidentAbsorbed: absorbed,
  ImpactStartCorrected: corrected,
  EarlierAlertFound: corrected,
  IncidentResolved: becomes(false),
  IncidentReopened: becomes(true),
  IncidentClosed: becomes(false),
  IncidentCanceled: canceled,
};

const isImported = (event: Delivery<IncidentEvent>): event is Delivery<Of<'IncidentImported'>> =>
  event.type === 'IncidentImported';

/** Which incidents are open, of which groups and services. What was imported one after the other is written as a set. */
export const keepIncidents = async (events: readonly Delivery<IncidentEvent>[], client: ClientBase): Promise<void> => {
  let imported: Delivery<Of<'IncidentImported'>>[] = [];
  for (const event of events) {
    if (isImported(event)) imported.push(event);
    const handle = handlers[event.type] as Handler<IncidentEvent> | undefined;
    if (!handle) continue;
    // What one incident says of another depends on whether that one is there.
    await keepImported(imported, client);
    imported = [];
    await handle(event, client);
  }
  await keepImported(imported, client);
};
