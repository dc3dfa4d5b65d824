import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ConfidenceIntervalDto,
  FailureDto,
  FigureComparisonDto,
  MeasuredDto,
  NamedDto,
  RestatedDto,
  SpanDto,
} from './metrics.dto.ts';

const instant = { format: 'date-time' } as const;

const intervalOrNull = { type: ConfidenceIntervalDto, nullable: true } as const;
const numberOrNull = { type: Number, nullable: true } as const;

export class HeadlineDto {
  @ApiProperty() measure!: string;
  @ApiProperty({ example: 'first/2' }) definition!: string;
  @ApiProperty() title!: string;
  @ApiProperty() series!: string;
  @ApiProperty({ enum: ['ratio', 'per-day', 'seconds'] }) unit!: string;
  @ApiProperty({ ...numberOrNull, description: 'Of durations the median. Null: there was nothing to measure.' })
  value!: number | null;
  @ApiPropertyOptional({ example: 'no-rollout-finished' }) reason?: string;
  @ApiPropertyOptional(numberOrNull) p90?: number | null;
  @ApiPropertyOptional(numberOrNull) mean?: number | null;
  @ApiProperty() numerator!: number;
  @ApiProperty() denominator!: number;
  @ApiProperty({ ...intervalOrNull, description: 'With a confidence of 95 %.' })
  interval!: ConfidenceIntervalDto | null;
  @ApiProperty({ description: 'How many the population has.' }) counted!: number;
  @ApiProperty(numberOrNull) dataQuality!: number | null;
  @ApiPropertyOptional({ type: FigureComparisonDto }) comparison?: FigureComparisonDto;
  @ApiProperty({ description: 'How many are not over yet.' }) open!: number;
  @ApiProperty(numberOrNull) oldestOpenSeconds!: number | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'How many, by what is wrong.',
  })
  doubts!: Record<string, number>;
}

export class ReportPartDto {
  @ApiPropertyOptional() by?: string;
  @ApiPropertyOptional() id?: string;
  @ApiPropertyOptional() name?: string;
  @ApiPropertyOptional({ example: '2026-03' }) period?: string;
  @ApiProperty(instant) from!: string;
  @ApiProperty(instant) to!: string;
  @ApiProperty() blend!: boolean;
  @ApiProperty({ type: HeadlineDto, isArray: true }) figures!: HeadlineDto[];
  @ApiPropertyOptional({ type: RestatedDto, isArray: true }) restatements?: RestatedDto[];
}

const GATES = ['canary-first', 'additional-approval', 'tests-before-production', 'emergency-review'];

export class GateRuleDto {
  @ApiProperty({ example: 'rollback-rate-rose' }) rule!: string;
  @ApiProperty({ example: 'first/1' }) version!: string;
  @ApiProperty() measure!: string;
  @ApiProperty() series!: string;
  @ApiProperty({ enum: ['higher', 'lower'] }) verdict!: string;
  @ApiProperty({ enum: GATES }) gate!: string;
  @ApiProperty() proposal!: string;
  @ApiProperty() reason!: string;
}

export class GateProposalDto {
  @ApiProperty() rule!: string;
  @ApiProperty() version!: string;
  @ApiProperty() serviceId!: string;
  @ApiProperty() service!: string;
  @ApiProperty({ enum: GATES }) gate!: string;
  @ApiProperty() proposal!: string;
  @ApiProperty() reason!: string;
  @ApiProperty() measure!: string;
  @ApiProperty() series!: string;
  @ApiProperty() definition!: string;
  @ApiProperty(numberOrNull) value!: number | null;
  @ApiProperty() numerator!: number;
  @ApiProperty() denominator!: number;
  @ApiProperty({ type: FigureComparisonDto }) comparison!: FigureComparisonDto;
}

export class GateProposalsDto {
  @ApiProperty({ type: GateRuleDto, isArray: true }) rules!: GateRuleDto[];
  @ApiProperty({ description: 'Figures with enough on both sides to tell a difference from chance.' })
  comparable!: number;
  @ApiProperty({ type: GateProposalDto, isArray: true, description: 'For people to decide on: none is applied.' })
  items!: GateProposalDto[];
}

