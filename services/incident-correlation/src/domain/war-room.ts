import type { IncidentEvent } from '@slipway/contracts';
import { isRejection, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { IncidentDecision, There } from './incident-state.ts';
import { decideTask, type TaskCommand } from './tasks.ts';

export type IncidentRole = Extract<IncidentEvent, { type: 'IncidentRoleAssigned' }>['data']['role'];
type Held = Readonly<{ role: IncidentRole; person: string }>;
export type AssignRole = Message<'AssignRole', Held>;
export type EndRole = Message<'EndRole', Held>;

/** Who does what now. */
export type Roles = readonly Held[];

export type WarRoomRefusal = 'role-not-held';

/** Everybody knows who coordinates: one person at a time. Of the others there may be several. */
const BY_ONE: readonly IncidentRole[] = ['coordinator', 'communicator', 'scribe'];

const isSame =
  (one: Held) =>
  (other: Held): boolean =>
    one.role === other.role && one.person === other.person;

export const assignRole = ({ data, stamp }: Stamped<AssignRole>, { roles }: There): IncidentDecision => {
  if (roles.some(isSame(data))) return [];
  const before = BY_ONE.includes(data.role) ? roles.filter(({ role }) => role === data.role) : [];
  return [
    ...before.map(held => ({ type: 'IncidentRoleEnded' as const, data: { ...stamp, ...held } })),
    { type: 'IncidentRoleAssigned', data: { ...stamp, ...data } },
  ];
};

export const endRole = ({ data, stamp }: Stamped<EndRole>, { roles }: There): IncidentDecision =>
  roles.some(isSame(data))
    ? [{ type: 'IncidentRoleEnded', data: { ...stamp, ...data } }]
    : reject('role-not-held', `Nobody of that name is ${data.role} of this incident.`);

export const evolveRoles = (
  roles: Roles,
  { type, data: { role, person } }: Extract<IncidentEvent, { type: 'IncidentRoleAssigned' | 'IncidentRoleEnded' }>,
): Roles => {
  const others = roles.filter(each => !isSame({ role, person })(each));
  return type === 'IncidentRoleAssigned' ? [...others, { role, person }] : others;
};

export const workOn = (command: TaskCommand, stamp: Stamp, { tasks }: There): IncidentDecision => {
  const facts = decideTask(command, tasks);
  if (isRejection(facts)) return facts;
  return facts.map(({ type, data }) => ({ type: `IncidentTask${type}`, data: { ...stamp, ...data } }) as IncidentEvent);
};
