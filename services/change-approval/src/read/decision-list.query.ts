import { recordList } from '@slipway/service';
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

const itemOf = ({ changeId, releaseId, validUntil, nextOpening, ...row }: DecisionRow) => ({
  ...row,
  ...(changeId && { changeId }),
  ...(releaseId && { releaseId }),
  ...(validUntil && { validUntil: validUntil.toISOString() }),
  ...(nextOpening && { nextOpening: nextOpening.toISOString() }),
  askedAt: row.askedAt.toISOString(),
});

/** The last asked first. */
export const decisions = recordList<DecisionRow, DecisionFilter>({
  entity: DecisionRow,
  at: 'askedAt',
  conditions: {
    verdict: 'list.verdict = :verdict',
    deployment: 'list.deploymentId = :deployment',
    change: 'list.changeId = :change',
    release: 'list.releaseId = :release',
    service: 'list.service = :service',
    environment: 'list.environment = :environment',
    from: 'list.askedAt >= :from',
    to: 'list.askedAt < :to',
  },
  places: 'SELECT list.service, list.environment',
  item: itemOf,
});
