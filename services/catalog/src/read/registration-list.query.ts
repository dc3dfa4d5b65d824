import type { Page, Row } from '@slipway/edge';
import type { DataSource, EntityTarget, SelectQueryBuilder } from 'typeorm';
import { matching } from './matching.ts';

/** What every list of the catalog can be narrowed by. */
export type RegistrationFilter = Readonly<{ q?: string; ref?: string; label?: string; state?: string }>;

type Listed = Readonly<{ id: string; name: string }>;

const CONDITIONS: Readonly<Record<keyof RegistrationFilter, string>> = {
  q: '(r.name ILIKE :q OR r.title ILIKE :q)',
  ref: 'r.refs @> ARRAY[:ref]',
  label: 'r.labels @> ARRAY[:label]',
  state: 'r.state = :state',
};

/** By name. Retired ones only when they are asked for. `narrow` adds what only this list can be narrowed by, of `r`. */
export const listRegistrations = async <Entity extends Listed>(
  source: DataSource,
  entity: EntityTarget<Entity>,
  { q, state = 'Registered', ...filter }: RegistrationFilter,
  page: Page,
  narrow: (query: SelectQueryBuilder<Entity>) => void = () => undefined,
): Promise<readonly (Row & Readonly<{ item: object }>)[]> => {
  const query = source
    .getRepository(entity)
    .createQueryBuilder('r')
    .orderBy('r.name')
    .addOrderBy('r.id')
    .limit(page.limit);
  if (page.after)
    query.andWhere('(r.name, r.id) > (:afterName, :afterId)', {
      afterName: page.after[0] ?? '',
      afterId: page.after[1] ?? '',
    });
  const given = { ...filter, state, ...(q !== undefined && { q: matching(q) }) };
  for (const [name, condition] of Object.entries(CONDITIONS))
    if (Object.hasOwn(given, name) && given[name as keyof typeof given] !== undefined)
      query.andWhere(condition, { [name]: given[name as keyof typeof given] });
  narrow(query);
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.name, row.id], item: present(row) }));
};

/** Without the columns that say nothing. */
const present = (row: object): object => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
