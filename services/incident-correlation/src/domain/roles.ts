import type { IncidentEvent } from '@slipway/contracts';

export type IncidentRole = Extract<IncidentEvent, { type: 'IncidentRoleAssigned' }>['data']['role'];
export type HeldRole = Readonly<{ role: IncidentRole; person: string }>;

/** Who does what now. */
export type Roles = readonly HeldRole[];

export const isSameRole =
  (one: HeldRole) =>
  (other: HeldRole): boolean =>
    one.role === other.role && one.person === other.person;

export const evolveRoles = (
  roles: Roles,
  { type, data: { role, person } }: Extract<IncidentEvent, { type: 'IncidentRoleAssigned' | 'IncidentRoleEnded' }>,
): Roles => {
  const others = roles.filter(each => !isSameRole({ role, person })(each));
  return type === 'IncidentRoleAssigned' ? [...others, { role, person }] : others;
};
