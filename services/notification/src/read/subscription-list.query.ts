import { afterInstant, type Page, type Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { SubscriptionRow } from './subscription-list.entity.ts';

/** `owner` is a pseudonym; `from` and `to` bound when it was created. */
export type SubscriptionsWanted = Readonly<{
  q?: string;
  state?: string;
  owner?: string;
  ref?: string;
  label?: string;
  service?: string;
  environment?: string;
  from?: string;
  to?: string;
}>;

const CONDITIONS: Readonly<Record<keyof SubscriptionsWanted, string>> = {
  q: '(strpos(lower(s.title), lower(:q)) > 0 OR strpos(lower(s.number), lower(:q)) > 0)',
  state: 's.state = :state',
  owner: 's.owner = :owner',
  ref: 's.refs @> ARRAY[:ref]',
  label: 's.labels @> ARRAY[:label]',
  service: "jsonb_exists(s.filter -> 'serviceIds', :service)",
  environment: "jsonb_exists(s.filter -> 'environmentIds', :environment)",
  from: 's.createdAt >= :from',
  to: 's.createdAt < :to',
};

/** The last created first. */
export const listSubscriptions = async (
  source: DataSource,
  wanted: SubscriptionsWanted,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(SubscriptionRow)
    .createQueryBuilder('s')
    .orderBy('s.createdAt', 'DESC')
    .addOrderBy('s.id')
    .limit(page.limit);
  for (const [name, value] of Object.entries(wanted))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof SubscriptionsWanted], { [name]: value });
  const after = afterInstant(page);
  if (after) query.andWhere('(s.createdAt < :at OR (s.createdAt = :at AND s.id > :id))', after);
  const rows = await query.getMany();
  return rows.map(({ number, ...row }) => ({
    cursor: [row.createdAt.toISOString(), row.id],
    item: {
      ...row,
      ...(number && { number }),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    },
  }));
};
