import { recordList } from '@slipway/service';
import { ErasureRow } from './erasure-list.entity.ts';

export type ErasureFilter = Readonly<{ person?: string; state?: string; q?: string; from?: string; to?: string }>;

/** The latest first. `person` by any of his pseudonyms. */
export const erasures = recordList<ErasureRow, ErasureFilter>({
  entity: ErasureRow,
  at: 'requestedAt',
  conditions: {
    person: '(list.person = :person OR list.alsoKnownAs @> ARRAY[:person])',
    state: 'list.state = :state',
    q: 'strpos(lower(list.number), lower(:q)) > 0',
    from: 'list.requestedAt >= :from',
    to: 'list.requestedAt < :to',
  },
  places: `SELECT '', ''`, // of no service: for those without limits
  item: ({ number, until, requestedAt, ...row }) => ({
    ...row,
    ...(number && { number }),
    ...(until && { until: until.toISOString() }),
    requestedAt: requestedAt.toISOString(),
  }),
});