export class ExecutiveReportDto {
  @ApiProperty({ example: '2026-03' }) month!: string;
  @ApiPropertyOptional({ type: NamedDto }) service?: NamedDto;
  @ApiPropertyOptional({ type: NamedDto }) application?: NamedDto;
  @ApiPropertyOptional({ type: NamedDto }) environment?: NamedDto;
  @ApiPropertyOptional() team?: string;
  @ApiPropertyOptional() region?: string;
  @ApiPropertyOptional({ type: SpanDto }) comparedWith?: SpanDto;
  @ApiProperty(instant) from!: string;
  @ApiProperty(instant) to!: string;
  @ApiProperty({ example: 'Europe/Berlin' }) zone!: string;
  @ApiProperty({ description: 'The log position of the facts.' }) position!: number;
  @ApiProperty() blend!: boolean;
  @ApiProperty({ type: HeadlineDto, isArray: true }) figures!: HeadlineDto[];
  @ApiProperty({ type: ReportPartDto, isArray: true, description: 'Twelve months, this one last.' })
  trend!: ReportPartDto[];
  @ApiProperty({ type: ReportPartDto, isArray: true, description: 'None in a report of one.' }) teams!: ReportPartDto[];
  @ApiProperty({ type: ReportPartDto, isArray: true }) services!: ReportPartDto[];
  @ApiProperty({ type: GateProposalsDto }) proposals!: GateProposalsDto;
  @ApiPropertyOptional({ type: RestatedDto, isArray: true }) restatements?: RestatedDto[];
}

export class WindowOfReleaseDto {
  @ApiProperty(instant) start!: string;
  @ApiProperty(instant) end!: string;
}

export class EndOfReleaseDto {
  @ApiProperty({ enum: ['full', 'partial', 'rolled-back', 'canceled', 'withdrawn'] }) how!: string;
  @ApiProperty(instant) at!: string;
}

export class ScopeOfReleaseDto {
  @ApiProperty() key!: string;
  @ApiProperty({ enum: ['feature', 'fix', 'tech-debt', 'regulatory'] }) kind!: string;
  @ApiProperty() title!: string;
}

export class ArtifactOfReleaseDto {
  @ApiProperty() serviceId!: string;
  @ApiProperty() service!: string;
  @ApiProperty() digest!: string;
  @ApiProperty({ description: 'How many.' }) commits!: number;
  @ApiProperty({ description: 'How many.' }) pullRequests!: number;
}

const KINDS = ['planned', 'hotfix', 'rollback', 'redeploy', 'activation'];
const OUTCOMES = ['running', 'succeeded', 'failed', 'rolled-back-for-a-fault', 'rolled-back-for-business', 'canceled'];

export class RunOfReleaseDto {
  @ApiProperty() deploymentId!: string;
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty() serviceId!: string;
  @ApiProperty() service!: string;
  @ApiProperty() environmentId!: string;
  @ApiProperty() environment!: string;
  @ApiProperty() wave!: number;
  @ApiProperty(instant) startedAt!: string;
  @ApiPropertyOptional(instant) trafficAt?: string;
  @ApiPropertyOptional(instant) endedAt?: string;
  @ApiProperty({ enum: OUTCOMES }) outcome!: string;
  @ApiPropertyOptional() undoes?: string;
}

export class RolloutOfReleaseDto {
  @ApiProperty() id!: string;
  @ApiProperty() serviceId!: string;
  @ApiProperty() service!: string;
  @ApiPropertyOptional() changeId?: string;
  @ApiProperty({ enum: ['planned', 'hotfix', 'activation'] }) kind!: string;
  @ApiProperty({ enum: ['finished', 'open', 'aborted', 'unreported', 'unknown'] }) state!: string;
  @ApiProperty(instant) startedAt!: string;
  @ApiPropertyOptional(instant) finishedAt?: string;
  @ApiProperty({ type: FailureDto, isArray: true }) failures!: FailureDto[];
  @ApiProperty({ type: String, isArray: true, description: 'For which reasons runs of it were rolled back.' })
  rolledBack!: string[];
  @ApiProperty({ type: String, isArray: true, description: 'What is impossible about it.' }) contradictions!: string[];
  @ApiProperty({ type: RunOfReleaseDto, isArray: true }) runs!: RunOfReleaseDto[];
}

export class ChangeOfReleaseDto {
  @ApiProperty() changeId!: string;
  @ApiProperty({ enum: ['standard', 'normal', 'emergency'] }) model!: string;
  @ApiPropertyOptional(instant) requestedAt?: string;
  @ApiPropertyOptional(instant) approvedAt?: string;
  @ApiPropertyOptional() approvalSeconds?: number;
  @ApiPropertyOptional() approvalBusinessSeconds?: number;
  @ApiProperty({ description: 'How often it was approved.' }) approvals!: number;
  @ApiProperty({ description: 'An approval was asked for, and not given since.' }) awaiting!: boolean;
  @ApiProperty() breakGlass!: boolean;
  @ApiProperty() unauthorized!: boolean;
  @ApiPropertyOptional(instant) implementedAt?: string;
  @ApiPropertyOptional(instant) closedAt?: string;
  @ApiPropertyOptional({ enum: ['successful', 'successful-with-issues', 'unsuccessful'] }) closeCode?: string;
  @ApiPropertyOptional(instant) canceledAt?: string;
}

