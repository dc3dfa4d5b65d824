import { earliest } from '@slipway/canonical';
import { type IncidentEvent, isOwn, type OwnEvent, taskFactIn } from '@slipway/contracts';
import { type Causes, evolveCauses, noCauses } from './causes.ts';
import { type Interval, restored, startedAt } from './impact-intervals.ts';
import { imported } from './imported-incident.ts';
import type { AttachAlert } from './incident-commands.ts';
import { evolveRoles, type Roles } from './roles.ts';
import type { Situation } from './scoring.ts';
import type { Severity } from './severity.ts';
import { evolveTasks, type Tasks } from './tasks.ts';

export type AttachedAlert = Pick<AttachAlert['data'], 'fingerprint' | 'groupKey' | 'status' | 'serviceIds'>;

type Known = Readonly<{
  severity: Severity;
  major: boolean;
  /** Whether a person judged the severity. */
  isClassified: boolean;
  awareAt?: string;
  /** Whether anything but an alert said when the impact began. */
  isStartStated: boolean;
  /** One more for each time that it was reopened. */
  impact: readonly Interval[];
  /** All that are affected: at the start, and by alerts since. */
  serviceIds: readonly string[];
  environmentId?: string;
  alerts: Readonly<Record<string, AttachedAlert>>;
  /** Alerts that are another incident's now, with the last status that it was told of. */
  moved: Readonly<Record<string, Readonly<{ into: string; status: AttachedAlert['status'] }>>>;
  mergedInto?: string;
  causes: Causes;
  acknowledged: boolean;
  isOverdue: boolean;
  escalations: number;
  roles: Roles;
  tasks: Tasks;
  /** When it was detected, or reopened the last time. */
  since: string;
}>;
type Restored = Readonly<{ restoredAt: string; mitigatedBy?: string }>;

export type Incident =
  | Readonly<{ status: 'none' }>
  | (Known & Readonly<{ status: 'detected' | 'acknowledged' | 'canceled' }>)
  | (Known & Restored & Readonly<{ status: 'mitigated' | 'resolved' | 'closed' }>);
export type There = Exclude<Incident, { status: 'none' }>;

/** What the likely causes are weighed by. */
export const situationOf = ({ impact, serviceIds, environmentId, since }: There): Situation => ({
  impactStartedAt: impact[0]?.startedAt ?? since,
  serviceIds,
  ...(environmentId !== undefined && { environmentId }),
});

export const evolve = (incident: Incident, event: IncidentEvent): Incident => {
  if (event.type === 'IncidentDetected') return detected(event.data);
  if (event.type === 'IncidentImported')
    return imported(event.data, incident.status === 'none' ? noCauses : incident.causes);
  if (incident.status === 'none' || !isOwn(event)) return incident;
  const task = taskFactIn('IncidentTask', event);
  return task ? { ...incident, tasks: evolveTasks(incident.tasks, task) } : evolved(incident, event);
};

type Detected = Extract<IncidentEvent, { type: 'IncidentDetected' }>['data'];

const detected = (data: Detected): Incident => ({
  status: 'detected',
  severity: data.severity,
  major: data.major,
  isClassified: data.detectedBy === 'person',
  ...(data.detectedBy === 'person' && { awareAt: data.occurredAt }),
  isStartStated: data.detectedBy !== 'alert',
  impact: [{ startedAt: data.impactStartedAt }],
  serviceIds: data.serviceIds,
  ...(data.environmentId !== undefined && { environmentId: data.environmentId }),
  alerts: {},
  moved: {},
  causes: noCauses,
  acknowledged: false,
  isOverdue: false,
  escalations: 0,
  roles: [],
  tasks: {},
  since: data.occurredAt,
});

