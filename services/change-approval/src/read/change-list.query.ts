import type { Page, Row } from '@slipway/edge';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
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

/** The last raised first. */
export const listChanges = async (source: DataSource, filter: ChangeFilter, page: Page): Promise<readonly Row[]> => {
  const query = source
    .getRepository(ChangeRow)
    .createQueryBuilder('c')
    .orderBy('c.raisedAt', 'DESC')
    .addOrderBy('c.id')
    .limit(page.limit);
  narrow(query, filter);
  const [at, id] = page.after ?? [];
  if (at && id) query.andWhere('(c.raisedAt < :at OR (c.raisedAt = :at AND c.id > :id))', { at, id });
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.raisedAt.toISOString(), row.id], item: itemOf(row) }));
};

const CONDITIONS: Readonly<Record<keyof ChangeFilter, string>> = {
  q: '(strpos(lower(c.title), lower(:q)) > 0 OR strpos(lower(c.number), lower(:q)) > 0)',
  ref: 'c.refs @> ARRAY[:ref]',
  label: 'c.labels @> ARRAY[:label]',
  state: 'c.state = :state',
  model: 'c.model = :model',
  onHold: 'c.onHold = :onHold',
  service: ':service = ANY (c.services)',
  environment: ':environment = ANY (c.environments)',
  release: 'c.releaseIds @> ARRAY[:release]',
  from: 'c.windowEnd > :from',
  to: 'c.windowStart < :to',
};

const narrow = (query: SelectQueryBuilder<ChangeRow>, filter: ChangeFilter): void => {
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof ChangeFilter], { [name]: value });
};

const itemOf = ({ number, windowStart, windowEnd, closeCode, riskLevel, reviewDueAt, ...row }: ChangeRow) => ({
  ...row,
  ...(number && { number }),
  ...(closeCode && { closeCode }),
  ...(riskLevel && { riskLevel }),
  ...(reviewDueAt && { reviewDueAt: reviewDueAt.toISOString() }),
  window: { start: windowStart.toISOString(), end: windowEnd.toISOString() },
  raisedAt: row.raisedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
