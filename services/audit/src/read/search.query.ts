import { recordList, wordsMatch } from '@slipway/service';
import type { SelectQueryBuilder } from 'typeorm';
import { FoundRow } from './search.entity.ts';

export type SearchFilter = Readonly<{
  q?: string;
  category?: string;
  ref?: string;
  label?: string;
  from?: string;
  to?: string;
}>;

const WORDS = `list.title || ' ' || coalesce(list.name, '') || ' ' || coalesce(list.number, '')`;

/** By its words, or by a label or a key in another system as a whole. */
const saying = (query: SelectQueryBuilder<FoundRow>, q: string): void => {
  const { condition, parameters } = wordsMatch(WORDS, q);
  query.andWhere(`(${condition} OR list.labels @> ARRAY[:q] OR list.refs @> ARRAY[:q])`, { ...parameters, q });
};

const itemOf = ({ id, category, number, title, name, labels, refs, since }: FoundRow) => ({
  id,
  category,
  ...(number && { number }),
  title,
  ...(name && { name }),
  labels,
  refs,
  since: since.toISOString(),
});

/** The last that came to be first. */
export const search = recordList<FoundRow, SearchFilter>({
  entity: FoundRow,
  at: 'since',
  conditions: {
    q: saying,
    category: 'list.category = :category',
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    from: 'list.since >= :from',
    to: 'list.since < :to',
  },
  places: 'SELECT * FROM unnest(list.services, list.environments)',
  item: itemOf,
});
