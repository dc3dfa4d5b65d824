import type { Page, Row } from '@slipway/edge';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { afterInstant } from './after.ts';
import { IncidentRow } from './incident-list.entity.ts';

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

/** The last detected first. */
export const listIncidents = async (
  source: DataSource,
  filter: IncidentFilter,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(IncidentRow)
    .createQueryBuilder('i')
    .orderBy('i.detectedAt', 'DESC')
    .addOrderBy('i.id')
    .limit(page.limit);
  narrow(query, filter);
  const after = afterInstant(page);
  if (after) query.andWhere('(i.detectedAt < :at OR (i.detectedAt = :at AND i.id > :id))', after);
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.detectedAt.toISOString(), row.id], item: itemOf(row) }));
};

const CONDITIONS: Readonly<Record<keyof IncidentFilter, string>> = {
  q: '(strpos(lower(i.title), lower(:q)) > 0 OR strpos(lower(i.number), lower(:q)) > 0)',
  ref: 'i.refs @> ARRAY[:ref]',
  label: 'i.labels @> ARRAY[:label]',
  state: 'lower(i.state) = lower(:state)',
  severity: 'i.severity = :severity',
  major: 'i.major = :major',
  team: 'i.serviceIds && ARRAY(SELECT id FROM known_services_v1 WHERE owner_team = :team)',
  service: 'i.serviceIds @> ARRAY[:service]',
  environment: 'i.environmentId = :environment',
  from: 'i.detectedAt >= :from',
  to: 'i.detectedAt < :to',
};

/** How many there are in each state. */
export const countIncidents = async (
  source: DataSource,
  filter: IncidentFilter,
): Promise<Readonly<Record<string, number>>> => {
  const query = source
    .getRepository(IncidentRow)
    .createQueryBuilder('i')
    .select('i.state', 'state')
    .addSelect('count(*)::int', 'count')
    .groupBy('i.state');
  narrow(query, filter);
  const rows = await query.getRawMany<{ state: string; count: number }>();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

const narrow = (query: SelectQueryBuilder<IncidentRow>, filter: IncidentFilter): void => {
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = filter[name as keyof IncidentFilter];
    if (value !== undefined) query.andWhere(condition, { [name]: value });
  }
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
