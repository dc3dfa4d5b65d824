import { recordList, wordsIn } from '@slipway/service';
import { ReviewRow } from './review-list.entity.ts';

/** `owner` is a pseudonym, `incident` and `change` are ids; `from` and `to` are about when it is due. */
export type ReviewFilter = Readonly<{
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  overdue?: boolean;
  owner?: string;
  incident?: string;
  change?: string;
  from?: string;
  to?: string;
}>;

const UNSHOWN: readonly string[] = ['otherIncidents', 'otherChanges'];

const itemOf = ({ openActions, dueAt, scheduledAt, heldAt, ...row }: ReviewRow) => ({
  ...Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== null && !UNSHOWN.includes(name))),
  openActions: openActions.length,
  dueAt: dueAt.toISOString(),
  overdue: row.state === 'Due' && dueAt.getTime() < Date.now(),
  scheduledAt: scheduledAt.toISOString(),
  ...(heldAt && { heldAt: heldAt.toISOString() }),
});

/** The last due first. */
export const reviews = recordList<ReviewRow, ReviewFilter>({
  entity: ReviewRow,
  at: 'dueAt',
  conditions: {
    q: wordsIn(`list.title || ' ' || coalesce(list.number, '')`),
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    state: 'lower(list.state) = lower(:state)',
    overdue: `(list.state = 'Due' AND list.dueAt < now()) = :overdue`,
    owner: 'list.owner = :owner',
    incident: '(list.incidentId = :incident OR list.otherIncidents @> ARRAY[:incident])',
    change: '(list.changeId = :change OR list.otherChanges @> ARRAY[:change])',
    from: 'list.dueAt >= :from',
    to: 'list.dueAt < :to',
  },
  places: "SELECT '*', '*'",
  item: itemOf,
});
