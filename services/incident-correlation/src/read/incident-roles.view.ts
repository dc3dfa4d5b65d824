import type { IncidentEvent } from '@slipway/contracts';

type RoleEvent = Extract<IncidentEvent, { type: 'IncidentRoleAssigned' | 'IncidentRoleEnded' }>;
export type HeldRole = Pick<RoleEvent['data'], 'role' | 'person'>;

/** Who does what in the war room. */
export const rolesAfter = (
  roles: readonly HeldRole[],
  { type, data: { role, person } }: RoleEvent,
): readonly HeldRole[] => {
  const others = roles.filter(each => each.role !== role || each.person !== person);
  return type === 'IncidentRoleAssigned' ? [...others, { role, person }] : others;
};
