import type { Page, Row } from '@slipway/edge';
import { Brackets, type DataSource, type SelectQueryBuilder } from 'typeorm';
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
type PlainFilter = Readonly<{
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
}>;

export type ChangeFilter = PlainFilter & Readonly<{ awaiting?: Approver }>;

type Query = SelectQueryBuilder<ChangeRow>;

/** The last raised first. */
export const listChanges = async (source: DataSource, filter: ChangeFilter, page: Page): Promise<readonly Row[]> => {
  const query = narrowed(source, filter).orderBy('c.raisedAt', 'DESC').addOrderBy('c.id').limit(page.limit);
  const [at, id] = page.after ?? [];
  if (at && id) query.andWhere('(c.raisedAt < :at OR (c.raisedAt = :at AND c.id > :id))', { at, id });
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.raisedAt.toISOString(), row.id], item: itemOf(row) }));
};

type Group = Readonly<{ state: string; model: string; count: number; onHold: number }>;

/** How many there are, by state and by model. */
export const countChanges = async (source: DataSource, filter: ChangeFilter): Promise<object> => {
  const groups: readonly Group[] = await narrowed(source, filter)
    .select('c.state', 'state')
    .addSelect('c.model', 'model')
    .addSelect('count(*)::int', 'count')
    .addSelect('(count(*) FILTER (WHERE c.onHold))::int', 'onHold')
    .groupBy('c.state')
    .addGroupBy('c.model')
    .getRawMany();
  return {
    total: summed(groups),
    byState: summedBy(groups, 'state'),
    byModel: summedBy(groups, 'model'),
    onHold: groups.reduce((sum, { onHold }) => sum + onHold, 0),
  };
};

const summed = (groups: readonly Group[]): number => groups.reduce((sum, { count }) => sum + count, 0);

const summedBy = (groups: readonly Group[], name: 'state' | 'model'): object =>
  Object.fromEntries(
    Object.entries(Object.groupBy(groups, group => group[name])).map(([key, of = []]) => [key, summed(of)]),
  );

const CONDITIONS: Readonly<Record<keyof PlainFilter, string>> = {
  q: '(strpos(lower(c.title), lower(:q)) > 0 OR strpos(lower(c.number), lower(:q)) > 0)',
  ref: 'c.refs @> ARRAY[:ref]',
  label: 'c.labels @> ARRAY[:label]',
  state: 'c.state = :state',
  model: 'c.model = :model',
  onHold: 'c.onHold = :onHold',
  service: 'c.services @> ARRAY[:service]',
  environment: 'c.environments @> ARRAY[:environment]',
  release: 'c.releaseIds @> ARRAY[:release]',
  team: 'c.services && :team',
  from: 'c.windowEnd > :from',
  to: 'c.windowStart < :to',
};

const narrowed = (source: DataSource, { awaiting, ...filter }: ChangeFilter): Query => {
  const query = source.getRepository(ChangeRow).createQueryBuilder('c');
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof PlainFilter], { [name]: value });
  if (awaiting) awaitedOf(query, awaiting);
  return query;
};

/** What waits for an approval that this person could give: a role that is asked for is held for all of the change. */
const awaitedOf = (query: Query, { aliases, grants }: Approver): void => {
  query
    .andWhere(`c.state = 'Authorize'`)
    .andWhere('NOT (c.requesters && :aliases OR c.authors && :aliases OR c.approvers && :aliases)', { aliases });
  query.andWhere(
    new Brackets(any => {
      any.where('FALSE');
      for (const [nth, { role, services, environments }] of grants.entries()) {
        const scope = [
          ...(services === 'all' ? [] : [`c.services <@ :services${nth}`]),
          ...(environments === 'all' ? [] : [`c.environments <@ :environments${nth}`]),
        ];
        any.orWhere([`c.openSlots @> CAST(:role${nth} AS jsonb)`, ...scope].join(' AND '), {
          [`role${nth}`]: JSON.stringify([{ role }]),
          [`services${nth}`]: services,
          [`environments${nth}`]: environments,
        });
      }
    }),
  );
};

const itemOf = ({
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
