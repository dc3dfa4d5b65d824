import { afterInstant, type Page, type Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import type { Words } from '../mail/render.ts';
import { TemplateRow } from './template-list.entity.ts';

export type TemplatesWanted = Readonly<{ q?: string; state?: string; ref?: string; label?: string; audience?: string }>;

const CONDITIONS: Readonly<Record<keyof TemplatesWanted, string>> = {
  q: '(strpos(lower(t.title), lower(:q)) > 0 OR strpos(lower(t.number), lower(:q)) > 0)',
  state: 't.state = :state',
  ref: 't.refs @> ARRAY[:ref]',
  label: 't.labels @> ARRAY[:label]',
  audience: 't.audience = :audience',
};

/** The last created first. */
export const listTemplates = async (
  source: DataSource,
  wanted: TemplatesWanted,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(TemplateRow)
    .createQueryBuilder('t')
    .orderBy('t.createdAt', 'DESC')
    .addOrderBy('t.id')
    .limit(page.limit);
  for (const [name, value] of Object.entries(wanted))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof TemplatesWanted], { [name]: value });
  const after = afterInstant(page);
  if (after) query.andWhere('(t.createdAt < :at OR (t.createdAt = :at AND t.id > :id))', after);
  const rows = await query.getMany();
  return rows.map(({ number, createdAt, updatedAt, ...row }) => ({
    cursor: [createdAt.toISOString(), row.id],
    item: {
      ...row,
      ...(number && { number }),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    },
  }));
};

const WORDS = "SELECT id, subject, text FROM templates_v1 WHERE id = ANY ($1) AND state = 'Current'";

/** What current templates say now, by id. */
export const wordsByTemplate = async (
  source: DataSource,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Words>> => {
  const rows = await source.query<readonly (Words & { id: string })[]>(WORDS, [[...new Set(ids)]]);
  return new Map(rows.map(({ id, subject, text }) => [id, { subject, text }]));
};
