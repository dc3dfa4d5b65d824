import type { IncidentEvent } from '@slipway/contracts';
import { isRejection, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { AssignRole, EndRole } from './incident-commands.ts';
import type { IncidentDecision } from './incident-refusals.ts';
import type { There } from './incident-state.ts';
import { type IncidentRole, isSameRole } from './roles.ts';
import { decideTask, type TaskCommand } from './tasks.ts';

/** Everybody knows who coordinates: one person at a time. Of the others there may be several. */
const BY_ONE: readonly IncidentRole[] = ['coordinator', 'communicator', 'scribe'];

export const assignRole = ({ data, stamp }: Stamped<AssignRole>, { roles }: There): IncidentDecision => {
  if (roles.some(isSameRole(data))) return [];
  const before = BY_ONE.includes(data.role) ? roles.filter(({ role }) => role === data.role) : [];
  return [
    ...before.map(held => ({ type: 'IncidentRoleEnded' as const, data: { ...stamp, ...held } })),
    { type: 'IncidentRoleAssigned', data: { ...stamp, ...data } },
  ];
};

export const endRole = ({ data, stamp }: Stamped<EndRole>, { roles }: There): IncidentDecision =>
  roles.some(isSameRole(data))
    ? [{ type: 'IncidentRoleEnded', data: { ...stamp, ...data } }]
    : reject('role-not-held', `Nobody of that name is ${data.role} of this incident.`);

export const workOn = (command: TaskCommand, stamp: Stamp, { tasks }: There): IncidentDecision => {
  const facts = decideTask(command, tasks);
  if (isRejection(facts)) return facts;
  return facts.map(({ type, data }) => ({ type: `IncidentTask${type}`, data: { ...stamp, ...data } }) as IncidentEvent);
};
