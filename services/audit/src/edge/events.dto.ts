import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { eventTypes } from '@slipway/contracts';
import { Integer, invalidFields, Optional, Pattern, Patterns } from '@slipway/edge';

const TYPE = /^[A-Z][A-Za-z0-9]{0,99}$/;
const SUBJECT = /^[a-z][A-Za-z]{0,49}-[\w.-]{1,80}$/;

/** Refuses what is no event type. */
export const knownTypes = (types: readonly string[]): readonly string[] => {
  const unknown = types.filter(type => !eventTypes.has(type));
  if (unknown.length === 0) return types;
  throw invalidFields([{ pointer: '/types', detail: `there is no event type ${unknown.join(', ')}` }]);
};

export class FollowQuery {
  /** A log position, 0 for all there is: events after it come, in the order of the log. */
  @Integer(0, Number.MAX_SAFE_INTEGER)
  @Optional()
  readonly after?: number;

  /** Event types, with commas in between; all when absent. */
  @Pattern(/^[A-Z][A-Za-z0-9]{0,99}(,[A-Z][A-Za-z0-9]{0,99}){0,49}$/, 'ReleaseScheduled,ChangeAuthorized')
  @Optional()
  readonly types?: string;

  /** Of one record: its stream. */
  @Pattern(SUBJECT, 'release-0198c0de-0000-7000-8000-000000000000')
  @Optional()
  readonly subject?: string;

  /** How many at once; 200 when absent. */
  @Integer(1, 1_000)
  @Optional()
  readonly pageSize?: number;

  /** How long to wait for the first one when there is none; not at all when absent. */
  @Integer(0, 30)
  @Optional()
  readonly waitSeconds?: number;
}

export class FollowRequest {
  @Integer(0, Number.MAX_SAFE_INTEGER) @Optional() readonly afterPosition?: number;
  @Patterns(TYPE, 50) @Optional() readonly types?: readonly string[];
  @Pattern(SUBJECT, 'release-0198c0de-0000-7000-8000-000000000000') @Optional() readonly subject?: string;
}

/** CloudEvents 1.0, JSON format. */
export class CloudEventDto {
  @ApiProperty({ enum: ['1.0'] }) specversion!: string;
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: '/slipway/planning' }) source!: string;
  @ApiProperty({ example: 'dev.slipway.release-scheduled.v1' }) type!: string;
  @ApiProperty({ example: 'release-0198c0de-0000-7000-8000-000000000000' }) subject!: string;
  @ApiProperty({ format: 'date-time', description: 'When it got its place in the log.' }) time!: string;
  @ApiProperty({ enum: ['application/json'] }) datacontenttype!: string;
  @ApiProperty({
    example: 'urn:slipway:schema:dev.slipway.release-scheduled.v1',
    description: 'The name of the JSON Schema of the data: GET /schemas/<type>.json.',
  })
  dataschema!: string;
  @ApiProperty({ description: 'In the one order of all events, from 1.' }) position!: string;
  @ApiProperty({ description: 'In the order of its subject, from 1.' }) version!: string;
  @ApiProperty() correlationid!: string;
  @ApiPropertyOptional() causationid?: string;
  @ApiPropertyOptional() traceparent?: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: object;
}

export class FollowDto {
  @ApiProperty({ type: CloudEventDto, isArray: true }) items!: readonly CloudEventDto[];
  @ApiProperty({ description: 'Ask for what comes after this position next, items or none.' }) after!: number;
}
