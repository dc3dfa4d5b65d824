import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { alerts } from '../read/alert-list.query.ts';
import { alertView } from '../read/alert.view.ts';
import { AlertDto, AlertRowDto, BindAlertDto, ListAlertsQuery } from './alerts.dto.ts';
import { idOfName, idOfOpenIncident, idsOfNames } from './references.ts';

/** Alerts as the tools told them; those that match no service wait here for a person. */
@Controller('v1/incidents/alerts')
@ApiTags('alerts')
export class AlertsController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('incidents:read')
  @ApiOperation({
    summary: 'Alerts, the last reported first; `state=unmatched` or `state=unreadable` are those to look at',
  })
  @Lists(AlertRowDto)
  list(@AskedBy() asked: Asked, @Query() query: ListAlertsQuery): Promise<Listing> {
    const { service, environment, ...filter } = query;
    const place = {
      ...(service !== undefined && { service: idOfName('service', service) }),
      ...(environment !== undefined && { environment: idOfName('environment', environment) }),
    };
    return this.service.listWithin(asked, 'incident-correlation.alerts', query, page =>
      alerts.page(this.service.dataSource, { ...filter, ...place }, page),
    );
  }

  @Get(':id')
  @Permission('incidents:read')
  @ApiOperation({ summary: 'One alert with its last message as it came' })
  @Answers(200, AlertDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('alert', id), alertView, asked);
  }

  @Post(':id/bind')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Says by hand what an unmatched alert is about, with a reason' })
  @Answers(200, AlertDto)
  async bind(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: BindAlertDto): Promise<Answer> {
    const { services, environment, incident } = dto;
    const stream = await this.service.streamOf('alert', id);
    const serviceIds = await idsOfNames(this.service, 'service', services);
    const [environmentId] =
      environment === undefined ? [] : await idsOfNames(this.service, 'environment', [environment]);
    const data = {
      serviceIds,
      ...(environmentId !== undefined && { environmentId }),
      ...(incident !== undefined && { incidentId: await idOfOpenIncident(this.service, incident) }),
      reason: await this.service.seal(stream, dto.reason),
    };
    return this.service.carryOut(asked, { stream, command: { type: 'BindAlert', data } }, alertView);
  }
}
