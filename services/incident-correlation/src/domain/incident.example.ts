import type { IncidentEvent } from '@slipway/contracts';
import { specification, stampOf } from '@slipway/event-sourcing';
import type { IncidentCommand } from './incident-commands.ts';
import { incident } from './incident.ts';

/** What examples of incidents are told in: it is 07:40, and the incident was detected at 07:10. */
export const given = specification(incident);
export const at = (minute: number): string => `2026-11-21T07:${String(minute).padStart(2, '0')}:00Z`;
export const stamp = stampOf('person-ines', at(40));
export const reason = 'sealed:v1:r';

export const told = <Type extends IncidentEvent['type']>(type: Type, data: object = {}, minute = 40) =>
  ({ type, data: { ...stamp, occurredAt: at(minute), ...data } }) as unknown as Extract<IncidentEvent, { type: Type }>;
export const ask = (type: IncidentCommand['type'], data: object = {}, minute = 40) =>
  ({ type, data, stamp: { ...stamp, occurredAt: at(minute) } }) as never;

const facts = { title: 'Checkout fails', severity: 'high', serviceIds: ['checkout'], environmentId: 'production' };
export const detected = told(
  'IncidentDetected',
  { ...facts, major: false, detectedBy: 'alert', impactStartedAt: at(5) },
  10,
);
export const byPerson = told(
  'IncidentDetected',
  { ...facts, major: true, detectedBy: 'person', impactStartedAt: at(5) },
  10,
);
export const acknowledged = told('IncidentAcknowledged', {}, 12);
export const mitigated = told('IncidentMitigated', {}, 20);
export const resolved = told('IncidentResolved', {}, 25);
export const reopened = told('IncidentReopened', { reason }, 27);
