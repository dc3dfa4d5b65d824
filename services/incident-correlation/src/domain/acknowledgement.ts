import { after, earliest } from '@slipway/canonical';
import type { IncidentEvent } from '@slipway/contracts';
import { reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { EscalateIncident, OverdueAcknowledgement } from './incident-commands.ts';
import type { IncidentDecision } from './incident-refusals.ts';
import type { There } from './incident-state.ts';
import type { IncidentRole } from './roles.ts';
import type { Severity } from './severity.ts';

/** Minutes within which somebody acknowledges an incident of this severity. */
export type AcknowledgementTargets = Readonly<Record<Severity, number>>;
export const ACKNOWLEDGE_WITHIN: AcknowledgementTargets = { critical: 5, high: 15, medium: 60, low: 240 };

/** Whom an incident is escalated to, one after the other. */
export const ESCALATION_CHAIN: readonly IncidentRole[] = ['on-call', 'coordinator', 'service-owner', 'management'];

/** Where `critical=5,high=15` says nothing of a severity, or nothing sound, the default stands. */
export const acknowledgementTargets = (said = ''): AcknowledgementTargets => {
  const entries = said.split(',').map(each => each.trim().split('='));
  const known = entries.filter(
    ([severity = '', minutes = '']) => severity in ACKNOWLEDGE_WITHIN && /^\d{1,6}$/.test(minutes),
  );
  return {
    ...ACKNOWLEDGE_WITHIN,
    ...Object.fromEntries(known.map(([severity, minutes]) => [severity, Number(minutes)])),
  };
};

export const dueAt = (from: string, minutes: number): string => after(from, { minutes });

/** Told once; each further time that nobody came, it goes to the next role. */
export const overdue = ({ data, stamp }: Stamped<OverdueAcknowledgement>, incident: There): IncidentDecision => {
  if (incident.status !== 'detected') return [];
  const then = { ...stamp, occurredAt: earliest(data.dueAt, stamp.recordedAt) };
  const told: IncidentEvent[] = incident.isOverdue
    ? []
    : [{ type: 'AcknowledgementOverdue', data: { ...then, ...data } }];
  return [...told, ...escalation(then, incident)];
};

export const escalate = ({ data, stamp }: Stamped<EscalateIncident>, incident: There): IncidentDecision => {
  const next = escalation(stamp, incident, data.reason);
  if (next.length > 0) return next;
  return reject('escalated-to-the-last', `It was escalated to ${ESCALATION_CHAIN.at(-1)}: there is nobody after that.`);
};

const escalation = (stamp: Stamp, { escalations, roles }: There, reason?: string): readonly IncidentEvent[] => {
  const role = ESCALATION_CHAIN[escalations];
  if (role === undefined) return [];
  const person = roles.find(each => each.role === role)?.person;
  const who = { role, ...(person !== undefined && { person }) };
  const data = { ...stamp, level: escalations + 1, ...who, ...(reason !== undefined && { reason }) };
  return [{ type: 'IncidentEscalated', data }];
};
