import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  dataSchemaOf,
  type EventType,
  eventTypeOnWire,
  eventTypes,
  jsonSchemaOf,
  SCHEMAS_PATH,
} from '@slipway/contracts';
import { notFound, Public } from '@slipway/edge';
import { type EventSchemaDto, EventSchemasDto } from './schemas.dto.ts';

// A build does not change its mind; the next one may know more.
const CACHED = 'public, max-age=300';

/** What the data of each event type looks like. Documentation, so nobody is asked for a token. */
@Controller(SCHEMAS_PATH)
@ApiTags('events')
@Public()
export class SchemasController {
  @Get()
  @Header('Cache-Control', CACHED)
  @ApiOperation({ summary: 'Every event type that is published, and where its JSON Schema is', security: [] })
  @ApiOkResponse({ type: EventSchemasDto })
  list(): EventSchemasDto {
    return { items: [...eventTypes.values()].map(listed) };
  }

  @Get(':cloudEventType.json')
  @Header('Cache-Control', CACHED)
  @Header('Content-Type', 'application/schema+json')
  @ApiOperation({ summary: 'The JSON Schema (2020-12) of the data of an event type, with an example', security: [] })
  @ApiParam({ name: 'cloudEventType', example: 'dev.slipway.release-scheduled.v1' })
  @ApiProduces('application/schema+json')
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  one(@Param('cloudEventType') cloudEventType: string): object {
    const known = eventTypeOnWire(cloudEventType);
    if (!known) throw notFound('There is no event type of this name.');
    return jsonSchemaOf(known);
  }
}

const listed = ({ type, cloudEventType, category: { name, context } }: EventType): EventSchemaDto => ({
  type,
  cloudEventType,
  context,
  category: name,
  dataschema: dataSchemaOf(cloudEventType),
  href: `${SCHEMAS_PATH}/${cloudEventType}.json`,
});
