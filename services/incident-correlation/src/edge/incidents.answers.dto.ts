import { IntersectionType } from '@nestjs/swagger';
import { ApiProperty } from '@nestjs/swagger';
import { Choice, Flag, Id, Instant, Integer, ListOf, Nested, Optional, Text, Texts } from '@slipway/edge';
import { RecordAnswer } from '@slipway/records';
import { ROLES } from './incident-work.dto.ts';
import { CANCEL_CAUSES, CAUSE_KINDS, SEVERITIES } from './incidents.dto.ts';
import { TaskAnswer } from './tasks.dto.ts';

export const STATES = ['Detected', 'Acknowledged', 'Mitigated', 'Resolved', 'Closed', 'Canceled'] as const;
export const DETECTED_BY = ['alert', 'verification', 'person', 'import'] as const;
export const VERDICTS = ['open', 'confirmed', 'rejected'] as const;
const Points = (): PropertyDecorator => ApiProperty({ type: Number });

class IncidentFacts {
  @Id() readonly id!: string;
  @Text(40) @Optional() readonly number?: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(200) readonly title!: string;
  @Choice(...SEVERITIES) readonly severity!: string;
  @Flag() readonly major!: boolean;
  @Choice(...STATES) readonly state!: string;
  @Choice(...DETECTED_BY) readonly detectedBy!: string;
  @Texts(1_000, 64) readonly serviceIds!: readonly string[];
  @Id() @Optional() readonly environmentId?: string;
  @Instant() readonly detectedAt!: string;
  @Instant() readonly impactStartedAt!: string;
  @Instant() @Optional() readonly mitigatedAt?: string;
  @Instant() @Optional() readonly resolvedAt?: string;
}

/** A row of the list. */
export class IncidentRowDto extends IncidentFacts {
  @Integer(0, Number.MAX_SAFE_INTEGER) readonly firingAlerts!: number;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
}

export class IncidentCountsDto {
  /** By state; states of which there is none are absent. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  readonly byState!: Readonly<Record<string, number>>;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  readonly bySeverity!: Readonly<Record<string, number>>;

  @Integer(0, Number.MAX_SAFE_INTEGER) readonly total!: number;
}

class CandidateReasonDto {
  @Text(100) readonly reason!: string;
  @Points() readonly points!: number;
  @Text(500) readonly detail!: string;
}

class CandidateDto {
  @Id() readonly deploymentId!: string;
  @Id() @Optional() readonly changeId?: string;
  @Points() readonly score!: number;
  @ListOf(CandidateReasonDto, 20) readonly reasons!: readonly CandidateReasonDto[];
  @Choice(...VERDICTS) readonly verdict!: string;
}

class CauseDto {
  @Choice(...CAUSE_KINDS) readonly kind!: string;
  @Id() @Optional() readonly deploymentId?: string;
  @Id() @Optional() readonly changeId?: string;
  @Flag() readonly primary!: boolean;
  @Text(4_000) @Optional() readonly note?: string;
  @Id() readonly by!: string;
  @Instant() readonly at!: string;
}

class AttachedAlertDto {
  @Id() readonly alertId!: string;
  @Text(200) readonly fingerprint!: string;
  @Text(4_000) readonly groupKey!: string;
  @Choice('firing', 'acknowledged', 'resolved') readonly status!: string;
  @Instant() readonly at!: string;
  @Texts(1_000, 64) readonly serviceIds!: readonly string[];
}

class LineDto {
  @Text(100) readonly event!: string;
  @Instant() readonly occurredAt!: string;
  @Instant() readonly recordedAt!: string;
  @Text(100) readonly actor!: string;
  @Text(100) @Optional() readonly onBehalfOf?: string;
  @Id() @Optional() readonly deploymentId?: string;
  @Id() @Optional() readonly alertId?: string;
  @Text(40) @Optional() readonly status?: string;
  @Text(4_000) @Optional() readonly text?: string;
}

class CanceledDto {
  @Choice(...CANCEL_CAUSES) readonly cause!: string;
  @Id() @Optional() readonly duplicateOf?: string;
  @Text(4_000) @Optional() readonly note?: string;
}

class IntervalDto {
  @Instant() readonly startedAt!: string;
  @Instant() @Optional() readonly endedAt?: string;
}

class HeldRoleDto {
  @Choice(...ROLES) readonly role!: string;
  @Id() readonly person!: string;
}

class EscalationDto {
  @Integer(1, 100) readonly level!: number;
  @Choice(...ROLES) readonly role!: string;
  @Id() @Optional() readonly person?: string;
  @Text(4_000) @Optional() readonly reason?: string;
  @Instant() readonly at!: string;
}

class NamedRecordDto {
  @Text(100) readonly system!: string;
  @Text(200) readonly key!: string;
  /** That it has here once it is imported. */
  @Id() readonly id!: string;
}

