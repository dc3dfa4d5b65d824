import { type Handler, projection } from '@slipway/consumers';
import type { AlertEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

type Of<Type extends AlertEvent['type']> = Extract<AlertEvent, { type: Type }>;

// What is told late does not undo what happened after it.
const REPORTED = `
  INSERT INTO alerts_v1 AS known
    (id, version, tool, state, status, name, severity, labels, starts_at, ends_at, status_at, reported_at)
  VALUES ($1, $2, $3, 'reported', $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (id) DO UPDATE SET version = excluded.version,
    status = CASE WHEN excluded.status_at < known.status_at THEN known.status ELSE excluded.status END,
    ends_at = coalesce(excluded.ends_at, known.ends_at),
    status_at = greatest(excluded.status_at, known.status_at)`;
const MATCHED = `
  UPDATE alerts_v1 SET version = $2, state = 'matched', incident_id = $3, service_ids = $4, environment_id = $5 WHERE id = $1`;
const UNMATCHED = `UPDATE alerts_v1 SET version = $2, state = 'unmatched' WHERE id = $1`;
const UNREADABLE = `
  INSERT INTO alerts_v1 (id, version, tool, state, problem, status_at, reported_at) VALUES ($1, $2, $3, 'unreadable', $4, $5, $6)
  ON CONFLICT (id) DO NOTHING`;

const reported: Handler<Of<'AlertReported'>> = async ({ stream, version, data }, client) => {
  const { tool, status, name, severity = null, labels, startsAt, endsAt = null, occurredAt, recordedAt } = data;
  const facts = [tool, status, name, severity, JSON.stringify(labels), startsAt, endsAt];
  await client.query(REPORTED, [idOf(stream), version, ...facts, occurredAt, recordedAt]);
};

const matched: Handler<Of<'AlertMatched'>> = async ({ stream, version, data }, client) => {
  const { incidentId, serviceIds, environmentId = null } = data;
  await client.query(MATCHED, [idOf(stream), version, incidentId, serviceIds, environmentId]);
};

const unmatched: Handler<Of<'AlertUnmatched'>> = async ({ stream, version }, client) => {
  await client.query(UNMATCHED, [idOf(stream), version]);
};

const unreadable: Handler<Of<'AlertUnreadable'>> = async ({ stream, version, data }, client) => {
  const { tool, problem, occurredAt, recordedAt } = data;
  await client.query(UNREADABLE, [idOf(stream), version, tool, problem, occurredAt, recordedAt]);
};

export const alertList = projection<AlertEvent>({
  consumer: 'incident-correlation.alerts',
  categories: ['alert'],
  tables: ['alerts_v1'],
  independent: true,
  handlers: { AlertReported: reported, AlertMatched: matched, AlertUnmatched: unmatched, AlertUnreadable: unreadable },
});
