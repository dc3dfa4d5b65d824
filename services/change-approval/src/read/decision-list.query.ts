import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { DecisionRow } from './decision-list.entity.ts';

/** All are ids, but for the verdict and the instants. */
export type DecisionFilter = Readonly<{
  verdict?: string;
  deployment?: string;
  change?: string;
  release?: string;
  service?: string;
  environment?: string;
  from?: string;
  to?: string;
}>;

const CONDITIONS: Readonly<Record<keyof DecisionFilter, string>> = {
  verdict: 'd.verdict = :verdict',
  deployment: 'd.deploymentId = :deployment',
  change: 'd.changeId = :change',
  release: 'd.releaseId = :release',
  service: 'd.service = :service',
  environment: 'd.environment = :environment',
  from: 'd.askedAt >= :from',
  to: 'd.askedAt < :to',
};

/** The last asked first. */
export const listDecisions = async (
  source: DataSource,
  filter: DecisionFilter,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(DecisionRow)
    .createQueryBuilder('d')
    .orderBy('d.askedAt', 'DESC')
    .addOrderBy('d.id')
    .limit(page.limit);
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof DecisionFilter], { [name]: value });
  const [at, id] = page.after ?? [];
  if (at && id) query.andWhere('(d.askedAt < :at OR (d.askedAt = :at AND d.id > :id))', { at, id });
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.askedAt.toISOString(), row.id], item: itemOf(row) }));
};

const itemOf = ({ changeId, releaseId, validUntil, nextOpening, ...row }: DecisionRow) => ({
  ...row,
  ...(changeId && { changeId }),
  ...(releaseId && { releaseId }),
  ...(validUntil && { validUntil: validUntil.toISOString() }),
  ...(nextOpening && { nextOpening: nextOpening.toISOString() }),
  askedAt: row.askedAt.toISOString(),
});
