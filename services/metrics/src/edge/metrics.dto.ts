import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class EarlierDto {
  @ApiProperty({ example: 'first/1' }) version!: string;
  @ApiProperty({ description: 'What it counted otherwise.' }) difference!: string;
}

export class DefinitionDto {
  @ApiProperty() measure!: string;
  @ApiProperty({ example: 'first/2' }) version!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ description: 'What is counted, and what is not.' }) text!: string;
  @ApiProperty() source!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) series!: Record<string, string>;
  @ApiProperty({ type: EarlierDto, isArray: true }) earlier!: readonly EarlierDto[];
}

export class DefinitionsDto {
  @ApiProperty({ type: DefinitionDto, isArray: true }) definitions!: DefinitionDto[];
}

export class ListedDto {
  @ApiProperty({ example: 'aborted-before-traffic' }) reason!: string;
  @ApiProperty() count!: number;
  @ApiProperty({ type: String, isArray: true, required: false, description: 'Of a slice only when asked for.' })
  ids?: string[];
}

export class OpenDto {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date-time' }) since!: string;
  @ApiProperty() ageSeconds!: number;
}

export class FailureDto {
  @ApiProperty({ enum: ['run-failed', 'rolled-back-for-a-fault', 'remediated-by-hotfix', 'confirmed-cause'] })
  reason!: string;
  @ApiProperty({ description: 'The run, the hotfix or the incident that says so.' }) by!: string;
}

export class MemberDto {
  @ApiProperty({ description: 'A rollout, an incident, a change, a commit or a pull request.' }) id!: string;
  @ApiProperty({ format: 'date-time', description: 'By this instant it is in the period.' }) at!: string;
  @ApiProperty({ required: false }) seconds?: number;
  @ApiProperty({ type: String, isArray: true, required: false }) deploymentIds?: string[];
  @ApiProperty({ required: false }) incidentId?: string;
  @ApiProperty({ required: false }) changeId?: string;
  @ApiProperty({ type: FailureDto, isArray: true, required: false }) failures?: FailureDto[];
}

export class CheckDto {
  @ApiProperty({ example: 'commits-known', description: 'What is as it should be.' }) check!: string;
  @ApiProperty() of!: number;
  @ApiProperty() good!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Null: there was nothing to ask.' }) share!: number | null;
  @ApiProperty({
    type: String,
    isArray: true,
    required: false,
    description: 'The others; of a slice only when asked for.',
  })
  missing?: readonly string[];
}

export class ConfidenceIntervalDto {
  @ApiProperty() low!: number;
  @ApiProperty() high!: number;
  @ApiProperty({ example: 'Wilson score' }) method!: string;
}

export class BeforeDto {
  @ApiProperty({ type: Number, nullable: true }) value!: number | null;
  @ApiProperty() numerator!: number;
  @ApiProperty() denominator!: number;
}

const intervalOrNull = {
  type: ConfidenceIntervalDto,
  nullable: true,
  description: 'With a confidence of 95 %.',
} as const;

export class FigureComparisonDto {
  @ApiProperty({ type: BeforeDto }) before!: BeforeDto;
  @ApiProperty({ type: Number, nullable: true, description: 'This period less the one before.' })
  difference!: number | null;
  @ApiProperty(intervalOrNull) interval!: ConfidenceIntervalDto | null;
  @ApiProperty({
    enum: ['higher', 'lower', 'unclear'],
    description: 'Unclear: the interval of the difference holds no difference at all, or there is none.',
  })
  verdict!: string;
}

export class BandDto {
  @ApiProperty({ description: 'Of respondents, by all measures at once: a single figure belongs to none.' })
  group!: string;
  @ApiProperty({ example: 'one day to one week' }) said!: string;
  @ApiProperty({ description: 'In the unit of the series.' }) from!: number;
  @ApiPropertyOptional({ description: 'Absent: there is no bound.' }) to?: number;
}

