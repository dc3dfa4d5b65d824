import type { Handler } from '@slipway/consumers';
import type { IncidentEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

type Of<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;

const DETECTED = `
  INSERT INTO known_incidents_v1 (id, service_ids, environment_id, impact_started_at, first_at, last_at)
  VALUES ($1, $2, $3, $4, least($4::timestamptz, $5), $5) ON CONFLICT (id) DO NOTHING`;
// Never open: no alert is ever attached to what is over.
const IMPORTED = `
  INSERT INTO known_incidents_v1 (id, service_ids, environment_id, impact_started_at, first_at, last_at, open)
  VALUES ($1, $2, $3, $4, least($4::timestamptz, $5), $5, false)
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

const imported: Handler<Of<'IncidentImported'>> = async ({ stream, data }, client) => {
  const { serviceIds, environmentId = null, detectedAt, impactStartedAt = detectedAt } = data;
  await client.query(IMPORTED, [idOf(stream), serviceIds, environmentId, impactStartedAt, detectedAt]);
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

/** Which incidents are open, of which groups and services. */
export const knownIncidents = {
  IncidentDetected: detected,
  IncidentImported: imported,
  AlertAttached: attached,
  IncidentAbsorbed: absorbed,
  ImpactStartCorrected: corrected,
  EarlierAlertFound: corrected,
  IncidentResolved: becomes(false),
  IncidentReopened: becomes(true),
  IncidentClosed: becomes(false),
  IncidentCanceled: canceled,
};
