import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { matching } from './matching.ts';
import { ServiceRow } from './service-list.entity.ts';

export type ServiceFilter = Readonly<{ q?: string; team?: string; criticality?: string; dependsOn?: string }>;

/** By name. `dependsOn` is the id of a service: what calls it. */
export const listServices = async (source: DataSource, filter: ServiceFilter, page: Page): Promise<readonly Row[]> => {
  const query = source
    .getRepository(ServiceRow)
    .createQueryBuilder('s')
    .orderBy('s.name')
    .addOrderBy('s.id')
    .limit(page.limit);
  if (page.after)
    query.andWhere('(s.name, s.id) > (:name, :id)', { name: page.after[0] ?? '', id: page.after[1] ?? '' });
  if (filter.q) query.andWhere('(s.name ILIKE :q OR s.title ILIKE :q)', { q: matching(filter.q) });
  if (filter.team) query.andWhere('s.ownerTeam = :team', { team: filter.team });
  if (filter.criticality) query.andWhere('s.criticality = :criticality', { criticality: filter.criticality });
  if (filter.dependsOn)
    query.andWhere('s.dependencies @> :dependency::jsonb', {
      dependency: JSON.stringify([{ serviceId: filter.dependsOn }]),
    });
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.name, row.id], item: row }));
};