export class IncidentOfReleaseDto {
  @ApiProperty() incidentId!: string;
  @ApiProperty(instant) impactStartedAt!: string;
  @ApiProperty(instant) detectedAt!: string;
  @ApiProperty({ description: 'A duplicate or a false alarm.' }) canceled!: boolean;
  @ApiPropertyOptional(instant) restoredAt?: string;
  @ApiPropertyOptional({ description: 'Of an open one, since its detection.' }) ageSeconds?: number;
  @ApiPropertyOptional({ description: 'Impact start to restored.' }) impactSeconds?: number;
  @ApiProperty({ description: 'Its times contradict each other: no duration can be made of them.' })
  contradictory!: boolean;
  @ApiProperty({ type: String, isArray: true, description: 'Deployments of this release.' }) causes!: string[];
}

export class LimitOfCriterionDto {
  @ApiProperty({ example: 'change-fail-rate' }) measure!: string;
  @ApiProperty() series!: string;
  @ApiProperty({ enum: ['value', 'p90', 'mean'] }) statistic!: string;
  @ApiProperty({ enum: ['above', 'below'] }) condition!: string;
  @ApiProperty() limit!: number;
  @ApiProperty({ description: 'So many days after the release.' }) days!: number;
}

export class MeasuredOfCriterionDto {
  @ApiProperty() value!: number;
  @ApiProperty({ example: 'first/2' }) definition!: string;
  @ApiProperty() position!: number;
  @ApiProperty() counted!: number;
}

export class CriterionOfReleaseDto {
  @ApiProperty() id!: string;
  @ApiProperty() title!: string;
  @ApiPropertyOptional({ type: LimitOfCriterionDto, description: 'Absent: it is judged in words.' })
  measurement?: LimitOfCriterionDto;
  @ApiPropertyOptional({ enum: ['met', 'not-met', 'not-judgeable'], description: 'Absent: not judged yet.' })
  verdict?: string;
  @ApiPropertyOptional(instant) judgedAt?: string;
  @ApiPropertyOptional({ type: MeasuredOfCriterionDto }) measured?: MeasuredOfCriterionDto;
}

export class ReleaseSummaryDto {
  @ApiProperty() id!: string;
  @ApiPropertyOptional({ example: 'REL-12' }) number?: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'By stream: `deployment-…`.' })
  numbers!: Record<string, string>;
  @ApiPropertyOptional() title?: string;
  @ApiPropertyOptional({ enum: ['major', 'minor', 'patch', 'emergency', 'hotfix'] }) class?: string;
  @ApiPropertyOptional({ type: WindowOfReleaseDto }) window?: WindowOfReleaseDto;
  @ApiPropertyOptional({ type: EndOfReleaseDto }) ended?: EndOfReleaseDto;
  @ApiProperty({ type: ScopeOfReleaseDto, isArray: true }) scope!: ScopeOfReleaseDto[];
  @ApiProperty({ type: CriterionOfReleaseDto, isArray: true, description: 'Declared while it was planned.' })
  successCriteria!: CriterionOfReleaseDto[];
  @ApiProperty({ type: ArtifactOfReleaseDto, isArray: true }) artifacts!: ArtifactOfReleaseDto[];
  @ApiProperty({ type: RolloutOfReleaseDto, isArray: true }) rollouts!: RolloutOfReleaseDto[];
  @ApiProperty({ type: RunOfReleaseDto, isArray: true, description: 'What undid a deployment of it.' })
  rollbacks!: RunOfReleaseDto[];
  @ApiProperty({ type: RunOfReleaseDto, isArray: true, description: 'What mended one, or an incident of it.' })
  hotfixes!: RunOfReleaseDto[];
  @ApiProperty({ type: ChangeOfReleaseDto, isArray: true }) changes!: ChangeOfReleaseDto[];
  @ApiProperty({ type: IncidentOfReleaseDto, isArray: true }) incidents!: IncidentOfReleaseDto[];
  @ApiProperty({ type: MeasuredDto, isArray: true, description: 'Of this release alone.' }) measures!: MeasuredDto[];
  @ApiProperty({ example: 'Europe/Berlin' }) zone!: string;
  @ApiProperty(instant) asOf!: string;
  @ApiProperty({ description: 'The log position of the facts.' }) position!: number;
}
