import type { Page, Row } from '@slipway/edge';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { ReleaseRow } from './release-list.entity.ts';
import { RELEASE_STATES, type ReleaseState } from './release.view.ts';

/** `service` and `environment` are ids; `from` and `to` touch the window. */
export type ReleaseFilter = Readonly<{
  q?: string;
  state?: string;
  held?: boolean;
  ref?: string;
  label?: string;
  service?: string;
  /** Ids of the services of a team. */
  team?: readonly string[];
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
  if (at && id) query.andWhere('r.draftedAt <= :at AND (r.draftedAt < :at OR r.id > :id)', { at, id });
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.draftedAt.toISOString(), row.id], item: itemOf(row) }));
};

// As the index has it; without a window it would be all of time.
const WINDOW = 'r.windowStart IS NOT NULL AND tstzrange(r.windowStart, r.windowEnd)';

const CONDITIONS: Readonly<Record<keyof ReleaseFilter, string>> = {
  q: '(strpos(lower(r.title), lower(:q)) > 0 OR strpos(lower(r.number), lower(:q)) > 0)',
  state: 'r.state = :state',
  held: 'r.held = :held',
  ref: '(r.refs @> ARRAY[:ref] OR r.scopeRefs @> ARRAY[:ref])',
  label: 'r.labels @> ARRAY[:label]',
  service: '(r.artifactServices @> ARRAY[:service] OR r.targetServices @> ARRAY[:service])',
  team: '(r.artifactServices && CAST(:team AS text[]) OR r.targetServices && CAST(:team AS text[]))',
  environment: 'r.environments @> ARRAY[:environment]',
  needs: 'r.needs @> ARRAY[:needs]',
  train: 'r.train = :train',
  from: `${WINDOW} && tstzrange(:from, NULL)`,
  to: `${WINDOW} && tstzrange(NULL, :to)`,
};

export type ReleaseCounts = Readonly<{
  total: number;
  held: number;
  states: readonly Readonly<{ state: ReleaseState; count: number }>[];
}>;

/** How many there are, by state. */
export const countReleases = async (source: DataSource, filter: ReleaseFilter): Promise<ReleaseCounts> => {
  const query = source
    .getRepository(ReleaseRow)
    .createQueryBuilder('r')
    .select('r.state', 'state')
    .addSelect('count(*)::int', 'count')
    .addSelect('count(*) FILTER (WHERE r.held)::int', 'held')
    .groupBy('r.state');
  narrow(query, filter);
  const rows = await query.getRawMany<{ state: string; count: number; held: number }>();
  return {
    total: rows.reduce((sum, { count }) => sum + count, 0),
    held: rows.reduce((sum, { held }) => sum + held, 0),
    states: RELEASE_STATES.map(state => ({ state, count: rows.find(row => row.state === state)?.count ?? 0 })),
  };
};

const narrow = (query: SelectQueryBuilder<ReleaseRow>, filter: ReleaseFilter): void => {
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof ReleaseFilter], { [name]: value });
};

const itemOf = (row: ReleaseRow) => {
  const { number, train, departure, windowStart, windowEnd, artifactServices, targetServices, ...rest } = row;
  const { scope, scopeRefs: _, ...shown } = rest;
  return {
    ...shown,
    ...(number && { number }),
    ...(train && departure && { aboard: { trainId: train, departure: departure.toISOString() } }),
    ...(windowStart && windowEnd && { window: { start: windowStart.toISOString(), end: windowEnd.toISOString() } }),
    services: [...new Set([...artifactServices, ...targetServices])],
    environments: [...new Set(row.environments)],
    scope: Object.keys(scope),
    draftedAt: row.draftedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
};
