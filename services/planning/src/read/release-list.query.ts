import type { Page, Row } from '@slipway/edge';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { ReleaseRow } from './release-list.entity.ts';

/** `service` and `environment` are ids; `from` and `to` touch the window. */
export type ReleaseFilter = Readonly<{
  q?: string;
  state?: string;
  held?: boolean;
  ref?: string;
  label?: string;
  service?: string;
  environment?: string;
  needs?: string;
  train?: string;
  from?: string;
  to?: string;
}>;

/** The last drafted first. */
export const listReleases = async (source: DataSource, filter: ReleaseFilter, page: Page): Promise<readonly Row[]> => {
  const query = source
    .getRepository(ReleaseRow)
    .createQueryBuilder('r')
    .orderBy('r.draftedAt', 'DESC')
    .addOrderBy('r.id')
    .limit(page.limit);
  narrow(query, filter);
  const [at, id] = page.after ?? [];
  if (at && id) query.andWhere('(r.draftedAt < :at OR (r.draftedAt = :at AND r.id > :id))', { at, id });
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.draftedAt.toISOString(), row.id], item: itemOf(row) }));
};

const CONDITIONS: Readonly<Record<keyof ReleaseFilter, string>> = {
  q: '(strpos(lower(r.title), lower(:q)) > 0 OR strpos(lower(r.number), lower(:q)) > 0)',
  state: 'r.state = :state',
  held: 'r.held = :held',
  ref: '(r.refs @> ARRAY[:ref] OR jsonb_exists(r.scope, :ref) OR :ref IN (SELECT value FROM jsonb_each_text(r.scope)))',
  label: 'r.labels @> ARRAY[:label]',
  service: '(:service = ANY (r.artifactServices) OR :service = ANY (r.targetServices))',
  environment: 'r.environments @> ARRAY[:environment]',
  needs: 'r.needs @> ARRAY[:needs]',
  train: 'r.train = :train',
  from: 'r.windowEnd > :from',
  to: 'r.windowStart < :to',
};

const narrow = (query: SelectQueryBuilder<ReleaseRow>, filter: ReleaseFilter): void => {
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof ReleaseFilter], { [name]: value });
};

const itemOf = ({ number, train, departure, ...row }: ReleaseRow) => ({
  ...(train && departure && { aboard: { trainId: train, departure: departure.toISOString() } }),
  ...withPlaces(row),
  ...(number && { number }),
});

type Placed = Omit<ReleaseRow, 'number' | 'train' | 'departure'>;

const withPlaces = ({ windowStart, windowEnd, artifactServices, targetServices, scope, ...row }: Placed) => ({
  ...row,
  ...(windowStart && windowEnd && { window: { start: windowStart.toISOString(), end: windowEnd.toISOString() } }),
  services: [...new Set([...artifactServices, ...targetServices])],
  environments: [...new Set(row.environments)],
  scope: Object.keys(scope),
  draftedAt: row.draftedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
