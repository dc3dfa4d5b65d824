import type { Message } from '@slipway/event-sourcing';
import type { EscalateIncident, OverdueAcknowledgement } from './acknowledgement.ts';
import type { ConfirmCause, ProposeCauses, RejectCandidate, WithdrawCause } from './causes.ts';
import type { Classify, CorrectAwareness, DeclareMajor, LiftMajor } from './classification.ts';
import type { CorrectImpactInterval, CorrectImpactStart } from './impact.ts';
import type { AbsorbIncident, MergeIncident, SplitIncident } from './merging.ts';
import type { Severity } from './severity.ts';
import type { TaskCommand } from './tasks.ts';
import type { AssignRole, EndRole } from './war-room.ts';

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
    /** Split off from this one. */
    fromIncidentId?: string;
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
/** An alert of an incident that was merged into this one, or that this one was split from. */
export type TakeOverAlert = Message<
  'TakeOverAlert',
  Pick<AttachAlert['data'], 'alertId' | 'fingerprint' | 'groupKey' | 'status' | 'serviceIds' | 'occurredAt'>
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
export type IncidentCommand =
  | OpenIncident
  | AttachAlert
  | TakeOverAlert
  | AcknowledgeIncident
  | OverdueAcknowledgement
  | EscalateIncident
  | MitigateIncident
  | ResolveIncident
  | ReopenIncident
  | CancelIncident
  | CloseIncident
  | MergeIncident
  | AbsorbIncident
  | SplitIncident
  | Classify
  | DeclareMajor
  | LiftMajor
  | CorrectAwareness
  | CorrectImpactStart
  | CorrectImpactInterval
  | ProposeCauses
  | ConfirmCause
  | RejectCandidate
  | WithdrawCause
  | AssignRole
  | EndRole
  | TaskCommand;
