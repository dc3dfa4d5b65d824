import { afterInstant, type Page, type Row } from '@slipway/edge';
import { categoryOf, idOf } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import type { IncidentView } from './incident.view.ts';

/** Deployments and changes from this long before the impact are shown. */
const BEFORE_HOURS = 24;

type Found = Readonly<{
  stream: string;
  version: number;
  position: string;
  event_id: string;
  type: string;
  occurred_at: Date;
  recorded_at: Date;
  actor: string;
  on_behalf_of: string | null;
  facts: object;
}>;

/** One line, with the event that it is out of. Its facts may hold sealed texts. */
export type TimelineLine = Readonly<{
  event: Readonly<{ id: string; type: string; stream: string; version: number; position: number }>;
  record: Readonly<{ category: string; id: string }>;
  occurredAt: string;
  recordedAt: string;
  actor: string;
  onBehalfOf?: string;
  facts: object;
}>;

// In reach is what an affected service is, depends on or serves, over two steps, where the incident is.
const TIMELINE = `
  WITH RECURSIVE near (id, steps) AS (
    SELECT unnest($3::text[]) COLLATE "C", 0
    UNION
    SELECT CASE WHEN edge.service_id = near.id THEN edge.depends_on ELSE edge.service_id END, steps + 1
    FROM near JOIN known_dependencies_v1 AS edge ON near.id IN (edge.service_id, edge.depends_on)
    WHERE steps < 2),
  reach AS (
    SELECT stream FROM timeline_places_v1
    WHERE service_ids && ARRAY(SELECT id::text FROM near)
      AND (environment_id = $4 OR (production AND (environment_id IS NULL OR $4::text IS NULL))))
  SELECT line.* FROM timeline_v1 AS line
  WHERE (stream = $1 OR stream = ANY ($2::text[])
      OR (stream IN (SELECT stream FROM reach) AND occurred_at >= $5 AND occurred_at <= coalesce($6, now())))
    AND ($7::timestamptz IS NULL OR (occurred_at, position) > ($7, $8::bigint))
  ORDER BY occurred_at, position LIMIT $9`;

/** What happened around an incident, in the order in which it happened. */
export const timelineOf = async (
  source: DataSource,
  stream: string,
  { serviceIds, environmentId, impactStartedAt, impact, alerts }: IncidentView,
  page: Page,
): Promise<readonly Row[]> => {
  const from = new Date(Date.parse(impactStartedAt) - BEFORE_HOURS * 3_600_000).toISOString();
  const alertStreams = alerts.map(({ alertId }) => `alert-${alertId}`);
  const after = afterInstant(page);
  const rows: Found[] = await source.query(TIMELINE, [
    stream,
    alertStreams,
    serviceIds,
    environmentId ?? null,
    from,
    impact.at(-1)?.endedAt ?? null,
    after?.at ?? null,
    positionIn(after?.id),
    page.limit,
  ]);
  return rows.map(row => ({ cursor: [row.occurred_at.toISOString(), row.position], item: lineOf(row) }));
};

const positionIn = (text = '0'): string => (/^\d{1,18}$/.test(text) ? text : '0');

const lineOf = (row: Found): TimelineLine => ({
  event: {
    id: row.event_id,
    type: row.type,
    stream: row.stream,
    version: row.version,
    position: Number(row.position),
  },
  record: { category: categoryOf(row.stream), id: idOf(row.stream) },
  occurredAt: row.occurred_at.toISOString(),
  recordedAt: row.recorded_at.toISOString(),
  actor: row.actor,
  ...(row.on_behalf_of !== null && { onBehalfOf: row.on_behalf_of }),
  facts: row.facts,
});
