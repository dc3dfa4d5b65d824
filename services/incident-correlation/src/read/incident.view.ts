import type { IncidentEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';
import { causesAfter, type CausesView } from './incident-causes.view.ts';
import { corrected, type Interval, restored } from './impact.view.ts';
import { importedIncident, type ImportedView, type IncidentState, nothingYet } from './imported-incident.view.ts';
import { type HeldRole, rolesAfter } from './incident-roles.view.ts';
import { inOrder, type Line, lineOf } from './incident-line.ts';
import { type TaskView, tasksAfter } from './tasks.view.ts';

type Of<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>['data'];
type FactsOf<Type extends IncidentEvent['type']> = Omit<Of<Type>, keyof Stamp>;

export type { IncidentState };

type AttachedAlert = Readonly<{
  alertId: string;
  fingerprint: string;
  groupKey: string;
  status: string;
  at: string;
  serviceIds: readonly string[];
}>;
export type IncidentView = Omit<FactsOf<'IncidentDetected'>, 'impactStartedAt' | 'detectedBy'> &
  CausesView &
  Readonly<{
    state: IncidentState;
    detectedBy: FactsOf<'IncidentDetected'>['detectedBy'] | 'import';
    /** Of one that was imported. */
    imported?: ImportedView;
    detectedAt: string;
    impactStartedAt: string;
    /** From when users were affected to when service was restored, one more for each time it was reopened. */
    impact: readonly Interval[];
    /** When we knew of it: a person did, or said so. */
    awareAt?: string;
    /** When a person judged its severity the last time, or that it is a major one. */
    classifiedAt?: string;
    acknowledgedAt?: string;
    acknowledgementDueAt?: string;
    acknowledgementOverdue: boolean;
    escalations: readonly (FactsOf<'IncidentEscalated'> & Readonly<{ at: string }>)[];
    mitigatedAt?: string;
    /** The deployment that restored service. */
    mitigatedBy?: string;
    resolvedAt?: string;
    closedAt?: string;
    canceled?: FactsOf<'IncidentCanceled'>;
    /** The incident that goes on with all it had. */
    mergedInto?: string;
    /** Those that were merged into this one. */
    absorbed: readonly string[];
    splitInto: readonly string[];
    roles: readonly HeldRole[];
    tasks: readonly TaskView[];
    alerts: readonly AttachedAlert[];
    /** All its alerts are resolved; people resolve the incident. */
    quiet: boolean;
    timeline: readonly Line[];
  }>;

export const incidentView = (
  view: IncidentView | undefined,
  event: Recorded<IncidentEvent>,
): IncidentView | undefined => {
  const before = beginningOf(event, view) ?? view;
  if (!before) return undefined;
  const kept = event.type === 'IncidentReopened' ? unrestored(before) : before;
  const tasks = tasksAfter(kept.tasks, 'IncidentTask', event);
  return { ...kept, ...stepOf(kept, event), tasks, timeline: inOrder([...kept.timeline, lineOf(event)]) };
};

const beginningOf = (event: IncidentEvent, view?: IncidentView): IncidentView | undefined => {
  if (event.type === 'IncidentDetected') return detected(event.data);
  return event.type === 'IncidentImported' ? importedIncident(event.data, view) : undefined;
};

/** With labels, references, comments and files. */
export const incidentRecord = describedView('incident', incidentView);

const detected = ({ occurredAt, ...data }: Of<'IncidentDetected'>): IncidentView => ({
  title: data.title,
  severity: data.severity,
  major: data.major,
  serviceIds: data.serviceIds,
  ...(data.environmentId && { environmentId: data.environmentId }),
  detectedBy: data.detectedBy,
  ...(data.description && { description: data.description }),
  ...(data.deploymentId && { deploymentId: data.deploymentId }),
  ...(data.fromIncidentId && { fromIncidentId: data.fromIncidentId }),
  ...(data.detectedBy === 'person' && { awareAt: occurredAt, classifiedAt: occurredAt }),
  state: 'Detected',
  detectedAt: occurredAt,
  impactStartedAt: data.impactStartedAt,
  impact: [{ startedAt: data.impactStartedAt }],
  ...nothingYet,
});

const stepOf = (view: IncidentView, event: IncidentEvent): Partial<IncidentView> => {
  switch (event.type) {
    case 'AlertAttached':
      return attached(view, event.data);
    case 'AlertForwarded':
      return withAlerts(view.alerts.filter(({ alertId }) => alertId !== event.data.alertId));
    case 'IncidentAcknowledged': {
      const { occurredAt } = event.data;
      return { state: 'Acknowledged', acknowledgedAt: occurredAt, ...aware(view, event) };
    }
    case 'AcknowledgementOverdue':
      return { acknowledgementOverdue: true, acknowledgementDueAt: event.data.dueAt };
    case 'IncidentEscalated': {
      const { level, role, person, reason, occurredAt: at } = event.data;
      const escalation = { level, role, ...(person && { person }), ...(reason && { reason }), at };
      return { escalations: [...view.escalations, escalation] };
    }
    case 'EarlierAlertFound':
      return earlier(view, event.data);
    case 'IncidentSeverityRaised':
      return { severity: event.data.severity };
    case 'IncidentClassified':
      return { severity: event.data.severity, classifiedAt: event.data.occurredAt, ...aware(view, event) };
    case 'MajorIncidentDeclared':
      return { major: true, classifiedAt: event.data.occurredAt, ...aware(view, event) };
    case 'MajorIncidentLifted':
      return { major: false, classifiedAt: event.data.occurredAt };
    case 'AwarenessCorrected':
      return { awareAt: event.data.awareAt };
    case 'ImpactStartCorrected':
      return impactFrom(view, 0, { startedAt: event.data.impactStartedAt });
    case 'ImpactIntervalCorrected': {
      const { interval, startedAt, endedAt } = event.data;
      return impactFrom(view, interval - 1, { startedAt, ...(endedAt && { endedAt }) });
    }
    case 'IncidentRoleAssigned':
    case 'IncidentRoleEnded':
      return { roles: rolesAfter(view.roles, event) };
    case 'IncidentMerged':
      return { mergedInto: event.data.intoIncidentId };
    case 'IncidentAbsorbed': {
      const { fromIncidentId, serviceIds } = event.data;
      return { absorbed: union(view.absorbed, [fromIncidentId]), serviceIds: union(view.serviceIds, serviceIds) };
    }
    case 'AlertsSplitOff':
      return { splitInto: [...view.splitInto, event.data.intoIncidentId] };
    case 'CauseProposed':
    case 'CauseConfirmed':
    case 'CauseRejected':
    case 'CauseWithdrawn':
      return causesAfter(view, event);
    default:
      return moved(view, event);
  }
};

const moved = (view: IncidentView, event: IncidentEvent): Partial<IncidentView> => {
  const { occurredAt } = event.data;
  switch (event.type) {
    case 'IncidentMitigated': {
      const by = event.data.deploymentId && { mitigatedBy: event.data.deploymentId };
      const impact = restored(view.impact, occurredAt);
      return { state: 'Mitigated', mitigatedAt: occurredAt, impact, ...aware(view, event), ...by };
    }
    case 'IncidentResolved':
      return {
        state: 'Resolved',
        resolvedAt: occurredAt,
        impact: restored(view.impact, occurredAt),
        ...aware(view, event),
      };
    case 'IncidentReopened': {
      const impact = [...view.impact, { startedAt: occurredAt }];
      return { state: view.acknowledgedAt ? 'Acknowledged' : 'Detected', impact };
    }
    case 'IncidentClosed':
      return { state: 'Closed', closedAt: occurredAt };
    case 'IncidentCanceled': {
      const { cause, duplicateOf, note } = event.data;
      return { state: 'Canceled', canceled: { cause, ...(duplicateOf && { duplicateOf }), ...(note && { note }) } };
    }
    default:
      return {};
  }
};

/** Whoever acts on it knows of it. */
const aware = ({ awareAt }: IncidentView, { data }: IncidentEvent): Partial<IncidentView> => ({
  awareAt: awareAt ?? data.occurredAt,
});

const attached = (view: IncidentView, data: Of<'AlertAttached'>): Partial<IncidentView> => {
  const { alertId, fingerprint, groupKey, status, occurredAt, serviceIds = [] } = data;
  const others = view.alerts.filter(each => each.alertId !== alertId);
  const alert = { alertId, fingerprint, groupKey, status, at: occurredAt, serviceIds };
  return { ...withAlerts([...others, alert]), serviceIds: union(view.serviceIds, serviceIds) };
};

const withAlerts = (alerts: IncidentView['alerts']): Partial<IncidentView> => ({
  alerts,
  quiet: alerts.length > 0 && alerts.every(({ status }) => status === 'resolved'),
});

const union = (some: readonly string[], others: readonly string[]): readonly string[] => [
  ...new Set([...some, ...others]),
];

const impactFrom = (view: IncidentView, index: number, interval: Interval): Partial<IncidentView> => {
  const impact = corrected(view.impact, index, interval);
  return { impact, impactStartedAt: impact[0]?.startedAt ?? view.impactStartedAt };
};

const earlier = (view: IncidentView, data: Of<'EarlierAlertFound'>): Partial<IncidentView> => {
  const { title, detectedAt, impactStartedAt } = data;
  // Once a person said how it is called, what alerts are called no longer counts.
  const isDescribed = view.timeline.some(({ event }) => event === 'IncidentDetailsChanged');
  return { detectedAt, ...impactFrom(view, 0, { startedAt: impactStartedAt }), ...(!isDescribed && { title }) };
};

const RESTORED: readonly string[] = ['mitigatedAt', 'mitigatedBy', 'resolvedAt'];

const unrestored = (view: IncidentView): IncidentView =>
  Object.fromEntries(Object.entries(view).filter(([field]) => !RESTORED.includes(field))) as IncidentView;
