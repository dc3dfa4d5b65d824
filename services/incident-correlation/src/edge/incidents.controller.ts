import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission, Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import { type IncidentFilter, incidents } from '../read/incident-list.query.ts';
import { incidentRecord } from '../read/incident.view.ts';
import { CandidatesDto, IncidentCountsDto, IncidentDto, IncidentRowDto } from './incidents.answers.dto.ts';
import { CountIncidentsQuery, ListIncidentsQuery, OpenIncidentDto } from './incidents.dto.ts';
import { idOfName, idsOfNames } from './references.ts';

/** Incidents. `id` is an id or a number (INC-7). */
@Controller('v1/incidents')
@ApiTags('incidents')
export class IncidentsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Opens an incident by hand' })
  @Answers(201, IncidentDto)
  async open(@AskedBy() asked: Asked, @Body() dto: OpenIncidentDto): Promise<Answer> {
    const { services, environment, description, major = false, ...facts } = dto;
    const stream = asked.newStream('incident');
    const serviceIds = await idsOfNames(this.service, 'service', services);
    const [environmentId] =
      environment === undefined ? [] : await idsOfNames(this.service, 'environment', [environment]);
    const sealed = await this.service.seal(stream, description);
    const data = {
      ...facts,
      major,
      serviceIds,
      ...(environmentId !== undefined && { environmentId }),
      ...(sealed !== undefined && { description: sealed }),
      detectedBy: 'person',
    };
    return this.service.carryOut(asked, { stream, command: { type: 'OpenIncident', data } }, incidentRecord);
  }

  @Get('counts')
  @Permission('incidents:read')
  @ApiOperation({ summary: 'How many incidents are in each state, narrowed like the list' })
  @ApiOkResponse({ type: IncidentCountsDto })
  counts(@AskedBy() asked: Asked, @Query() query: CountIncidentsQuery): Promise<Report> {
    return this.service.reportWithin(asked, 'incident-correlation.incidents', query.afterEvent, within =>
      incidents.counts(this.service.dataSource, filterOf(query), ['state', 'severity'], within),
    );
  }

  @Get(':id')
  @Permission('incidents:read')
  @ApiOperation({ summary: 'One incident with its alerts, candidates, causes and timeline' })
  @Answers(200, IncidentDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('incident', id), incidentRecord, asked);
  }

  @Get(':id/candidates')
  @Permission('incidents:read')
  @ApiOperation({ summary: 'What may have caused it, most likely first, each with the reasons of its score' })
  @Answers(200, CandidatesDto)
  async candidates(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    const { record } = await this.one(asked, id);
    const { id: own, number, version, impactStartedAt, scoringVersion, candidates, causes } = record;
    const shown = { impactStartedAt, candidates, causes, ...(scoringVersion !== undefined && { scoringVersion }) };
    return new Answer({ id: own, version, ...(number !== undefined && { number }), ...shown });
  }

  @Get()
  @Permission('incidents:read')
  @ApiOperation({ summary: 'Incidents, the last detected first' })
  @Lists(IncidentRowDto)
  list(@AskedBy() asked: Asked, @Query() query: ListIncidentsQuery): Promise<Listing> {
    return this.service.listWithin(asked, 'incident-correlation.incidents', query, page =>
      incidents.page(this.service.dataSource, filterOf(query), page),
    );
  }
}

const filterOf = ({ service, environment, ...filter }: CountIncidentsQuery): IncidentFilter => ({
  ...filter,
  ...(service !== undefined && { service: idOfName('service', service) }),
  ...(environment !== undefined && { environment: idOfName('environment', environment) }),
});
