import type { Message } from '@slipway/event-sourcing';
import type { ConfirmCause, ProposeCauses, RejectCandidate } from './causes.ts';
import type { Severity } from './severity.ts';

export type AlertStatus = 'firing' | 'acknowledged' | 'resolved';
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
  }>
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
export type AcknowledgeIncident = Message<'AcknowledgeIncident'>;
export type MitigateIncident = Message<'MitigateIncident', Readonly<{ deploymentId?: string; note?: string }>>;
export type ResolveIncident = Message<'ResolveIncident', Readonly<{ note?: string }>>;
export type ReopenIncident = Message<'ReopenIncident', Readonly<{ reason: string }>>;
export type CancelIncident = Message<
  'CancelIncident',
  Readonly<{ cause: 'duplicate' | 'false-alarm'; duplicateOf?: string; note?: string; incidentId: string }>
>;
export type CloseIncident = Message<'CloseIncident'>;
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
