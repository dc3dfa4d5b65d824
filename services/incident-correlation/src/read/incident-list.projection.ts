import { type Handler, projection } from '@slipway/consumers';
import type { IncidentEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

type Of<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;

const DETECTED = `
  INSERT INTO incidents_v1
    (id, version, title, severity, major, state, detected_by, service_ids, environment_id, detected_at, impact_started_at, number)
  VALUES ($1, $2, $3, $4, $5, 'Detected', $6, $7, $8, $9, $10, (SELECT number FROM store.numbers_of(ARRAY[$11])))
  ON CONFLICT (id) DO NOTHING`;

// The events of one incident come in order: its row is there.
const update =
  <Event extends IncidentEvent>(
    set: string,
    values: (data: Event['data']) => readonly unknown[] = () => [],
  ): Handler<Event> =>
  async ({ stream, version, data }, client) => {
    await client.query(`UPDATE incidents_v1 SET version = $2, ${set} WHERE id = $1`, [
      idOf(stream),
      version,
      ...values(data),
    ]);
  };

const detected: Handler<Of<'IncidentDetected'>> = async ({ stream, version, data }, client) => {
  const { title, severity, major, detectedBy, serviceIds, environmentId = null, occurredAt, impactStartedAt } = data;
  const facts = [title, severity, major, detectedBy, serviceIds, environmentId, occurredAt, impactStartedAt];
  await client.query(DETECTED, [idOf(stream), version, ...facts, stream]);
};

const ATTACHED = `
  service_ids = ARRAY(SELECT unnest(service_ids) UNION SELECT unnest($3::text[]) ORDER BY 1),
  firing = CASE WHEN $5 = 'resolved' THEN array_remove(firing, $4)
    WHEN $4 = ANY (firing) THEN firing ELSE array_append(firing, $4) END`;
const REOPENED = `
  state = CASE WHEN acknowledged THEN 'Acknowledged' ELSE 'Detected' END, mitigated_at = NULL, resolved_at = NULL`;

export const incidentList = projection<IncidentEvent>({
  consumer: 'incident-correlation.incidents',
  categories: ['incident'],
  tables: ['incidents_v1'],
  independent: true,
  handlers: {
    IncidentDetected: detected,
    AlertAttached: update<Of<'AlertAttached'>>(ATTACHED, ({ serviceIds = [], alertId, status }) => [
      serviceIds,
      alertId,
      status,
    ]),
    IncidentAcknowledged: update(`state = 'Acknowledged', acknowledged = true`),
    ImpactStartCorrected: update<Of<'ImpactStartCorrected'>>('impact_started_at = $3', data => [data.impactStartedAt]),
    IncidentMitigated: update<Of<'IncidentMitigated'>>(`state = 'Mitigated', mitigated_at = $3`, data => [
      data.occurredAt,
    ]),
    IncidentResolved: update<Of<'IncidentResolved'>>(`state = 'Resolved', resolved_at = $3`, data => [data.occurredAt]),
    IncidentReopened: update(REOPENED),
    IncidentClosed: update(`state = 'Closed'`),
    IncidentCanceled: update(`state = 'Canceled'`),
  },
  otherwise: update('id = id'),
});
