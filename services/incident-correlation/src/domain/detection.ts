import { earliest, isBefore } from '@slipway/canonical';
import type { IncidentEvent } from '@slipway/contracts';
import { isRejection, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { AttachAlert, OpenIncident, TakeOverAlert } from './incident-commands.ts';
import type { IncidentDecision } from './incident-refusals.ts';
import type { Incident, There } from './incident-state.ts';
import { forwarded } from './merging.ts';
import { whenInFuture } from './rules.ts';
import { isMoreSevere } from './severity.ts';

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
  const decided = takeOver(data, stamp, incident);
  const isAttached = !isRejection(decided) && decided.some(({ type }) => type === 'AlertAttached');
  return isAttached ? [...decided, ...learnedFrom(data, stamp, incident)] : decided;
};

/** Alerts come in any order: what opened the incident is not more than what came first. */
const learnedFrom = (
  { alertId, title, severity, startsAt }: AttachAlert['data'],
  stamp: Stamp,
  { isClassified, isStartStated, severity: thought, impact }: There,
): readonly IncidentEvent[] => {
  const isEarlier = !isStartStated && impact[0] !== undefined && isBefore(startsAt, impact[0].startedAt);
  const isWorse = !isClassified && isMoreSevere(severity, thought);
  return [
    ...(isEarlier
      ? [
          {
            type: 'EarlierAlertFound' as const,
            data: { ...stamp, alertId, title, detectedAt: startsAt, impactStartedAt: startsAt },
          },
        ]
      : []),
    ...(isWorse ? [{ type: 'IncidentSeverityRaised' as const, data: { ...stamp, alertId, severity } }] : []),
  ];
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
