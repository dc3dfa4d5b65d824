import { recordList, wordsIn } from '@slipway/service';
import { ReleaseRow } from './release-list.entity.ts';

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

// As the index has it; without a window it would be all of time.
const WINDOW = 'list.windowStart IS NOT NULL AND tstzrange(list.windowStart, list.windowEnd)';

/** The last drafted first. */
export const releases = recordList<ReleaseRow, ReleaseFilter>({
  entity: ReleaseRow,
  at: 'draftedAt',
  conditions: {
    q: wordsIn(`list.title || ' ' || coalesce(list.number, '')`),
    state: 'list.state = :state',
    held: 'list.held = :held',
    ref: '(list.refs @> ARRAY[:ref] OR list.scopeRefs @> ARRAY[:ref])',
    label: 'list.labels @> ARRAY[:label]',
    service: '(list.artifactServices @> ARRAY[:service] OR list.targetServices @> ARRAY[:service])',
    team: '(list.artifactServices && CAST(:team AS text[]) OR list.targetServices && CAST(:team AS text[]))',
    environment: 'list.environments @> ARRAY[:environment]',
    needs: 'list.needs @> ARRAY[:needs]',
    train: 'list.train = :train',
    from: `${WINDOW} && tstzrange(:from, NULL)`,
    to: `${WINDOW} && tstzrange(NULL, :to)`,
  },
  ranged: ['from', 'to'],
  places: `
    SELECT * FROM unnest(list.targetServices, list.environments)
    UNION ALL SELECT service, '' FROM unnest(list.artifactServices) AS service WHERE service <> ALL (list.targetServices)`,
  item: itemOf,
});
