import type { incidentCorrelationV1 as v1 } from '@slipway/contracts';
import { type Answer, enumWords, type Listing, optionalTimestamp, timestampOf } from '@slipway/edge';
import type { RecordParts } from '@slipway/records';
import type { IncidentView } from '../read/incident.view.ts';
import { ROLES } from './incident-work.dto.ts';
import { DETECTED_BY, STATES, VERDICTS } from './incidents.answers.dto.ts';
import { CANCEL_CAUSES, CAUSE_KINDS, SEVERITIES } from './incidents.dto.ts';

const { worded, enumOf } = enumWords({
  state: ['INCIDENT_STATE', STATES],
  severity: ['SEVERITY', SEVERITIES],
  detectedBy: ['DETECTED_BY', DETECTED_BY],
  kind: ['CAUSE_KIND', CAUSE_KINDS],
  verdict: ['VERDICT', VERDICTS],
  cause: ['CANCEL_CAUSE', CANCEL_CAUSES],
  role: ['INCIDENT_ROLE', ROLES],
});
export { worded };

type Head = Readonly<{ id: string; number?: string; version: number; labels: readonly string[] }> &
  Pick<
    IncidentView,
    | 'title'
    | 'severity'
    | 'major'
    | 'state'
    | 'detectedBy'
    | 'serviceIds'
    | 'environmentId'
    | 'detectedAt'
    | 'impactStartedAt'
    | 'mitigatedAt'
    | 'resolvedAt'
  >;

/** The answer to a command. */
export const written = ({ record, event = '', replayed }: Answer): v1.OpenIncidentResponse => ({
  incident: incidentMessage(record),
  event,
  replayed,
});

export const incidentMessage = (record: Answer['record']): v1.Incident => {
  const incident = record as unknown as IncidentView & RecordParts & Head & Readonly<{ owner?: string }>;
  return {
    ...headOf(incident),
    description: incident.description ?? '',
    owner: incident.owner ?? '',
    ...momentsOf(incident),
    canceled: incident.canceled && cancellationMessage(incident.canceled),
    deploymentId: incident.deploymentId ?? '',
    mergedInto: incident.mergedInto ?? '',
    fromIncidentId: incident.fromIncidentId ?? '',
    alerts: incident.alerts.map(alertMessage),
    quiet: incident.quiet,
    candidates: incident.candidates.map(candidateMessage),
    causes: incident.causes.map(causeMessage),
    roles: incident.roles.map(({ role, person }) => ({ role: enumOf('role', role), person })),
    escalations: incident.escalations.map(escalationMessage),
    comments: incident.comments.map(({ id, text, by, at }) => ({ id, text: text ?? '', by, at: timestampOf(at) })),
    externalRefs: incident.externalRefs.map(({ system, key, url = '' }) => ({ system, key, url })),
  };
};

type Row = Head & Readonly<{ firingAlerts: number; refs: readonly string[] }>;

export const listMessage = ({ items, position, nextPageToken = '' }: Listing): v1.ListIncidentsResponse => ({
  incidents: (items as readonly Row[]).map(row => ({
    ...headOf(row),
    firingAlerts: row.firingAlerts,
    refs: [...row.refs],
  })),
  nextPageToken,
  position: String(position),
});

const headOf = (head: Head) => ({
  id: head.id,
  number: head.number ?? '',
  version: head.version,
  title: head.title,
  severity: enumOf<v1.Severity>('severity', head.severity),
  major: head.major,
  state: enumOf<v1.IncidentState>('state', head.state),
  detectedBy: enumOf<v1.DetectedBy>('detectedBy', head.detectedBy),
  services: [...head.serviceIds],
  environment: head.environmentId ?? '',
  detectedAt: timestampOf(head.detectedAt),
  impactStartedAt: timestampOf(head.impactStartedAt),
  mitigatedAt: optionalTimestamp(head.mitigatedAt),
  resolvedAt: optionalTimestamp(head.resolvedAt),
  labels: [...head.labels],
});

const momentsOf = (incident: IncidentView) => ({
  impact: incident.impact.map(({ startedAt, endedAt }) => ({
    startedAt: timestampOf(startedAt),
    endedAt: optionalTimestamp(endedAt),
  })),
  awareAt: optionalTimestamp(incident.awareAt),
  acknowledgedAt: optionalTimestamp(incident.acknowledgedAt),
  acknowledgementOverdue: incident.acknowledgementOverdue,
  acknowledgementDueAt: optionalTimestamp(incident.acknowledgementDueAt),
  mitigatedBy: incident.mitigatedBy ?? '',
  closedAt: optionalTimestamp(incident.closedAt),
});

type Of<Part extends keyof IncidentView> =
  NonNullable<IncidentView[Part]> extends readonly (infer Each)[] ? Each : never;

const cancellationMessage = ({
  cause,
  duplicateOf = '',
  note,
}: NonNullable<IncidentView['canceled']>): v1.Cancellation => ({
  cause: enumOf('cause', cause),
  duplicateOf,
  note: note ?? '',
});

const alertMessage = ({ alertId, fingerprint, groupKey, status, at, serviceIds }: Of<'alerts'>): v1.Alert => ({
  id: alertId,
  fingerprint,
  groupKey,
  status,
  at: timestampOf(at),
  services: [...serviceIds],
});

const candidateMessage = ({
  deploymentId,
  changeId = '',
  score,
  reasons,
  verdict,
}: Of<'candidates'>): v1.Candidate => ({
  deploymentId,
  changeId,
  score,
  reasons: reasons.map(({ reason, points, detail }) => ({ reason, points, detail })),
  verdict: enumOf('verdict', verdict),
});

const causeMessage = ({ kind, deploymentId = '', changeId = '', primary, note, by, at }: Of<'causes'>): v1.Cause => ({
  kind: enumOf('kind', kind),
  deploymentId,
  changeId,
  primary,
  note: note ?? '',
  by,
  at: timestampOf(at),
});

const escalationMessage = ({ level, role, person = '', reason, at }: Of<'escalations'>): v1.Escalation => ({
  level,
  role: enumOf('role', role),
  person,
  reason: reason ?? '',
  at: timestampOf(at),
});
