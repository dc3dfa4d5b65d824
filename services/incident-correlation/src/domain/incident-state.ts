import { type IncidentEvent, isOwn, type OwnEvent } from '@slipway/contracts';
import { type Decision, type Rejection, reject } from '@slipway/event-sourcing';
import { type CauseRefusal, type Causes, evolveCauses, noCauses } from './causes.ts';
import type { AlertStatus } from './incident-commands.ts';
import type { InstantRefusal } from './rules.ts';

type Known = Readonly<{
  impactStartedAt: string;
  /** All that are affected: at the start, and by alerts since. */
  serviceIds: readonly string[];
  environmentId?: string;
  alerts: Readonly<Record<string, AlertStatus>>;
  causes: Causes;
  acknowledged: boolean;
  /** When it was detected, or reopened the last time. */
  since: string;
}>;
type Restored = Readonly<{ restoredAt: string; mitigatedBy?: string }>;

export type Incident =
  | Readonly<{ status: 'none' }>
  | (Known & Readonly<{ status: 'detected' | 'acknowledged' | 'canceled' }>)
  | (Known & Restored & Readonly<{ status: 'mitigated' | 'resolved' | 'closed' }>);
export type There = Exclude<Incident, { status: 'none' }>;

export type IncidentRefusal =
  | 'not-found'
  | 'already-open'
  | 'covered-by-open-incident'
  | 'incident-mitigated'
  | 'incident-resolved'
  | 'incident-closed'
  | 'incident-canceled'
  | 'incident-not-resolved'
  | 'incident-not-restored'
  | 'duplicate-of-missing'
  | 'duplicate-of-unexpected'
  | 'duplicate-of-itself'
  | 'impact-after-restoration'
  | InstantRefusal
  | CauseRefusal;
export type IncidentDecision = Decision<IncidentEvent, IncidentRefusal>;
type Refused = Rejection<IncidentRefusal> | undefined;

export const whenOver = ({ status }: There): Refused => {
  if (status === 'closed') return reject('incident-closed', 'The incident is closed.');
  if (status === 'canceled') return reject('incident-canceled', 'The incident is canceled.');
  return undefined;
};

export const whenRestored = ({ status }: There): Refused => {
  if (status === 'mitigated') return reject('incident-mitigated', 'The incident is mitigated; reopen it if it is not.');
  if (status === 'resolved') return reject('incident-resolved', 'The incident is resolved; reopen it if it is not.');
  return undefined;
};

export const evolve = (incident: Incident, event: IncidentEvent): Incident => {
  if (event.type === 'IncidentDetected') return detected(event.data);
  return incident.status === 'none' || !isOwn(event) ? incident : evolved(incident, event);
};

type Detected = Extract<IncidentEvent, { type: 'IncidentDetected' }>['data'];

const detected = ({ impactStartedAt, serviceIds, environmentId, occurredAt }: Detected): Incident => ({
  status: 'detected',
  impactStartedAt,
  serviceIds,
  ...(environmentId !== undefined && { environmentId }),
  alerts: {},
  causes: noCauses,
  acknowledged: false,
  since: occurredAt,
});

const evolved = (incident: There, event: Exclude<OwnEvent<IncidentEvent>, { type: 'IncidentDetected' }>): Incident => {
  switch (event.type) {
    case 'AlertAttached': {
      const { alertId, status, serviceIds = [] } = event.data;
      const affected = [...new Set([...incident.serviceIds, ...serviceIds])];
      return { ...incident, serviceIds: affected, alerts: { ...incident.alerts, [alertId]: status } };
    }
    case 'IncidentAcknowledged':
      return { ...known(incident), status: 'acknowledged', acknowledged: true };
    case 'ImpactStartCorrected':
      return { ...incident, impactStartedAt: event.data.impactStartedAt };
    case 'IncidentMitigated': {
      const { occurredAt, deploymentId } = event.data;
      const by = deploymentId === undefined ? {} : { mitigatedBy: deploymentId };
      return { ...known(incident), status: 'mitigated', restoredAt: occurredAt, ...by };
    }
    case 'IncidentResolved':
      // Service is restored by the mitigation, where there was one.
      return { restoredAt: event.data.occurredAt, ...incident, status: 'resolved' };
    case 'IncidentReopened': {
      const status = incident.acknowledged ? 'acknowledged' : 'detected';
      return { ...known(incident), status, since: event.data.occurredAt };
    }
    case 'IncidentClosed':
      return { restoredAt: event.data.occurredAt, ...incident, status: 'closed' };
    case 'IncidentCanceled':
      return { ...known(incident), status: 'canceled' };
    case 'CauseProposed':
    case 'CauseConfirmed':
    case 'CauseRejected':
      return { ...incident, causes: evolveCauses(incident.causes, event) };
  }
};

/** Without what holds for one status only. */
const known = (incident: There): Known => {
  const { impactStartedAt, serviceIds, environmentId, alerts, causes, acknowledged, since } = incident;
  const place = { serviceIds, ...(environmentId !== undefined && { environmentId }) };
  return { impactStartedAt, ...place, alerts, causes, acknowledged, since };
};
