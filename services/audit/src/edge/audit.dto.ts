import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Choice, Instant, Integer, Optional, PageQuery, Pattern } from '@slipway/edge';

export class TrailQuery extends PageQuery {
  /** Else what `Accept` says; JSON when that says nothing. */
  @Choice('json', 'csv')
  @Optional()
  readonly format?: 'json' | 'csv';
}

export class EventsQuery extends TrailQuery {
  /** A record by its number, or its stream. */
  @Pattern(/^[A-Za-z]{1,40}-[\w.-]{1,80}$/, 'release-0198c0de-0000-7000-8000-000000000000')
  @Optional()
  readonly stream?: string;

  /** An event type. */
  @Pattern(/^[A-Z][A-Za-z0-9]{0,99}$/, 'ReleaseScheduled')
  @Optional()
  readonly type?: string;

  /** A pseudonym, or a process. */
  @Pattern(/^[a-z]{1,20}-[\w.-]{1,80}$/, 'person-0198c0de-0000-7000-8000-000000000000')
  @Optional()
  readonly actor?: string;

  /** Recorded at or after. */
  @Instant()
  @Optional()
  readonly from?: string;

  /** Recorded before. */
  @Instant()
  @Optional()
  readonly to?: string;

  /** In the log after this position. */
  @Integer(0, Number.MAX_SAFE_INTEGER)
  @Optional()
  readonly afterPosition?: number;
}

export class EntryDto {
  @ApiProperty({ description: 'In the one order of all events, from 1.' }) position!: number;
  @ApiPropertyOptional({ example: 'REL-12' }) number?: string;
  @ApiProperty() stream!: string;
  @ApiProperty({ description: 'In its stream, from 1.' }) version!: number;
  @ApiProperty({ description: 'The id of the event.' }) event!: string;
  @ApiProperty({ example: 'ReleaseScheduled' }) type!: string;
  @ApiProperty({ description: 'A pseudonym, or a process of Slipway.' }) actor!: string;
  @ApiPropertyOptional() onBehalfOf?: string;
  @ApiProperty({ format: 'date-time', description: 'When it happened, from the source.' }) occurredAt!: string;
  @ApiProperty({ format: 'date-time', description: 'When Slipway took it in.' }) recordedAt!: string;
  @ApiProperty({ description: 'Through which door it came.' }) source!: string;
  @ApiProperty({ description: 'The issuer of the token.' }) issuer!: string;
  @ApiPropertyOptional() acr?: string;
  @ApiPropertyOptional({ type: String, isArray: true }) amr?: string[];
  @ApiPropertyOptional() client?: string;
  @ApiProperty({ type: String, isArray: true, description: 'Under which changes, by their numbers.' })
  changes!: string[];
  @ApiPropertyOptional({ description: 'The event, or the request, that caused it.' }) causationId?: string;
  @ApiProperty({ description: 'What belongs to one request from outside.' }) correlationId!: string;
  @ApiProperty({ type: String, isArray: true, description: 'The records that it names.' }) refersTo!: string[];
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What happened. Sealed texts are opened; null: erased.',
  })
  data!: Record<string, unknown>;
}

export class EntriesDto {
  @ApiProperty({ type: EntryDto, isArray: true }) items!: EntryDto[];
  @ApiPropertyOptional({ description: 'Opaque; absent on the last page.' }) nextPageToken?: string;
}

export class RecordDto {
  @ApiProperty() stream!: string;
  @ApiPropertyOptional() number?: string;
}

export class TrailDto extends EntriesDto {
  @ApiProperty({ type: RecordDto, description: 'Whose trail it is.' }) record!: RecordDto;
  @ApiProperty({ type: RecordDto, isArray: true, description: 'The records in it.' }) records!: RecordDto[];
}
