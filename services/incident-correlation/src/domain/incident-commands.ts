import type { IncidentEvent } from '@slipway/contracts';
import type { Message, Stamp } from '@slipway/event-sourcing';
import type { ConfirmCause, ProposeCauses, RejectCandidate, WithdrawCause } from './causes.ts';
import type { HeldRole } from './roles.ts';
import type { Severity } from './severity.ts';
import type { TaskCommand } from './tasks.ts';

type Facts<Type extends IncidentEvent['type']> = Omit<Extract<IncidentEvent, { type: Type }>['data'], keyof Stamp>;

export type IncidentStatus = 'none' | 'detected' | 'acknowledged' | 'mitigated' | 'resolved' | 'closed' | 'canceled';
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
/** By a timer: it should have been acknowledged at `dueAt`. */
export type OverdueAcknowledgement = Message<
  'OverdueAcknowledgement',
  Readonly<{ severity: Severity; targetMinutes: number; dueAt: string }>
>;
export type EscalateIncident = Message<'EscalateIncident', Readonly<{ reason: string }>>;
export type MitigateIncident = Message<'MitigateIncident', Readonly<{ deploymentId?: string; note?: string }>>;
export type ResolveIncident = Message<'ResolveIncident', Readonly<{ note?: string }>>;
export type ReopenIncident = Message<'ReopenIncident', Readonly<{ reason: string }>>;
export type CancelIncident = Message<
  'CancelIncident',
  Readonly<{
    cause: 'duplicate' | 'false-alarm';
    duplicateOf?: string;
    note?: string;
    incidentId: string;
    /** How the one stands that it repeats. */
    repeats?: IncidentStatus;
  }>
>;
export type CloseIncident = Message<'CloseIncident'>;

/** What is known of the one that it is merged into; `chain`: where that one went, and so on. */
export type MergeTarget = Readonly<{ status: IncidentStatus; chain: readonly string[] }>;
export type MergeIncident = Message<
  'MergeIncident',
  Readonly<{ incidentId: string; intoIncidentId: string; reason?: string; into?: MergeTarget }>
>;
/** What came with one that was merged into this. `reason`: of an impact that began earlier than was thought. */
export type AbsorbIncident = Message<'AbsorbIncident', Facts<'IncidentAbsorbed'> & Readonly<{ reason?: string }>>;
export type SplitIncident = Message<'SplitIncident', Facts<'AlertsSplitOff'>>;

/** A person judges how severe it is; `stamp.occurredAt` is when. */
export type Classify = Message<'Classify', Readonly<{ severity: Severity; reason: string }>>;
export type DeclareMajor = Message<'DeclareMajor', Readonly<{ reason: string }>>;
export type LiftMajor = Message<'LiftMajor', Readonly<{ reason: string }>>;
export type CorrectAwareness = Message<'CorrectAwareness', Readonly<{ awareAt: string; reason: string }>>;
export type CorrectImpactStart = Message<'CorrectImpactStart', Readonly<{ impactStartedAt: string; reason: string }>>;
/** `interval`: from 1. Without `endedAt` its end stays as it is. */
export type CorrectImpactInterval = Message<
  'CorrectImpactInterval',
  Readonly<{ interval: number; startedAt: string; endedAt?: string; reason: string }>
>;

export type AssignRole = Message<'AssignRole', HeldRole>;
export type EndRole = Message<'EndRole', HeldRole>;

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