export class BesideDto {
  @ApiProperty({ example: 'dora-2024' }) edition!: string;
  @ApiProperty() name!: string;
  @ApiProperty() year!: number;
  @ApiProperty({ type: BandDto, isArray: true }) bands!: readonly BandDto[];
}

const numberOrNull = { type: Number, nullable: true, required: false } as const;

export class FigureDto {
  @ApiProperty() series!: string;
  @ApiProperty({ enum: ['ratio', 'per-day', 'seconds'] }) unit!: string;
  @ApiProperty({
    ...numberOrNull,
    required: true,
    description: 'Of durations the median. Null: there was nothing to measure.',
  })
  value!: number | null;
  @ApiPropertyOptional({ example: 'no-rollout-finished', description: 'Why there is no value.' }) reason?: string;
  @ApiProperty(intervalOrNull) interval!: ConfidenceIntervalDto | null;
  @ApiProperty(numberOrNull) median?: number | null;
  @ApiProperty(numberOrNull) p90?: number | null;
  @ApiProperty(numberOrNull) mean?: number | null;
  @ApiProperty({ description: 'Of durations the sum of the seconds.' }) numerator!: number;
  @ApiProperty({ description: 'Of durations their count.' }) denominator!: number;
  @ApiProperty({ description: 'How many the population has.' }) counted!: number;
  @ApiProperty({ type: MemberDto, isArray: true, required: false, description: 'Of a slice only when asked for.' })
  population?: MemberDto[];
  @ApiProperty({ type: MemberDto, isArray: true, description: 'With durations that cannot be: in no figure.' })
  contradictory!: MemberDto[];
  @ApiProperty({ type: OpenDto, isArray: true, description: 'Not over yet: in no figure.' }) open!: OpenDto[];
  @ApiProperty({ type: ListedDto, isArray: true, description: 'Counted apart, or worth to be seen.' })
  listed!: ListedDto[];
  @ApiProperty({ type: ListedDto, isArray: true, description: 'Missing or impossible facts.' }) doubts!: ListedDto[];
  @ApiProperty({
    ...numberOrNull,
    required: true,
    description: 'The share in question whose facts are complete and possible.',
  })
  dataQuality!: number | null;
  @ApiProperty({ type: CheckDto, isArray: true, description: 'Questions to the facts, and their answers.' })
  checks!: CheckDto[];
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'number' } }) beside?: Record<string, number>;
  @ApiPropertyOptional({ type: FigureComparisonDto }) comparison?: FigureComparisonDto;
  @ApiPropertyOptional({ type: BesideDto, description: 'What an edition says of this series; no verdict.' })
  benchmark?: BesideDto;
}

export class MeasuredDto {
  @ApiProperty() measure!: string;
  @ApiProperty({ example: 'first/1' }) definition!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: FigureDto, isArray: true }) figures!: FigureDto[];
}

export class NamedDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
}

export class SpanDto {
  @ApiProperty({ format: 'date-time' }) from!: string;
  @ApiProperty({ format: 'date-time' }) to!: string;
}

export class RestatedDto {
  @ApiProperty({ description: 'Of `GET /v1/restatements`.' }) id!: string;
  @ApiProperty({ example: '2026-03' }) period!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty() position!: number;
  @ApiProperty({ description: 'How many figures changed, of all services.' }) figures!: number;
}

const RESTATED = {
  type: RestatedDto,
  isArray: true,
  required: false,
  description: 'Corrections that changed figures of closed periods in it after they had been closed.',
} as const;

const BLEND = {
  description: 'Over several services: the content of one change counts once over all of them.',
} as const;

export class SliceDto {
  @ApiPropertyOptional({ example: 'team' }) by?: string;
  @ApiPropertyOptional() id?: string;
  @ApiPropertyOptional() name?: string;
  @ApiPropertyOptional({ example: '2026-W10' }) period?: string;
  @ApiProperty({ format: 'date-time' }) from!: string;
  @ApiProperty({ format: 'date-time' }) to!: string;
  @ApiProperty(BLEND) blend!: boolean;
  @ApiProperty(RESTATED) restatements?: RestatedDto[];
  @ApiPropertyOptional({ type: SpanDto }) comparedWith?: SpanDto;
  @ApiProperty({ type: MeasuredDto, isArray: true }) measures!: MeasuredDto[];
}

