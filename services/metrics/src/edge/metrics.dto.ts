import { Choice, Instant, Integer, Optional, Text } from '@slipway/edge';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** What is measured, over which time. */
export class MeasureQuery {
  /** A service by its id or name; absent: a blend of all. */
  @Text(200)
  @Optional()
  readonly service?: string;

  /** An environment by its id or name; absent: all of production. */
  @Text(200)
  @Optional()
  readonly environment?: string;

  /** Inside; 30 days before `to` when absent. */
  @Instant()
  @Optional()
  readonly from?: string;

  /** Outside; now when absent. */
  @Instant()
  @Optional()
  readonly to?: string;

  /** Days are those of this zone. */
  @Choice('UTC')
  @Optional()
  readonly zone?: string;

  /** As it was known at this log position; what the view shows when absent. */
  @Integer(0, Number.MAX_SAFE_INTEGER)
  @Optional()
  readonly position?: number;

  /** Wait until this event is in: the value of a `Slipway-Event` header. */
  @Text(300)
  @Optional()
  readonly afterEvent?: string;
}

export class DefinitionDto {
  @ApiProperty() measure!: string;
  @ApiProperty({ example: 'first/1' }) version!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ description: 'What is counted, and what is not.' }) text!: string;
  @ApiProperty() source!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) series!: Record<string, string>;
}

export class DefinitionsDto {
  @ApiProperty({ type: DefinitionDto, isArray: true }) definitions!: DefinitionDto[];
}

export class ListedDto {
  @ApiProperty({ example: 'aborted-before-traffic' }) reason!: string;
  @ApiProperty({ type: String, isArray: true }) ids!: string[];
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
  @ApiProperty({ description: 'A rollout, an incident or a commit.' }) id!: string;
  @ApiProperty({ format: 'date-time', description: 'By this instant it is in the period.' }) at!: string;
  @ApiProperty({ required: false }) seconds?: number;
  @ApiProperty({ type: String, isArray: true, required: false }) deploymentIds?: string[];
  @ApiProperty({ required: false }) incidentId?: string;
  @ApiProperty({ required: false }) changeId?: string;
  @ApiProperty({ type: FailureDto, isArray: true, required: false }) failures?: FailureDto[];
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
  @ApiProperty(numberOrNull) median?: number | null;
  @ApiProperty(numberOrNull) p90?: number | null;
  @ApiProperty(numberOrNull) mean?: number | null;
  @ApiProperty({ description: 'Of durations the sum of the seconds.' }) numerator!: number;
  @ApiProperty({ description: 'Of durations their count.' }) denominator!: number;
  @ApiProperty({ type: MemberDto, isArray: true }) population!: MemberDto[];
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
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'number' } }) beside?: Record<string, number>;
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

export class DeliveryReportDto {
  @ApiProperty({ type: NamedDto, required: false }) service?: NamedDto;
  @ApiProperty({ type: NamedDto, required: false }) environment?: NamedDto;
  @ApiProperty({ description: 'The content of one change counts once over all its services.' }) blend!: boolean;
  @ApiProperty({ format: 'date-time' }) from!: string;
  @ApiProperty({ format: 'date-time' }) to!: string;
  @ApiProperty({ example: 'UTC' }) zone!: string;
  @ApiProperty({ description: 'The log position of the facts.' }) position!: number;
  @ApiProperty({ type: MeasuredDto, isArray: true }) measures!: MeasuredDto[];
}
