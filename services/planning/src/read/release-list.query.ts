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
  environment?: string;
  needs?: string;
  train?: string;
  from?: string;
  to?: string;
}>;

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

/** The last drafted first. */
export const releases = recordList<ReleaseRow, ReleaseFilter>({
  entity: ReleaseRow,
  at: 'draftedAt',
  conditions: {
    q: wordsIn(`list.title || ' ' || coalesce(list.number, '')`),
    state: 'list.state = :state',
    held: 'list.held = :held',
    // Of the release, of a scope item, and the key that a scope item has elsewhere: each has its index.
    ref: `(list.refs @> ARRAY[:ref] OR list.scope ? :ref OR list.scope @@ ('$.* == ' || to_json(:ref::text))::jsonpath)`,
    label: 'list.labels @> ARRAY[:label]',
    service: '(list.artifactServices @> ARRAY[:service] OR list.targetServices @> ARRAY[:service])',
    environment: 'list.environments @> ARRAY[:environment]',
    needs: 'list.needs @> ARRAY[:needs]',
    train: 'list.train = :train',
    from: 'tstzrange(list.windowStart, list.windowEnd) && tstzrange(:from, NULL)',
    to: 'tstzrange(list.windowStart, list.windowEnd) && tstzrange(NULL, :to)',
  },
  places: `
    SELECT * FROM unnest(list.targetServices, list.environments)
    UNION ALL SELECT service, '' FROM unnest(list.artifactServices) AS service WHERE service <> ALL (list.targetServices)`,
  item: itemOf,
});
