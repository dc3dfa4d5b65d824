import { recordList, wordsIn } from '@slipway/service';
import { Brackets, type SelectQueryBuilder } from 'typeorm';
import { ChangeRow } from './change-list.entity.ts';

/** Somebody, under every alias, with the role grants that are in force. */
export type Approver = Readonly<{
  aliases: readonly string[];
  grants: readonly Readonly<{
    role: string;
    services: readonly string[] | 'all';
    environments: readonly string[] | 'all';
  }>[];
}>;

/** `service`, `environment` and `release` are ids; `from` and `to` touch the window. */
export type ChangeFilter = Readonly<{
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  model?: string;
  onHold?: boolean;
  service?: string;
  environment?: string;
  release?: string;
  /** The services that it owns: one of them is among the change's. */
  team?: readonly string[];
  from?: string;
  to?: string;
  /** What this person could approve now. */
  awaiting?: Approver;
}>;

/** What waits for an approval that this person could give: a role that is asked for is held for all of the change. */
const awaitedOf = (query: SelectQueryBuilder<ChangeRow>, { aliases, grants }: Approver): void => {
  query
    .andWhere(`list.state = 'Authorize'`)
    .andWhere('NOT (list.requesters && :aliases OR list.authors && :aliases OR list.approvers && :aliases)', {
      aliases,
    });
  query.andWhere(
    new Brackets(any => {
      any.where('FALSE');
      for (const [nth, { role, services, environments }] of grants.entries()) {
        const scope = [
          ...(services === 'all' ? [] : [`list.services <@ :services${nth}`]),
          ...(environments === 'all' ? [] : [`list.environments <@ :environments${nth}`]),
        ];
        any.orWhere([`list.openSlots @> CAST(:role${nth} AS jsonb)`, ...scope].join(' AND '), {
          [`role${nth}`]: JSON.stringify([{ role }]),
          [`services${nth}`]: services,
          [`environments${nth}`]: environments,
        });
      }
    }),
  );
};

const itemOf = ({
  places: _places,
  number,
  windowStart,
  windowEnd,
  closeCode,
  riskLevel,
  reviewDueAt,
  requesters: _requesters,
  authors: _authors,
  approvers: _approvers,
  ...row
}: ChangeRow) => ({
  ...row,
  ...(number && { number }),
  ...(closeCode && { closeCode }),
  ...(riskLevel && { riskLevel }),
  ...(reviewDueAt && { reviewDueAt: reviewDueAt.toISOString() }),
  window: { start: windowStart.toISOString(), end: windowEnd.toISOString() },
  raisedAt: row.raisedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** The last raised first. */
export const changes = recordList<ChangeRow, ChangeFilter>({
  entity: ChangeRow,
  at: 'raisedAt',
  conditions: {
    q: wordsIn(`list.title || ' ' || coalesce(list.number, '')`),
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    state: 'list.state = :state',
    model: 'list.model = :model',
    onHold: 'list.onHold = :onHold',
    service: 'list.services @> ARRAY[:service]',
    environment: 'list.environments @> ARRAY[:environment]',
    release: 'list.releaseIds @> ARRAY[:release]',
    team: 'list.services && :team',
    from: 'tstzrange(list.windowStart, list.windowEnd) && tstzrange(:from, NULL)',
    to: 'tstzrange(list.windowStart, list.windowEnd) && tstzrange(NULL, :to)',
    awaiting: awaitedOf,
  },
  ranged: ['from', 'to'],
  places: "SELECT split_part(place, '/', 1), split_part(place, '/', 2) FROM unnest(list.places) AS place",
  item: itemOf,
});
