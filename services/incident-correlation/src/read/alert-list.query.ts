import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { afterInstant } from './after.ts';
import { AlertRow } from './alert-list.entity.ts';

/** `service` and `environment` are ids; `from` and `to` are about when it was reported. */
export type AlertFilter = Readonly<{
  q?: string;
  state?: string;
  service?: string;
  environment?: string;
  from?: string;
  to?: string;
}>;

const CONDITIONS: Readonly<Record<keyof AlertFilter, string>> = {
  q: 'strpos(lower(a.name), lower(:q)) > 0',
  state: 'a.state = lower(:state)',
  service: 'a.serviceIds @> ARRAY[:service]',
  environment: 'a.environmentId = :environment',
  from: 'a.reportedAt >= :from',
  to: 'a.reportedAt < :to',
};

/** The last reported first. */
export const listAlerts = async (source: DataSource, filter: AlertFilter, page: Page): Promise<readonly Row[]> => {
  const query = source
    .getRepository(AlertRow)
    .createQueryBuilder('a')
    .orderBy('a.reportedAt', 'DESC')
    .addOrderBy('a.id')
    .limit(page.limit);
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = filter[name as keyof AlertFilter];
    if (value !== undefined) query.andWhere(condition, { [name]: value });
  }
  const after = afterInstant(page);
  if (after) query.andWhere('(a.reportedAt < :at OR (a.reportedAt = :at AND a.id > :id))', after);
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.reportedAt.toISOString(), row.id], item: itemOf(row) }));
};

const itemOf = ({ startsAt, endsAt, reportedAt, serviceIds, ...row }: AlertRow) => ({
  ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  serviceIds,
  ...(startsAt && { startsAt: startsAt.toISOString() }),
  ...(endsAt && { endsAt: endsAt.toISOString() }),
  reportedAt: reportedAt.toISOString(),
});
