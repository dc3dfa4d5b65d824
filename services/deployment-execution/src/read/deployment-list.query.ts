import type { Page, Row } from '@slipway/edge';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { DeploymentRow } from './deployment-list.entity.ts';
import { answered } from './row.ts';

/** Service and environment by id or name; the others by id. `from` and `to`: requested in between, `to` excluded. */
export type DeploymentFilter = Readonly<{
  id?: string;
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  kind?: string;
  service?: string;
  environment?: string;
  release?: string;
  change?: string;
  unauthorized?: boolean;
  from?: string;
  to?: string;
}>;

const CONDITIONS: { readonly [Key in keyof DeploymentFilter]-?: string } = {
  id: 'd.id = :id',
  q: 'strpos(lower(d.artifactVersion), lower(:q)) > 0',
  ref: 'd.refs @> ARRAY[:ref]',
  label: 'd.labels @> ARRAY[:label]',
  state: 'd.state = :state',
  kind: 'd.kind = :kind',
  service: 'd.serviceId IN (SELECT id FROM known_services_v1 WHERE id = :service OR name = :service)',
  environment:
    'd.environmentId IN (SELECT id FROM known_environments_v1 WHERE id = :environment OR name = :environment)',
  release: 'd.releaseId = :release',
  change: 'd.changeId = :change',
  unauthorized: 'd.unauthorized = :unauthorized',
  from: 'd.requestedAt >= :from',
  to: 'd.requestedAt < :to',
};

/** The latest request first. */
export const listDeployments = async (
  source: DataSource,
  filter: DeploymentFilter,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(DeploymentRow)
    .createQueryBuilder('d')
    .orderBy('d.requestedAt', 'DESC')
    .addOrderBy('d.id', 'DESC')
    .limit(page.limit);
  if (page.after)
    query.andWhere('(d.requestedAt, d.id) < (:at::timestamptz, :last)', {
      at: instantIn(page.after[0]),
      last: page.after[1] ?? '',
    });
  const rows = await narrowed(query, filter).getMany();
  return rows.map(row => ({
    cursor: [row.requestedAt.toISOString(), row.id],
    item: answered(row),
  }));
};

/** How many there are in each state. */
export const countDeployments = async (
  source: DataSource,
  filter: DeploymentFilter,
): Promise<Readonly<Record<string, number>>> => {
  const query = source.getRepository(DeploymentRow).createQueryBuilder('d');
  query.select('d.state', 'state').addSelect('count(*)::int', 'count').groupBy('d.state').orderBy('d.state');
  const rows = await narrowed(query, filter).getRawMany<{ state: string; count: number }>();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

const narrowed = (
  query: SelectQueryBuilder<DeploymentRow>,
  filter: DeploymentFilter,
): SelectQueryBuilder<DeploymentRow> => {
  for (const [key, condition] of Object.entries(CONDITIONS)) {
    const value = filter[key as keyof DeploymentFilter];
    if (value !== undefined) query.andWhere(condition, { [key]: value });
  }
  return query;
};

/** A page token is the caller's: what is no instant in it finds nothing. */
export const instantIn = (text = ''): string =>
  INSTANT.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : '-infinity';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
