import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { IncidentRow } from './incident-list.entity.ts';
import { latestFirst, narrow } from './latest-first.ts';

/** `service` and `environment` are ids; `from` and `to` are about the detection. */
export type IncidentFilter = Readonly<{
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  severity?: string;
  major?: boolean;
  team?: string;
  service?: string;
  environment?: string;
  from?: string;
  to?: string;
}>;

const CONDITIONS: Readonly<Record<keyof IncidentFilter, string>> = {
  q: '(strpos(lower(row.title), lower(:q)) > 0 OR strpos(lower(row.number), lower(:q)) > 0)',
  ref: 'row.refs @> ARRAY[:ref]',
  label: 'row.labels @> ARRAY[:label]',
  state: 'lower(row.state) = lower(:state)',
  severity: 'row.severity = :severity',
  major: 'row.major = :major',
  team: 'row.serviceIds && ARRAY(SELECT id FROM known_services_v1 WHERE owner_team = :team)',
  service: 'row.serviceIds @> ARRAY[:service]',
  environment: 'row.environmentId = :environment',
  from: 'row.detectedAt >= :from',
  to: 'row.detectedAt < :to',
};

/** The last detected first. */
export const listIncidents = async (
  source: DataSource,
  filter: IncidentFilter,
  page: Page,
): Promise<readonly Row[]> => {
  const list = { entity: IncidentRow, instant: 'detectedAt', conditions: CONDITIONS } as const;
  const rows = await latestFirst(source, list, filter, page);
  return rows.map(row => ({ cursor: [row.detectedAt.toISOString(), row.id], item: itemOf(row) }));
};

/** How many there are in each state. */
export const countIncidents = async (
  source: DataSource,
  filter: IncidentFilter,
): Promise<Readonly<Record<string, number>>> => {
  const query = source
    .getRepository(IncidentRow)
    .createQueryBuilder('row')
    .select('row.state', 'state')
    .addSelect('count(*)::int', 'count')
    .groupBy('row.state');
  const rows = await narrow(query, CONDITIONS, filter).getRawMany<{ state: string; count: number }>();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

const itemOf = ({
  number,
  environmentId,
  firing,
  detectedAt,
  impactStartedAt,
  mitigatedAt,
  resolvedAt,
  ...row
}: IncidentRow) => ({
  ...row,
  ...(number && { number }),
  ...(environmentId && { environmentId }),
  firingAlerts: firing.length,
  detectedAt: detectedAt.toISOString(),
  impactStartedAt: impactStartedAt.toISOString(),
  ...(mitigatedAt && { mitigatedAt: mitigatedAt.toISOString() }),
  ...(resolvedAt && { resolvedAt: resolvedAt.toISOString() }),
});
