import type { Message } from '@slipway/event-sourcing';
import type { ConfirmCause, ProposeCauses, RejectCandidate } from './causes.ts';
import type { Severity } from './severity.ts';

export type AlertStatus = 'firing' | 'acknowledged' | 'resolved';
/** What a person tells afterwards says when it happened. */
type At = Readonly<{ occurredAt?: string }>;

/** By a person or for a failed verification; `coveredBy`: an open incident that tells of the same already. */
export type OpenIncident = Message<
  'OpenIncident',
  Readonly<{
    title: string;
    severity: Severity;
    major: boolean;
    serviceIds: readonly string[];
    environmentId?: string;
    detectedBy: 'verification' | 'person';
    impactStartedAt?: string;
    description?: string;
    deploymentId?: string;
    coveredBy?: string;
  }> &
    At
>;
/** Opens the incident when there is none yet. `occurredAt` is when the alert came to this status. */
export type AttachAlert = Message<
  'AttachAlert',
  Readonly<{
    alertId: string;
    fingerprint: string;
    groupKey: string;
    status: AlertStatus;
    title: string;
    severity: Severity;
    serviceIds: readonly string[];
    environmentId?: string;
    startsAt: string;
    occurredAt: string;
  }>
>;
export type AcknowledgeIncident = Message<'AcknowledgeIncident', At>;
export type MitigateIncident = Message<'MitigateIncident', Readonly<{ deploymentId?: string; note?: string }> & At>;
export type ResolveIncident = Message<'ResolveIncident', Readonly<{ note?: string }> & At>;
export type ReopenIncident = Message<'ReopenIncident', Readonly<{ reason: string }> & At>;
export type CancelIncident = Message<
  'CancelIncident',
  Readonly<{ cause: 'duplicate' | 'false-alarm'; duplicateOf?: string; note?: string; incidentId: string }>
>;
export type CloseIncident = Message<'CloseIncident', At>;
export type CorrectImpactStart = Message<'CorrectImpactStart', Readonly<{ impactStartedAt: string; reason: string }>>;
export type IncidentCommand =
  | OpenIncident
  | AttachAlert
  | AcknowledgeIncident
  | MitigateIncident
  | ResolveIncident
  | ReopenIncident
  | CancelIncident
  | CloseIncident
  | CorrectImpactStart
  | ProposeCauses
  | ConfirmCause
  | RejectCandidate;