const evolved = (incident: There, event: OwnEvent<IncidentEvent>): Incident => {
  switch (event.type) {
    case 'AlertAttached':
    case 'AlertForwarded':
      return withAlert(incident, event);
    case 'EarlierAlertFound': {
      const { detectedAt, impactStartedAt } = event.data;
      const since = incident.impact.length > 1 ? incident.since : earliest(incident.since, detectedAt);
      return { ...incident, since, impact: startedAt(incident.impact, impactStartedAt) };
    }
    case 'IncidentSeverityRaised':
      return { ...incident, severity: event.data.severity };
    case 'IncidentAcknowledged':
      return { ...known(aware(incident, event.data.occurredAt)), status: 'acknowledged', acknowledged: true };
    case 'IncidentClassified':
      return { ...aware(incident, event.data.occurredAt), severity: event.data.severity, isClassified: true };
    case 'MajorIncidentDeclared':
      return { ...aware(incident, event.data.occurredAt), major: true };
    case 'MajorIncidentLifted':
      return { ...incident, major: false };
    case 'AwarenessCorrected':
      return { ...incident, awareAt: event.data.awareAt };
    case 'ImpactStartCorrected':
      return { ...incident, isStartStated: true, impact: startedAt(incident.impact, event.data.impactStartedAt) };
    case 'ImpactIntervalCorrected': {
      const { interval, startedAt: from, endedAt } = event.data;
      const corrected = { startedAt: from, ...(endedAt !== undefined && { endedAt }) };
      return { ...incident, impact: incident.impact.with(interval - 1, corrected) };
    }
    case 'IncidentRoleAssigned':
    case 'IncidentRoleEnded':
      return { ...incident, roles: evolveRoles(incident.roles, event) };
    case 'AcknowledgementOverdue':
      return { ...incident, isOverdue: true };
    case 'IncidentEscalated':
      return { ...incident, escalations: event.data.level };
    case 'IncidentMerged':
      return { ...incident, mergedInto: event.data.intoIncidentId };
    case 'IncidentAbsorbed':
      return { ...incident, serviceIds: union(incident.serviceIds, event.data.serviceIds) };
    case 'CauseProposed':
    case 'CauseConfirmed':
    case 'CauseRejected':
    case 'CauseWithdrawn':
      return { ...incident, causes: evolveCauses(incident.causes, event) };
    case 'IncidentMitigated':
    case 'IncidentResolved':
    case 'IncidentReopened':
    case 'IncidentClosed':
    case 'IncidentCanceled':
      return moved(aware(incident, event.data.occurredAt), event);
    default:
      return incident;
  }
};

type Move = Extract<
  IncidentEvent,
  { type: 'IncidentMitigated' | 'IncidentResolved' | 'IncidentReopened' | 'IncidentClosed' | 'IncidentCanceled' }
>;

const moved = (incident: There, { type, data }: Move): Incident => {
  const { occurredAt } = data;
  const impact = restored(incident.impact, occurredAt);
  switch (type) {
    case 'IncidentMitigated': {
      const by = data.deploymentId === undefined ? {} : { mitigatedBy: data.deploymentId };
      return { ...known(incident), impact, status: 'mitigated', restoredAt: occurredAt, ...by };
    }
    case 'IncidentResolved':
      // Service is restored by the mitigation, where there was one.
      return { restoredAt: occurredAt, ...incident, impact, status: 'resolved' };
    case 'IncidentReopened': {
      const status = incident.acknowledged ? 'acknowledged' : 'detected';
      const again = [...incident.impact, { startedAt: occurredAt }];
      return { ...known(incident), impact: again, status, since: occurredAt };
    }
    case 'IncidentClosed':
      return { restoredAt: occurredAt, ...incident, status: 'closed' };
    case 'IncidentCanceled':
      return { ...known(incident), status: 'canceled' };
  }
};

/** Whoever acts on it knows of it. */
const aware = (incident: There, instant: string): There => ({ awareAt: instant, ...incident });

const withAlert = (
  incident: There,
  { type, data }: Extract<IncidentEvent, { type: 'AlertAttached' | 'AlertForwarded' }>,
): There => {
  const { alertId, fingerprint, groupKey, status, serviceIds = [] } = data;
  const { [alertId]: _, ...others } = incident.alerts;
  if (type === 'AlertForwarded')
    return {
      ...incident,
      alerts: others,
      moved: { ...incident.moved, [alertId]: { into: data.intoIncidentId, status } },
    };
  const alerts = { ...incident.alerts, [alertId]: { fingerprint, groupKey, status, serviceIds } };
  return { ...incident, serviceIds: union(incident.serviceIds, serviceIds), alerts };
};

const union = (some: readonly string[], others: readonly string[]): readonly string[] => [
  ...new Set([...some, ...others]),
];

/** Without what holds for one status only. */
const known = (incident: There): Known => {
  const { restoredAt: _, mitigatedBy: __, ...rest } = incident as There & Partial<Restored>;
  return rest;
};
