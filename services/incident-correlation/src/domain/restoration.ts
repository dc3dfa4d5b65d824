import { isBefore } from '@slipway/canonical';
import { reject, type Stamped } from '@slipway/event-sourcing';
import type {
  AcknowledgeIncident,
  CancelIncident,
  CloseIncident,
  CorrectImpactStart,
  MitigateIncident,
  ReopenIncident,
  ResolveIncident,
} from './incident-commands.ts';
import { type IncidentDecision, type There, whenOver, whenRestored } from './incident-state.ts';
import { whenInFuture, whenOutside } from './rules.ts';

export const acknowledge = ({ stamp }: Stamped<AcknowledgeIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'acknowledged') return [];
  const refused = whenOver(incident) ?? whenRestored(incident) ?? whenOutside(incident.since, stamp);
  return refused ?? [{ type: 'IncidentAcknowledged', data: stamp }];
};

export const mitigate = ({ data, stamp }: Stamped<MitigateIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'mitigated' && incident.mitigatedBy === data.deploymentId) return [];
  const refused = whenOver(incident) ?? whenRestored(incident) ?? whenOutside(incident.since, stamp);
  return refused ?? [{ type: 'IncidentMitigated', data: { ...stamp, ...data } }];
};

export const resolve = ({ data, stamp }: Stamped<ResolveIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'resolved') return [];
  const from = incident.status === 'mitigated' ? incident.restoredAt : incident.since;
  const refused = whenOver(incident) ?? whenOutside(from, stamp);
  return refused ?? [{ type: 'IncidentResolved', data: { ...stamp, ...data } }];
};

export const reopen = ({ data, stamp }: Stamped<ReopenIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'closed' || incident.status === 'canceled') return whenOver(incident) ?? [];
  if (!('restoredAt' in incident)) return reject('incident-not-restored', 'It is neither mitigated nor resolved.');
  const refused = whenOutside(incident.restoredAt, stamp);
  return refused ?? [{ type: 'IncidentReopened', data: { ...stamp, ...data } }];
};

export const cancel = ({ data, stamp }: Stamped<CancelIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'canceled') return [];
  const { incidentId, ...facts } = data;
  if (facts.cause === 'duplicate' && facts.duplicateOf === undefined)
    return reject('duplicate-of-missing', 'A duplicate names the incident that it repeats.');
  if (facts.cause === 'false-alarm' && facts.duplicateOf !== undefined)
    return reject('duplicate-of-unexpected', 'A false alarm repeats no incident.');
  if (facts.duplicateOf === incidentId) return reject('duplicate-of-itself', 'It cannot repeat itself.');
  return whenOver(incident) ?? [{ type: 'IncidentCanceled', data: { ...stamp, ...facts } }];
};

export const close = ({ stamp }: Stamped<CloseIncident>, incident: There): IncidentDecision => {
  if (incident.status === 'closed') return [];
  if (incident.status !== 'resolved')
    return whenOver(incident) ?? reject('incident-not-resolved', 'Resolve it before you close it.');
  return whenOutside(incident.restoredAt, stamp) ?? [{ type: 'IncidentClosed', data: stamp }];
};

export const correctImpactStart = ({ data, stamp }: Stamped<CorrectImpactStart>, incident: There): IncidentDecision => {
  if (data.impactStartedAt === incident.impactStartedAt) return [];
  const refused = whenOver(incident) ?? whenInFuture(data.impactStartedAt, stamp);
  if (refused) return refused;
  if ('restoredAt' in incident && isBefore(incident.restoredAt, data.impactStartedAt))
    return reject('impact-after-restoration', `Service was restored at ${incident.restoredAt}.`);
  return [{ type: 'ImpactStartCorrected', data: { ...stamp, ...data } }];
};
