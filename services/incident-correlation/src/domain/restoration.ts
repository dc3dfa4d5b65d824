import { latest } from '@slipway/canonical';
import { reject, type Stamped } from '@slipway/event-sourcing';
import type {
  AcknowledgeIncident,
  CancelIncident,
  CloseIncident,
  MitigateIncident,
  ReopenIncident,
  ResolveIncident,
} from './incident-commands.ts';
import type { IncidentDecision } from './incident-refusals.ts';
import type { There } from './incident-state.ts';
import { whenOutside } from './rules.ts';

/** Service is restored after its impact began, and fails again after it was restored. */
const sinceImpact = ({ since, impact }: There): string => latest(since, impact.at(-1)?.startedAt ?? since);
const sinceRestored = (incident: There): string => {
  const from = 'restoredAt' in incident ? incident.restoredAt : incident.since;
  return latest(from, incident.impact.at(-1)?.endedAt ?? from);
};

export const acknowledge = ({ stamp }: Stamped<AcknowledgeIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'acknowledged') return [];
  return whenOutside(incident.since, stamp) ?? [{ type: 'IncidentAcknowledged', data: stamp }];
};

export const mitigate = ({ data, stamp }: Stamped<MitigateIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'mitigated')
    return incident.mitigatedBy === data.deploymentId
      ? []
      : reject('incident-mitigated', 'The incident is mitigated by something else; reopen it if it is not.');
  return whenOutside(sinceImpact(incident), stamp) ?? [{ type: 'IncidentMitigated', data: { ...stamp, ...data } }];
};

export const resolve = ({ data, stamp }: Stamped<ResolveIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'resolved') return [];
  const from = incident.status === 'mitigated' ? incident.restoredAt : sinceImpact(incident);
  return whenOutside(from, stamp) ?? [{ type: 'IncidentResolved', data: { ...stamp, ...data } }];
};

export const reopen = ({ data, stamp }: Stamped<ReopenIncident>, incident: There): IncidentDecision => {
  return whenOutside(sinceRestored(incident), stamp) ?? [{ type: 'IncidentReopened', data: { ...stamp, ...data } }];
};

export const cancel = ({ data, stamp }: Stamped<CancelIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'canceled') return [];
  const { incidentId, repeats, ...facts } = data;
  if (facts.cause === 'duplicate' && facts.duplicateOf === undefined)
    return reject('duplicate-of-missing', 'A duplicate names the incident that it repeats.');
  if (facts.cause === 'false-alarm' && facts.duplicateOf !== undefined)
    return reject('duplicate-of-unexpected', 'A false alarm repeats no incident.');
  if (facts.duplicateOf === incidentId) return reject('duplicate-of-itself', 'It cannot repeat itself.');
  if (repeats === 'canceled')
    return reject('duplicate-of-canceled', 'That incident is canceled itself; name the one that goes on.');
  return [{ type: 'IncidentCanceled', data: { ...stamp, ...facts } }];
};

export const close = ({ stamp }: Stamped<CloseIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'closed') return [];
  const from = 'restoredAt' in incident ? incident.restoredAt : incident.since;
  return whenOutside(from, stamp) ?? [{ type: 'IncidentClosed', data: stamp }];
};
