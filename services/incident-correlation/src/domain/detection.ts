import { earliest } from '@slipway/canonical';
import type { IncidentEvent } from '@slipway/contracts';
import { reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { AttachAlert, OpenIncident, TakeOverAlert } from './incident-commands.ts';
import type { Incident, IncidentDecision, There } from './incident-state.ts';
import { forwarded } from './merging.ts';
import { whenInFuture } from './rules.ts';

export const open = ({ data, stamp }: Stamped<OpenIncident>): IncidentDecision => {
  const { coveredBy, impactStartedAt = stamp.occurredAt, ...facts } = data;
  if (coveredBy !== undefined)
    return reject('covered-by-open-incident', `The incident ${coveredBy} of the same service is open.`);
  const early = whenInFuture(impactStartedAt, stamp);
  return early ?? [{ type: 'IncidentDetected', data: { ...stamp, impactStartedAt, ...facts } }];
};

export const attach = (command: Stamped<AttachAlert>, incident: Incident): IncidentDecision => {
  const { data, stamp } = command;
  if (incident.status === 'none') return [detectedBy(data, stamp), attached(data, stamp)];
  return takeOver(data, stamp, incident);
};

export const takeOver = (data: TakeOverAlert['data'], stamp: Stamp, incident: There): IncidentDecision => {
  const { alertId, status } = data;
  const away = incident.moved[alertId];
  const into = incident.mergedInto ?? away?.into;
  if (into !== undefined) return away?.status === status ? [] : [forwarded(alertId, data, into, then(data, stamp))];
  if (incident.alerts[alertId]?.status === status) return [];
  // What becomes of an alert that it has is told for as long as the alert lives; new ones only while it is not over.
  if (!incident.alerts[alertId] && incident.status === 'closed') return reject('incident-closed', 'It is closed.');
  if (!incident.alerts[alertId] && incident.status === 'canceled')
    return reject('incident-canceled', 'It is canceled.');
  return [attached(data, stamp)];
};

/** The clock of a tool may run ahead of ours. */
const then = ({ occurredAt }: TakeOverAlert['data'], stamp: Stamp): Stamp => ({
  ...stamp,
  occurredAt: earliest(occurredAt, stamp.recordedAt),
});

const attached = (data: TakeOverAlert['data'], stamp: Stamp): IncidentEvent => {
  const { alertId, fingerprint, groupKey, status, serviceIds } = data;
  return { type: 'AlertAttached', data: { ...then(data, stamp), alertId, fingerprint, groupKey, status, serviceIds } };
};

const detectedBy = (
  { title, severity, serviceIds, environmentId, startsAt }: AttachAlert['data'],
  stamp: Stamp,
): IncidentEvent => {
  const began = earliest(startsAt, stamp.recordedAt);
  const place = { serviceIds, ...(environmentId !== undefined && { environmentId }) };
  const facts = { title, severity, major: false, ...place, detectedBy: 'alert' as const, impactStartedAt: began };
  return { type: 'IncidentDetected', data: { ...stamp, occurredAt: began, ...facts } };
};
