import type { IncidentEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

type Of<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>['data'];
type FactsOf<Type extends IncidentEvent['type']> = Omit<Of<Type>, keyof Stamp>;

export type IncidentState = 'Detected' | 'Acknowledged' | 'Mitigated' | 'Resolved' | 'Closed' | 'Canceled';
type Candidate = FactsOf<'CauseProposed'>['candidates'][number];
type Cause = FactsOf<'CauseConfirmed'> & Readonly<{ by: string; at: string }>;

/** One line of the war-room timeline; the lines are in the order in which it happened. */
export type Line = Readonly<{
  event: IncidentEvent['type'];
  occurredAt: string;
  recordedAt: string;
  actor: string;
  onBehalfOf?: string;
  deploymentId?: string;
  alertId?: string;
  status?: string;
  text?: string;
}>;

export type IncidentView = Omit<FactsOf<'IncidentDetected'>, 'impactStartedAt'> &
  Readonly<{
    state: IncidentState;
    detectedAt: string;
    impactStartedAt: string;
    acknowledgedAt?: string;
    mitigatedAt?: string;
    /** The deployment that restored service. */
    mitigatedBy?: string;
    resolvedAt?: string;
    closedAt?: string;
    canceled?: FactsOf<'IncidentCanceled'>;
    alerts: readonly Readonly<{ alertId: string; fingerprint: string; groupKey: string; status: string; at: string }>[];
    /** All its alerts are resolved; people resolve the incident. */
    quiet: boolean;
    scoringVersion?: string;
    candidates: readonly (Candidate & Readonly<{ verdict: 'open' | 'confirmed' | 'rejected' }>)[];
    causes: readonly Cause[];
    timeline: readonly Line[];
  }>;

export const incidentView = (
  view: IncidentView | undefined,
  event: Recorded<IncidentEvent>,
): IncidentView | undefined => {
  const before = event.type === 'IncidentDetected' ? detected(event.data) : view;
  if (!before) return undefined;
  const kept = event.type === 'IncidentReopened' ? unrestored(before) : before;
  return { ...kept, ...stepOf(kept, event), timeline: inOrder([...kept.timeline, lineOf(event)]) };
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
  state: 'Detected',
  detectedAt: occurredAt,
  impactStartedAt: data.impactStartedAt,
  alerts: [],
  quiet: false,
  candidates: [],
  causes: [],
  timeline: [],
});

const stepOf = (view: IncidentView, event: IncidentEvent): Partial<IncidentView> => {
  switch (event.type) {
    case 'AlertAttached':
      return attached(view, event.data);
    case 'IncidentAcknowledged':
      return { state: 'Acknowledged', acknowledgedAt: event.data.occurredAt };
    case 'ImpactStartCorrected':
      return { impactStartedAt: event.data.impactStartedAt };
    case 'IncidentMitigated': {
      const { occurredAt, deploymentId } = event.data;
      return { state: 'Mitigated', mitigatedAt: occurredAt, ...(deploymentId && { mitigatedBy: deploymentId }) };
    }
    case 'IncidentResolved':
      return { state: 'Resolved', resolvedAt: event.data.occurredAt };
    case 'IncidentReopened':
      return { state: view.acknowledgedAt ? 'Acknowledged' : 'Detected' };
    case 'IncidentClosed':
      return { state: 'Closed', closedAt: event.data.occurredAt };
    case 'IncidentCanceled': {
      const { cause, duplicateOf, note } = event.data;
      return { state: 'Canceled', canceled: { cause, ...(duplicateOf && { duplicateOf }), ...(note && { note }) } };
    }
    case 'CauseProposed':
      return {
        scoringVersion: event.data.scoringVersion,
        candidates: event.data.candidates.map(candidate => ({ ...candidate, verdict: 'open' })),
      };
    case 'CauseConfirmed':
      return confirmed(view, event.data);
    case 'CauseRejected':
      return {
        candidates: judged(view, event.data.deploymentId, 'rejected'),
        causes: view.causes.filter(({ deploymentId }) => deploymentId !== event.data.deploymentId),
      };
    default:
      return {};
  }
};

const attached = (view: IncidentView, data: Of<'AlertAttached'>): Partial<IncidentView> => {
  const { alertId, fingerprint, groupKey, status, occurredAt, serviceIds = [] } = data;
  const others = view.alerts.filter(each => each.alertId !== alertId);
  const alerts = [...others, { alertId, fingerprint, groupKey, status, at: occurredAt }];
  return {
    alerts,
    quiet: alerts.every(each => each.status === 'resolved'),
    serviceIds: [...new Set([...view.serviceIds, ...serviceIds])],
  };
};

const RESTORED: readonly string[] = ['mitigatedAt', 'mitigatedBy', 'resolvedAt'];

const unrestored = (view: IncidentView): IncidentView =>
  Object.fromEntries(Object.entries(view).filter(([field]) => !RESTORED.includes(field))) as IncidentView;

const NO_CHANGE = ['not-change-related', 'unknown'];

const confirmed = (view: IncidentView, data: Of<'CauseConfirmed'>): Partial<IncidentView> => {
  const { kind, deploymentId, changeId, primary, note, actor, occurredAt } = data;
  const subject = { kind, ...(deploymentId && { deploymentId }), ...(changeId && { changeId }) };
  const cause: Cause = { ...subject, primary, ...(note && { note }), by: actor, at: occurredAt };
  const isSame = (each: Cause): boolean =>
    each.kind === kind && each.deploymentId === deploymentId && (kind === 'deployment' || each.changeId === changeId);
  const others = view.causes.filter(each => !isSame(each) && !NO_CHANGE.includes(each.kind));
  return {
    causes: [...others.map(each => (primary ? { ...each, primary: false } : each)), cause],
    candidates: deploymentId === undefined ? view.candidates : judged(view, deploymentId, 'confirmed'),
  };
};

const judged = (
  view: IncidentView,
  deploymentId: string,
  verdict: 'confirmed' | 'rejected',
): IncidentView['candidates'] =>
  view.candidates.map(each => (each.deploymentId === deploymentId ? { ...each, verdict } : each));

const lineOf = ({ type, data }: IncidentEvent): Line => ({
  event: type,
  occurredAt: data.occurredAt,
  recordedAt: data.recordedAt,
  actor: data.actor,
  ...(data.onBehalfOf && { onBehalfOf: data.onBehalfOf }),
  ...('deploymentId' in data && data.deploymentId && { deploymentId: data.deploymentId }),
  ...('alertId' in data && { alertId: data.alertId, status: data.status }),
  ...textOf(data),
});

const textOf = (data: IncidentEvent['data']): { text?: string } => {
  const text =
    ('reason' in data && data.reason) || ('note' in data && data.note) || ('text' in data && data.text) || undefined;
  return text === undefined ? {} : { text };
};

// The sort is stable: what happened at the same moment stays as it was recorded.
const inOrder = (lines: readonly Line[]): readonly Line[] =>
  lines.toSorted((one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt));
