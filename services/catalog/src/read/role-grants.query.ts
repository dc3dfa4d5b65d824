import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { RoleGrantRow } from './role-grants.entity.ts';

export type GrantFilter = Readonly<{
  ids?: readonly string[];
  person?: string;
  role?: string;
  /** Ids: grants that cover it. */
  service?: string;
  environment?: string;
  /** Held at this instant; without it all, also what is over or revoked. */
  at?: string;
}>;

export type Grant = Readonly<{
  id: string;
  version: number;
  person: string;
  role: string;
  scope: Readonly<
    Partial<Record<'services' | 'applications' | 'teams' | 'environments' | 'actions', readonly string[]>>
  >;
  from: string;
  to?: string;
  grantedBy: string;
  grantedAt: string;
  revoked?: Readonly<{ by: string; at: string }>;
}>;

type GrantItem = Row & Readonly<{ item: Grant }>;

const COVERS_SERVICE = `(
  coalesce(g.services, g.applications, g.teams) IS NULL OR :service = ANY (g.services)
  OR EXISTS (SELECT FROM applications_v1 AS a WHERE a.id = ANY (g.applications) AND :service = ANY (a.service_ids))
  OR EXISTS (SELECT FROM services_v1 AS s WHERE s.id = :service AND s.owner_team = ANY (g.teams)))`;

/** By person, then role. */
export const listGrants = async (
  source: DataSource,
  filter: GrantFilter,
  page: Page,
): Promise<readonly GrantItem[]> => {
  const { ids, person, role, service, environment, at } = filter;
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
  if (ids) query.andWhere('g.id = ANY (:ids)', { ids });
  if (person) query.andWhere('g.person = :person', { person });
  if (role) query.andWhere('g.role = :role', { role });
  if (service) query.andWhere(COVERS_SERVICE, { service });
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
  applications,
  teams,
  actions,
  from,
  to,
  grantedBy,
  grantedAt,
  revokedBy,
  revokedAt,
  version,
}: RoleGrantRow): Grant => ({
  id,
  version,
  person,
  role,
  scope: {
    ...(services && { services }),
    ...(applications && { applications }),
    ...(teams && { teams }),
    ...(environments && { environments }),
    ...(actions && { actions }),
  },
  from: from.toISOString(),
  ...(to && { to: to.toISOString() }),
  grantedBy,
  grantedAt: grantedAt.toISOString(),
  ...(revokedBy && revokedAt && { revoked: { by: revokedBy, at: revokedAt.toISOString() } }),
});
