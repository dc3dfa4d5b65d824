import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { followingFor } from '@slipway/consumers';
import { cloudEventOf } from '@slipway/contracts';
import { Answers, Permission, Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { Request } from 'express';
import { FollowDto, FollowQuery, knownTypes } from './events.dto.ts';

/** The log for other systems: every event once, in one order, from any position on. */
@Controller('v1/events')
@ApiTags('events')
export class EventsController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('events:read')
  @ApiOperation({ summary: 'Events after a position as CloudEvents, in the order of the log. Free text stays sealed' })
  @Answers(200, FollowDto)
  async follow(@Query() query: FollowQuery, @Req() request: Request): Promise<Report> {
    const { after = 0, pageSize = 200, waitSeconds = 0, subject } = query;
    const types = query.types && knownTypes(query.types.split(','));
    const gone = new AbortController();
    request.on('close', () => gone.abort());
    const { events, through } = await followingFor(this.service.store, this.service.hints, {
      after,
      limit: pageSize,
      waitMs: waitSeconds * 1_000,
      signal: gone.signal,
      ...(types && { types }),
      ...(subject !== undefined && { subject }),
    });
    return new Report({ items: events.map(cloudEventOf), after: through }, through);
  }
}
