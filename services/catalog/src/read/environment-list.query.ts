import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { EnvironmentRow } from './environment-list.entity.ts';
import { matching } from './matching.ts';

export type EnvironmentFilter = Readonly<{ q?: string; tier?: string }>;

/** By name. */
export const listEnvironments = async (
  source: DataSource,
  filter: EnvironmentFilter,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(EnvironmentRow)
    .createQueryBuilder('e')
    .orderBy('e.name')
    .addOrderBy('e.id')
    .limit(page.limit);
  if (page.after)
    query.andWhere('(e.name, e.id) > (:name, :id)', { name: page.after[0] ?? '', id: page.after[1] ?? '' });
  if (filter.q) query.andWhere('(e.name ILIKE :q OR e.title ILIKE :q)', { q: matching(filter.q) });
  if (filter.tier) query.andWhere('e.tier = :tier', { tier: filter.tier });
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.name, row.id], item: row }));
};
