import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Asked, AskedBy, Listing, Lists, Permission, type Row } from '@slipway/edge';
import { Service } from '@slipway/service';
import { incidentRecord, type IncidentView } from '../read/incident.view.ts';
import { type TimelineLine, timelineOf } from '../read/timeline.query.ts';
import { TimelineLineDto, TimelineQuery } from './timeline.dto.ts';

/** What happened around an incident, so that nobody has to remember it. */
@Controller('v1/incidents/:id/timeline')
@ApiTags('incidents')
@Permission('incidents:read')
export class TimelineController {
  constructor(private readonly service: Service) {}

  @Get()
  @ApiOperation({
    summary:
      'Its own events and tasks, its alerts, and deployments and changes in reach, in the order of what happened',
  })
  @Lists(TimelineLineDto)
  async timeline(@AskedBy() asked: Asked, @Param('id') id: string, @Query() query: TimelineQuery): Promise<Listing> {
    const stream = await this.service.streamOf('incident', id);
    const { record } = await this.service.record(stream, incidentRecord, asked);
    return this.service.list('incident-correlation.timeline', query, async page => {
      const rows = await timelineOf(this.service.dataSource, stream, record as unknown as IncidentView, page);
      return Promise.all(rows.map(row => this.opened(row)));
    });
  }

  private async opened({ cursor, item }: Row): Promise<Row> {
    const line = item as TimelineLine;
    const facts = await this.service.opened(line.event.stream, line.facts);
    return { cursor, item: { ...line, facts } };
  }
}