class NamedCauseDto {
  @Choice('deployment', 'change', 'external', 'not-change-related', 'unknown') readonly kind!: string;
  @Nested(NamedRecordDto) @Optional() readonly record?: NamedRecordDto;
}

/** Where it was imported from. */
class ImportedIncidentAnswer {
  @Text(100) readonly system!: string;
  @Text(200) readonly key!: string;
  @Text(2_000) @Optional() readonly url?: string;
  @Id() readonly batch!: string;
  /** What is named there as causes: no verdict. */
  @ListOf(NamedCauseDto, 20) readonly namedCauses!: readonly NamedCauseDto[];
}

export class IncidentDto extends IntersectionType(IncidentFacts, RecordAnswer) {
  @Nested(ImportedIncidentAnswer) @Optional() readonly imported?: ImportedIncidentAnswer;
  @Text(20_000) @Optional() readonly description?: string;
  @Id() @Optional() readonly owner?: string;
  @Id() @Optional() readonly deploymentId?: string;
  /** The incident that it was split from. */
  @Id() @Optional() readonly fromIncidentId?: string;
  @ListOf(IntervalDto, 10_000) readonly impact!: readonly IntervalDto[];
  @Instant() @Optional() readonly awareAt?: string;
  @Instant() @Optional() readonly classifiedAt?: string;
  @Instant() @Optional() readonly acknowledgedAt?: string;
  @Flag() readonly acknowledgementOverdue!: boolean;
  @Instant() @Optional() readonly acknowledgementDueAt?: string;
  @ListOf(EscalationDto, 100) readonly escalations!: readonly EscalationDto[];
  @ListOf(HeldRoleDto, 1_000) readonly roles!: readonly HeldRoleDto[];
  @ListOf(TaskAnswer, 500) readonly tasks!: readonly TaskAnswer[];
  /** The incident that goes on with all it had. */
  @Id() @Optional() readonly mergedInto?: string;
  @Texts(1_000, 64) readonly absorbed!: readonly string[];
  @Texts(1_000, 64) readonly splitInto!: readonly string[];
  @Id() @Optional() readonly mitigatedBy?: string;
  @Instant() @Optional() readonly closedAt?: string;
  @Nested(CanceledDto) @Optional() readonly canceled?: CanceledDto;
  @ListOf(AttachedAlertDto, 10_000) readonly alerts!: readonly AttachedAlertDto[];
  @Flag() readonly quiet!: boolean;
  @Text(40) @Optional() readonly scoringVersion?: string;
  @ListOf(CandidateDto, 10) readonly candidates!: readonly CandidateDto[];
  @ListOf(CauseDto, 100) readonly causes!: readonly CauseDto[];
  @ListOf(LineDto, 100_000) readonly timeline!: readonly LineDto[];
}

/** What may have caused it, most likely first, and what a person found. */
export class CandidatesDto {
  @Id() readonly id!: string;
  @Text(40) @Optional() readonly number?: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Instant() readonly impactStartedAt!: string;
  @Text(40) @Optional() readonly scoringVersion?: string;
  @ListOf(CandidateDto, 10) readonly candidates!: readonly CandidateDto[];
  @ListOf(CauseDto, 100) readonly causes!: readonly CauseDto[];
}
