import { recordList, wordsIn } from '@slipway/service';
import { AccessReviewRow } from './access-review-list.entity.ts';

/** `person` is a pseudonym; `from` and `to` are about when it was opened. */
export type AccessReviewFilter = Readonly<{
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  person?: string;
  from?: string;
  to?: string;
}>;

const itemOf = ({ number, heldAt, dueOn, openedAt, ...row }: AccessReviewRow) => ({
  ...row,
  ...(number && { number }),
  at: heldAt.toISOString(),
  ...(dueOn && { dueOn }),
  openedAt: openedAt.toISOString(),
});

/** The last opened first. */
export const accessReviews = recordList<AccessReviewRow, AccessReviewFilter>({
  entity: AccessReviewRow,
  at: 'openedAt',
  conditions: {
    q: wordsIn(`list.title || ' ' || coalesce(list.number, '')`),
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    state: 'lower(list.state) = lower(:state)',
    person: 'list.people @> ARRAY[:person]',
    from: 'list.openedAt >= :from',
    to: 'list.openedAt < :to',
  },
  // It is about everybody, everywhere: whoever has limits is shown none.
  places: "SELECT '*', '*'",
  item: itemOf,
});
