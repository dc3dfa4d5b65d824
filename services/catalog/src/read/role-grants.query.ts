import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { RoleGrantRow } from './role-grants.entity.ts';

export type GrantFilter = Readonly<{
  person?: string;
  role?: string;
  /** Ids: grants that cover it. */
  service?: string;
  environment?: string;
  /** Held at this instant; without it all, also what is over or revoked. */
  at?: string;
}>;

type GrantItem = Row & Readonly<{ item: Readonly<{ person: string }> }>;

/** By person, then role. */
export const listGrants = async (
  source: DataSource,
  filter: GrantFilter,
  page: Page,
): Promise<readonly GrantItem[]> => {
  const { person, role, service, environment, at } = filter;
  const query = source
    .getRepository(RoleGrantRow)
    .createQueryBuilder('g')
    .orderBy('g.person')
    .addOrderBy('g.role')
    .addOrderBy('g.id')
    .limit(page.limit);
  const [afterPerson = '', afterRole = '', afterId = ''] = page.after ?? [];
  if (page.after)
    query.andWhere('(g.person, g.role, g.id) > (:afterPerson, :afterRole, :afterId)', {
      afterPerson,
      afterRole,
      afterId,
    });
  if (person) query.andWhere('g.person = :person', { person });
  if (role) query.andWhere('g.role = :role', { role });
  if (service) query.andWhere('(g.services IS NULL OR :service = ANY (g.services))', { service });
  if (environment) query.andWhere('(g.environments IS NULL OR :environment = ANY (g.environments))', { environment });
  if (at)
    query
      .andWhere('g.from <= :at AND (g.to IS NULL OR g.to > :at)', { at })
      .andWhere('(g.revokedAt IS NULL OR g.revokedAt > :at)');
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.person, row.role, row.id], item: itemOf(row) }));
};

const itemOf = ({
  id,
  person,
  role,
  services,
  environments,
  from,
  to,
  grantedBy,
  grantedAt,
  revokedBy,
  revokedAt,
  version,
}: RoleGrantRow) => ({
  id,
  version,
  person,
  role,
  scope: { ...(services && { services }), ...(environments && { environments }) },
  from: from.toISOString(),
  ...(to && { to: to.toISOString() }),
  grantedBy,
  grantedAt: grantedAt.toISOString(),
  ...(revokedBy && revokedAt && { revoked: { by: revokedBy, at: revokedAt.toISOString() } }),
});
