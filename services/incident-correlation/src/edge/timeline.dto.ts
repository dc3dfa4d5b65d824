import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Id, Instant, Integer, ListQuery, Nested, Optional, Text } from '@slipway/edge';
import { IsObject } from 'class-validator';

export class TimelineQuery extends OmitType(ListQuery, ['q', 'state', 'from', 'to']) {}

class SourceEventDto {
  @Id() readonly id!: string;
  @Text(100) readonly type!: string;
  @Text(200) readonly stream!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  /** In the log. */
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly position!: number;
}

class TimelineRecordDto {
  @Text(50) readonly category!: string;
  @Id() readonly id!: string;
}

export class TimelineLineDto {
  @Nested(SourceEventDto) readonly event!: SourceEventDto;
  @Nested(TimelineRecordDto) readonly record!: TimelineRecordDto;
  @Instant() readonly occurredAt!: string;
  @Instant() readonly recordedAt!: string;
  /** A pseudonym, or a process of Slipway. */
  @Text(100) readonly actor!: string;
  @Text(100) @Optional() readonly onBehalfOf?: string;
  /** What it says beside who and when, with the texts of the incident. */
  @ApiProperty({ type: 'object', additionalProperties: true }) @IsObject() readonly facts!: object;
}
