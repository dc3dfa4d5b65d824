import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { latestFirst } from './latest-first.ts';
import { ProblemRow } from './problem-list.entity.ts';

/** `service`, `incident` and `change` are ids; `from` and `to` are about when it was opened. */
export type ProblemFilter = Readonly<{
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  service?: string;
  team?: string;
  incident?: string;
  change?: string;
  from?: string;
  to?: string;
}>;

const CONDITIONS: Readonly<Record<keyof ProblemFilter, string>> = {
  q: '(strpos(lower(row.title), lower(:q)) > 0 OR strpos(lower(row.number), lower(:q)) > 0)',
  ref: 'row.refs @> ARRAY[:ref]',
  label: 'row.labels @> ARRAY[:label]',
  state: 'lower(row.state) = lower(:state)',
  service: 'row.serviceIds @> ARRAY[:service]',
  team: 'row.serviceIds && ARRAY(SELECT id FROM known_services_v1 WHERE owner_team = :team)',
  incident: 'row.incidentIds @> ARRAY[:incident]',
  change: 'row.changeIds @> ARRAY[:change]',
  from: 'row.openedAt >= :from',
  to: 'row.openedAt < :to',
};

/** The last opened first. */
export const listProblems = async (source: DataSource, filter: ProblemFilter, page: Page): Promise<readonly Row[]> => {
  const list = { entity: ProblemRow, instant: 'openedAt', conditions: CONDITIONS } as const;
  const rows = await latestFirst(source, list, filter, page);
  return rows.map(row => ({ cursor: [row.openedAt.toISOString(), row.id], item: itemOf(row) }));
};

const itemOf = ({ number, openedAt, resolvedAt, ...row }: ProblemRow) => ({
  ...row,
  ...(number && { number }),
  openedAt: openedAt.toISOString(),
  ...(resolvedAt && { resolvedAt: resolvedAt.toISOString() }),
});
