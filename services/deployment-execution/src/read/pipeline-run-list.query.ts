import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { instantIn } from './deployment-list.query.ts';
import { PipelineRunRow } from './pipeline-run-list.entity.ts';
import { answered } from './row.ts';

/** `q`: in the repository. `from` and `to`: first reported in between, `to` excluded. */
export type PipelineRunFilter = Readonly<{ q?: string; state?: string; tool?: string; from?: string; to?: string }>;

const CONDITIONS: { readonly [Key in keyof PipelineRunFilter]-?: string } = {
  q: 'strpos(lower(r.repository), lower(:q)) > 0',
  state: 'r.state = :state',
  tool: 'r.tool = :tool',
  from: 'r.reportedAt >= :from',
  to: 'r.reportedAt < :to',
};

/** The latest first. */
export const listPipelineRuns = async (
  source: DataSource,
  filter: PipelineRunFilter,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(PipelineRunRow)
    .createQueryBuilder('r')
    .orderBy('r.reportedAt', 'DESC')
    .addOrderBy('r.id', 'DESC')
    .limit(page.limit);
  if (page.after)
    query.andWhere('(r.reportedAt, r.id) < (:at::timestamptz, :last)', {
      at: instantIn(page.after[0]),
      last: page.after[1] ?? '',
    });
  for (const [key, condition] of Object.entries(CONDITIONS)) {
    const value = filter[key as keyof PipelineRunFilter];
    if (value !== undefined) query.andWhere(condition, { [key]: value });
  }
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.reportedAt.toISOString(), row.id], item: answered(row) }));
};