export class DeliveryReportDto {
  @ApiPropertyOptional({ type: NamedDto }) service?: NamedDto;
  @ApiPropertyOptional({ type: NamedDto }) application?: NamedDto;
  @ApiPropertyOptional({ type: NamedDto }) environment?: NamedDto;
  @ApiPropertyOptional() team?: string;
  @ApiPropertyOptional() region?: string;
  @ApiPropertyOptional() releaseKind?: string;
  @ApiPropertyOptional() changeModel?: string;
  @ApiPropertyOptional() size?: string;
  @ApiPropertyOptional() pattern?: string;
  @ApiPropertyOptional({ example: '2026-03' }) period?: string;
  @ApiPropertyOptional() every?: string;
  @ApiProperty(BLEND) blend!: boolean;
  @ApiProperty({ format: 'date-time' }) from!: string;
  @ApiProperty({ format: 'date-time' }) to!: string;
  @ApiPropertyOptional({ type: SpanDto }) comparedWith?: SpanDto;
  @ApiProperty({ example: 'Europe/Berlin' }) zone!: string;
  @ApiProperty({ description: 'The log position of the facts.' }) position!: number;
  @ApiProperty(RESTATED) restatements?: RestatedDto[];
  @ApiProperty({
    type: MeasuredDto,
    isArray: true,
    required: false,
    description: 'Of the whole; absent beside slices where all services together have too many records.',
  })
  measures?: MeasuredDto[];
  @ApiPropertyOptional({ type: SliceDto, isArray: true }) slices?: SliceDto[];
}

export class GroupDto {
  @ApiProperty({ example: 'elite' }) group!: string;
  @ApiPropertyOptional({ description: 'Of all respondents.' }) share?: number;
}

export class BandsDto {
  @ApiProperty() measure!: string;
  @ApiProperty() series!: string;
  @ApiProperty({ type: BandDto, isArray: true }) bands!: BandDto[];
}

export class EditionDto {
  @ApiProperty({ example: 'dora-2024' }) edition!: string;
  @ApiProperty() name!: string;
  @ApiProperty() year!: number;
  @ApiProperty() source!: string;
  @ApiProperty({ type: GroupDto, isArray: true }) groups!: GroupDto[];
  @ApiProperty({ type: BandsDto, isArray: true }) bands!: BandsDto[];
}

export class EditionsDto {
  @ApiProperty({ type: EditionDto, isArray: true }) editions!: EditionDto[];
}

export class MendedDto {
  @ApiProperty({ enum: ['deployment', 'incident'] }) record!: string;
  @ApiProperty() recordId!: string;
  @ApiProperty({ enum: ['named', 'confirmed', 'rejected'] }) verdict!: string;
}

export class ProposalDto {
  @ApiProperty({ enum: ['deployment', 'incident'] }) record!: string;
  @ApiProperty() recordId!: string;
  @ApiProperty({ enum: ['restored-by-it', 'open-when-it-started', 'failed-before-it'] }) rule!: string;
  @ApiProperty() reason!: string;
}

export class HotfixDto {
  @ApiProperty() deploymentId!: string;
  @ApiProperty() serviceId!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiProperty({ type: MendedDto, isArray: true, description: 'By people, requests and sources.' }) said!: MendedDto[];
  @ApiProperty({ type: ProposalDto, isArray: true, description: 'By rules: none counts before a person confirms it.' })
  proposed!: ProposalDto[];
}

export class HotfixesDto {
  @ApiProperty({ example: 'first/1', description: 'Version of the rules.' }) rules!: string;
  @ApiProperty() position!: number;
  @ApiProperty({ type: HotfixDto, isArray: true, description: 'The latest first; at most 2,000.' })
  items!: HotfixDto[];
}
