import { ApiProperty } from '@nestjs/swagger';

export class EventSchemaDto {
  @ApiProperty({ example: 'ReleaseScheduled', description: 'As filters name it.' }) type!: string;
  @ApiProperty({ example: 'dev.slipway.release-scheduled.v1', description: 'As CloudEvents name it.' })
  cloudEventType!: string;
  @ApiProperty({ example: 'planning', description: 'The service that alone decides it.' }) context!: string;
  @ApiProperty({ example: 'release', description: 'Its streams are `release-<id>`.' }) category!: string;
  @ApiProperty({
    example: 'urn:slipway:schema:dev.slipway.release-scheduled.v1',
    description: 'The `$id` of the schema.',
  })
  dataschema!: string;
  @ApiProperty({ example: '/schemas/dev.slipway.release-scheduled.v1.json' }) href!: string;
}

export class EventSchemasDto {
  @ApiProperty({ type: EventSchemaDto, isArray: true }) items!: EventSchemaDto[];
}
