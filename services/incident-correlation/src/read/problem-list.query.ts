import { recordList, wordsIn } from '@slipway/service';
import { ProblemRow } from './problem-list.entity.ts';

/** `service`, `incident` and `change` are ids; `from` and `to` are about when it was opened. */
export type ProblemFilter = Readonly<{
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  service?: string;
  team?: string;
  incident?: string;
  change?: string;
  from?: string;
  to?: string;
}>;

const itemOf = ({ number, openedAt, resolvedAt, ...row }: ProblemRow) => ({
  ...row,
  ...(number && { number }),
  openedAt: openedAt.toISOString(),
  ...(resolvedAt && { resolvedAt: resolvedAt.toISOString() }),
});

/** The last opened first. */
export const problems = recordList<ProblemRow, ProblemFilter>({
  entity: ProblemRow,
  at: 'openedAt',
  conditions: {
    q: wordsIn(`list.title || ' ' || coalesce(list.number, '')`),
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    state: 'lower(list.state) = lower(:state)',
    service: 'list.serviceIds @> ARRAY[:service]',
    team: 'list.serviceIds && ARRAY(SELECT id FROM known_services_v1 WHERE owner_team = :team)',
    incident: 'list.incidentIds @> ARRAY[:incident]',
    change: 'list.changeIds @> ARRAY[:change]',
    from: 'list.openedAt >= :from',
    to: 'list.openedAt < :to',
  },
  places: "SELECT unnest(list.serviceIds), ''",
  item: itemOf,
});
