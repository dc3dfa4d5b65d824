import type { DataSource, EntityManager } from 'typeorm';

type Labels = Readonly<Record<string, string>>;
type Tables = Pick<DataSource | EntityManager, 'query'>;

const SERVICES = `
  SELECT id FROM known_services_v1
  WHERE name = $1 OR aliases @> ARRAY[$1]
    OR EXISTS (SELECT FROM jsonb_array_elements(alert_labels) AS entry WHERE entry <> '{}' AND $2::jsonb @> entry)
  ORDER BY id`;

/** The services that an alert is about: by all labels of one of their entries, or by a label `service`. */
export const servicesWith = async (tables: Tables, labels: Labels): Promise<readonly string[]> => {
  const rows: { id: string }[] = await tables.query(SERVICES, [labels['service'] ?? null, JSON.stringify(labels)]);
  return rows.map(({ id }) => id);
};

const ENVIRONMENT =
  'SELECT id FROM known_environments_v1 WHERE name = $1 OR aliases @> ARRAY[$1] ORDER BY name = $1 DESC, id LIMIT 1';

/** By a label `environment` or `env`: its name or an alias. */
export const environmentWith = async (tables: Tables, labels: Labels): Promise<string | undefined> => {
  const rows: { id: string }[] = await tables.query(ENVIRONMENT, [labels['environment'] ?? labels['env'] ?? null]);
  return rows[0]?.id;
};

export type OpenRow = Readonly<{
  incidentId: string;
  groupKeys: readonly string[];
  serviceIds: readonly string[];
  environmentId: string | null;
  firstAt: Date;
  lastAt: Date;
}>;

// An alert that was matched a moment ago may not have come to its incident yet.
const OPEN = `
  SELECT id AS "incidentId", group_keys AS "groupKeys", service_ids AS "serviceIds", environment_id AS "environmentId",
    first_at AS "firstAt", last_at AS "lastAt"
  FROM known_incidents_v1 WHERE open AND (group_keys @> ARRAY[$1] OR service_ids && $2)
  UNION ALL
  SELECT incident_id, ARRAY[group_key], service_ids, environment_id, starts_at, starts_at
  FROM pending_attachments_v1 AS pending
  WHERE (group_key = $1 OR service_ids && $2)
    AND NOT EXISTS (SELECT FROM known_incidents_v1 AS over WHERE over.id = pending.incident_id AND NOT over.open)`;

/** Open incidents of this group or of one of these services. */
export const openIncidents = (
  tables: Tables,
  groupKey: string,
  serviceIds: readonly string[],
): Promise<readonly OpenRow[]> => tables.query(OPEN, [groupKey, serviceIds]);

const OVER = 'SELECT count(*)::int AS over FROM known_incidents_v1 WHERE NOT open AND group_keys @> ARRAY[$1]';

/** How many incidents of this group are over. */
export const incidentsOver = async (tables: Tables, groupKey: string): Promise<number> => {
  const rows: { over: number }[] = await tables.query(OVER, [groupKey]);
  return rows[0]?.over ?? 0;
};

const PENDING = `
  INSERT INTO pending_attachments_v1 (alert_id, incident_id, group_key, service_ids, environment_id, starts_at)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (alert_id) DO NOTHING`;

export type Pending = Readonly<{
  alertId: string;
  incidentId: string;
  groupKey: string;
  serviceIds: readonly string[];
  environmentId?: string;
  startsAt: string;
}>;

/** Until the incident tells of the alert itself. */
export const keepPending = async (tables: Tables, pending: Pending): Promise<void> => {
  const { alertId, incidentId, groupKey, serviceIds, environmentId = null, startsAt } = pending;
  await tables.query(PENDING, [alertId, incidentId, groupKey, serviceIds, environmentId, startsAt]);
};

/** One choice of an incident at a time, to the end of the transaction. */
export const choosingAlone = async (tables: Tables): Promise<void> => {
  await tables.query(`SELECT pg_advisory_xact_lock(hashtext('slipway-incident-correlation-choice'))`);
};
