import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { AlertRow } from './alert-list.entity.ts';
import { latestFirst } from './latest-first.ts';

/** `service` and `environment` are ids; `from` and `to` are about when it was reported. */
export type AlertFilter = Readonly<{
  q?: string;
  state?: string;
  service?: string;
  environment?: string;
  team?: string;
  from?: string;
  to?: string;
}>;

const CONDITIONS: Readonly<Record<keyof AlertFilter, string>> = {
  q: 'strpos(lower(row.name), lower(:q)) > 0',
  state: 'row.state = lower(:state)',
  service: 'row.serviceIds @> ARRAY[:service]',
  environment: 'row.environmentId = :environment',
  team: 'row.serviceIds && ARRAY(SELECT id FROM known_services_v1 WHERE owner_team = :team)',
  from: 'row.reportedAt >= :from',
  to: 'row.reportedAt < :to',
};

/** The last reported first. */
export const listAlerts = async (source: DataSource, filter: AlertFilter, page: Page): Promise<readonly Row[]> => {
  const list = { entity: AlertRow, instant: 'reportedAt', conditions: CONDITIONS } as const;
  const rows = await latestFirst(source, list, filter, page);
  return rows.map(row => ({ cursor: [row.reportedAt.toISOString(), row.id], item: itemOf(row) }));
};

const itemOf = ({ startsAt, endsAt, reportedAt, serviceIds, ...row }: AlertRow) => ({
  ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  serviceIds,
  ...(startsAt && { startsAt: startsAt.toISOString() }),
  ...(endsAt && { endsAt: endsAt.toISOString() }),
  reportedAt: reportedAt.toISOString(),
});
