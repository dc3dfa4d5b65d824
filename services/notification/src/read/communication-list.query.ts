import { afterInstant, type Page, type Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { CommunicationRow } from './communication-list.entity.ts';

/** `about` is a stream; `from` and `to` bound when it was drafted. */
export type CommunicationsWanted = Readonly<{
  q?: string;
  state?: string;
  kind?: string;
  about?: string;
  ref?: string;
  label?: string;
  from?: string;
  to?: string;
}>;

const CONDITIONS: Readonly<Record<keyof CommunicationsWanted, string>> = {
  q: '(strpos(lower(c.title), lower(:q)) > 0 OR strpos(lower(c.number), lower(:q)) > 0)',
  state: 'c.state = :state',
  kind: 'c.kind = :kind',
  about: 'c.about = :about',
  ref: 'c.refs @> ARRAY[:ref]',
  label: 'c.labels @> ARRAY[:label]',
  from: 'c.draftedAt >= :from',
  to: 'c.draftedAt < :to',
};

/** The last drafted first. */
export const listCommunications = async (
  source: DataSource,
  wanted: CommunicationsWanted,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(CommunicationRow)
    .createQueryBuilder('c')
    .orderBy('c.draftedAt', 'DESC')
    .addOrderBy('c.id')
    .limit(page.limit);
  for (const [name, value] of Object.entries(wanted))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof CommunicationsWanted], { [name]: value });
  const after = afterInstant(page);
  if (after) query.andWhere('(c.draftedAt < :at OR (c.draftedAt = :at AND c.id > :id))', after);
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.draftedAt.toISOString(), row.id], item: itemOf(row) }));
};

const itemOf = ({ number, nextUpdateBy, sentAt, draftedAt, updatedAt, ...row }: CommunicationRow) => ({
  ...row,
  ...(number && { number }),
  ...(nextUpdateBy && { nextUpdateBy: nextUpdateBy.toISOString() }),
  ...(sentAt && { sentAt: sentAt.toISOString() }),
  draftedAt: draftedAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
