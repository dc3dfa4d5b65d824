import { earliest } from '@slipway/canonical';
import type { IncidentEvent } from '@slipway/contracts';
import { reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { AttachAlert, OpenIncident } from './incident-commands.ts';
import { type Incident, type IncidentDecision, whenOver } from './incident-state.ts';
import { whenInFuture } from './rules.ts';

export const open = ({ data, stamp }: Stamped<OpenIncident>, incident: Incident): IncidentDecision => {
  if (incident.status !== 'none')
    return data.detectedBy === 'verification' ? [] : reject('already-open', 'It is open already.');
  const { coveredBy, impactStartedAt = stamp.occurredAt, ...facts } = data;
  if (coveredBy !== undefined)
    return reject('covered-by-open-incident', `The incident ${coveredBy} of the same service is open.`);
  const early = whenInFuture(impactStartedAt, stamp);
  return early ?? [{ type: 'IncidentDetected', data: { ...stamp, impactStartedAt, ...facts } }];
};

export const attach = ({ data, stamp }: Stamped<AttachAlert>, incident: Incident): IncidentDecision => {
  const { alertId, fingerprint, groupKey, status, serviceIds } = data;
  const occurredAt = earliest(data.occurredAt, stamp.recordedAt);
  const attached: IncidentEvent = {
    type: 'AlertAttached',
    data: { ...stamp, occurredAt, alertId, fingerprint, groupKey, status, serviceIds },
  };
  if (incident.status === 'none') return [detectedBy(data, stamp), attached];
  if (incident.alerts[alertId] === status) return [];
  // What becomes of an alert that it has is told for as long as the alert lives; new ones only while it is not over.
  return alertId in incident.alerts ? [attached] : (whenOver(incident) ?? [attached]);
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
