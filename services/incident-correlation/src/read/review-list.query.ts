import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { latestFirst } from './latest-first.ts';
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

const CONDITIONS: Readonly<Record<keyof ReviewFilter, string>> = {
  q: '(strpos(lower(row.title), lower(:q)) > 0 OR strpos(lower(row.number), lower(:q)) > 0)',
  ref: 'row.refs @> ARRAY[:ref]',
  label: 'row.labels @> ARRAY[:label]',
  state: 'lower(row.state) = lower(:state)',
  overdue: `(row.state = 'Due' AND row.dueAt < now()) = :overdue`,
  owner: 'row.owner = :owner',
  incident: 'row.incidentId = :incident',
  change: 'row.changeId = :change',
  from: 'row.dueAt >= :from',
  to: 'row.dueAt < :to',
};

/** The last due first. */
export const listReviews = async (source: DataSource, filter: ReviewFilter, page: Page): Promise<readonly Row[]> => {
  const list = { entity: ReviewRow, instant: 'dueAt', conditions: CONDITIONS } as const;
  const rows = await latestFirst(source, list, filter, page);
  return rows.map(row => ({ cursor: [row.dueAt.toISOString(), row.id], item: itemOf(row) }));
};

const itemOf = ({ openActions, dueAt, scheduledAt, heldAt, ...row }: ReviewRow) => ({
  ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  openActions: openActions.length,
  dueAt: dueAt.toISOString(),
  overdue: row.state === 'Due' && dueAt.getTime() < Date.now(),
  scheduledAt: scheduledAt.toISOString(),
  ...(heldAt && { heldAt: heldAt.toISOString() }),
});
