import { newestFirst } from '@slipway/service';
import { ChangeRow } from './change-list.entity.ts';

/** `service`, `environment` and `release` are ids; `from` and `to` touch the window. */
export type ChangeFilter = Readonly<{
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  model?: string;
  onHold?: boolean;
  service?: string;
  environment?: string;
  release?: string;
  from?: string;
  to?: string;
}>;

const itemOf = ({
  places: _,
  number,
  windowStart,
  windowEnd,
  closeCode,
  riskLevel,
  reviewDueAt,
  ...row
}: ChangeRow) => ({
  ...row,
  ...(number && { number }),
  ...(closeCode && { closeCode }),
  ...(riskLevel && { riskLevel }),
  ...(reviewDueAt && { reviewDueAt: reviewDueAt.toISOString() }),
  window: { start: windowStart.toISOString(), end: windowEnd.toISOString() },
  raisedAt: row.raisedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** The last raised first. */
export const listChanges = newestFirst<ChangeRow, ChangeFilter>({
  entity: ChangeRow,
  at: 'raisedAt',
  conditions: {
    q: '(strpos(lower(list.title), lower(:q)) > 0 OR strpos(lower(list.number), lower(:q)) > 0)',
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    state: 'list.state = :state',
    model: 'list.model = :model',
    onHold: 'list.onHold = :onHold',
    service: ':service = ANY (list.services)',
    environment: ':environment = ANY (list.environments)',
    release: 'list.releaseIds @> ARRAY[:release]',
    from: 'list.windowEnd > :from',
    to: 'list.windowStart < :to',
  },
  places: "SELECT split_part(place, '/', 1), split_part(place, '/', 2) FROM unnest(list.places) AS place",
  item: itemOf,
});
