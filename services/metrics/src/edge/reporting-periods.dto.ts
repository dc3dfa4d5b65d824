import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AfterEventQuery, Id, Instant, Optional, PageQuery, Pattern } from '@slipway/edge';

export class ReportingPeriodsQuery extends AfterEventQuery {}

export class ListRestatementsQuery extends PageQuery {
  /** Of this month. */
  @Pattern(/^\d{4}-\d{2}$/, '2026-03')
  @Optional()
  readonly period?: string;

  /** The id of a service whose figures changed; its own are shown. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Restated then or later. */
  @Instant()
  @Optional()
  readonly from?: string;

  /** Restated before. */
  @Instant()
  @Optional()
  readonly to?: string;
}

export class ReportingPeriodDto {
  @ApiProperty({ example: '2026-03' }) period!: string;
  @ApiProperty({ format: 'date-time' }) from!: string;
  @ApiProperty({ format: 'date-time' }) to!: string;
  @ApiProperty({ enum: ['open', 'provisional', 'closed'] }) state!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Of a provisional one: not before.' }) closesAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) closedAt?: string;
  @ApiPropertyOptional({ description: 'What was known here is what it was closed with.' }) position?: number;
}

export class ReportingPeriodsDto {
  @ApiProperty({ example: 'Europe/Berlin' }) zone!: string;
  @ApiProperty({ type: ReportingPeriodDto, isArray: true, description: 'The last one first.' })
  items!: ReportingPeriodDto[];
}

export class CorrectionDto {
  @ApiProperty({ enum: ['request', 'import'] }) kind!: string;
  @ApiProperty({ description: 'The correlation id of the request, or the batch of the import.' }) id!: string;
}

export class RestatementCauseDto {
  @ApiProperty() stream!: string;
  @ApiProperty() version!: number;
  @ApiProperty({ example: 'CauseWithdrawn' }) type!: string;
  @ApiProperty() position!: number;
}

export class FigureSaidDto {
  @ApiProperty({ type: Number, nullable: true }) value!: number | null;
  @ApiProperty({ type: Number, nullable: true, required: false }) p90?: number | null;
  @ApiProperty({ type: Number, nullable: true, required: false }) mean?: number | null;
  @ApiProperty() numerator!: number;
  @ApiProperty() denominator!: number;
  @ApiProperty() counted!: number;
}

export class RestatedFigureDto {
  @ApiProperty() serviceId!: string;
  @ApiProperty({ example: 'change-fail-rate' }) measure!: string;
  @ApiProperty() series!: string;
  @ApiProperty({ example: 'first/2' }) definition!: string;
  @ApiProperty({ type: FigureSaidDto }) before!: FigureSaidDto;
  @ApiProperty({ type: FigureSaidDto }) after!: FigureSaidDto;
}

export class RestatementDto {
  @ApiProperty() id!: string;
  @ApiProperty({ example: '2026-03' }) period!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ description: 'Of the event that says it.' }) position!: number;
  @ApiProperty({ type: CorrectionDto }) correction!: CorrectionDto;
  @ApiProperty({ description: 'A report at this position has the old figures.' }) positionBefore!: number;
  @ApiProperty({ description: 'A report at this position has the new ones.' }) positionAfter!: number;
  @ApiProperty({ type: RestatementCauseDto, isArray: true, description: 'At most 100.' })
  causes!: RestatementCauseDto[];
  @ApiProperty() causeCount!: number;
  @ApiProperty({ type: RestatedFigureDto, isArray: true, description: 'At most 300.' }) figures!: RestatedFigureDto[];
  @ApiProperty() figureCount!: number;
}
