import { canonical } from '@slipway/canonical';
import type { Service } from '@slipway/service';
import { type AskedGrant, grantIdOf } from '../domain/role-grant.ts';
import { type Grant, listGrants } from '../read/role-grants.query.ts';
import { idOfReference } from './references.ts';
import type { GrantRoleDto } from './role-grants.dto.ts';

/** What a document says of a grant, to somebody with this pseudonym. */
export const grantOf = (
  { role, services, applications, teams, environments, actions, from, to }: GrantRoleDto,
  person: string,
): AskedGrant => ({
  person,
  role,
  scope: {
    ...(services && { services: services.map(each => idOfReference('service', each)) }),
    ...(applications && { applications: applications.map(each => idOfReference('application', each)) }),
    ...(teams && { teams }),
    ...(environments && { environments: environments.map(each => idOfReference('environment', each)) }),
    ...(actions && { actions }),
  },
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

/** Of the same grant, as an export says it of one that was given in whatever way; else of a new one. */
export const streamOfGrant = async (service: Service, asked: AskedGrant): Promise<string> => {
  const { person, role, from } = asked;
  const given = from === undefined ? [] : await listGrants(service.dataSource, { person, role }, { limit: MOST });
  const same = given.find(({ item }) => !item.revoked && contentOf(item) === contentOf(asked));
  return `roleGrant-${same?.item.id ?? grantIdOf(asked)}`;
};

const MOST = 1_000;

const contentOf = ({ scope, from, to }: AskedGrant | Grant): string => {
  const lists = Object.entries(scope).map(([kind, list]) => [kind, [...list].sort()]);
  return canonical({ scope: Object.fromEntries(lists), from: timeOf(from), to: timeOf(to) });
};

const timeOf = (instant: string | undefined): number | null => (instant === undefined ? null : Date.parse(instant));
