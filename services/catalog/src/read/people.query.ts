import type { Page } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { PersonRow } from './people.entity.ts';

export type PeopleFilter = Readonly<{ kind?: string; pseudonyms?: readonly string[] }>;

/** By pseudonym, which tells nothing. */
export const listPeople = (source: DataSource, filter: PeopleFilter, page: Page): Promise<PersonRow[]> => {
  const query = source.getRepository(PersonRow).createQueryBuilder('p').orderBy('p.pseudonym').limit(page.limit);
  if (page.after) query.andWhere('p.pseudonym > :after', { after: page.after[0] ?? '' });
  if (filter.kind) query.andWhere('p.kind = :kind', { kind: filter.kind });
  if (filter.pseudonyms) query.andWhere('p.pseudonym = ANY (:pseudonyms)', { pseudonyms: filter.pseudonyms });
  return query.getMany();
};
