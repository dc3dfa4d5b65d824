import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission, Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import { countIncidents, type IncidentFilter, listIncidents } from '../read/incident-list.query.ts';
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
  counts(@Query() query: CountIncidentsQuery): Promise<Report> {
    return this.service.report('incident-correlation.incidents', query.afterEvent, async () => {
      const states = await countIncidents(this.service.dataSource, filterOf(query));
      return { states, total: Object.values(states).reduce((sum, count) => sum + count, 0) };
    });
  }

  @Get(':id')
  @Permission('incidents:read')
  @ApiOperation({ summary: 'One incident with its alerts, candidates, causes and timeline' })
  @Answers(200, IncidentDto)
  async one(@Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('incident', id), incidentRecord);
  }

  @Get(':id/candidates')
  @Permission('incidents:read')
  @ApiOperation({ summary: 'What may have caused it, most likely first, each with the reasons of its score' })
  @Answers(200, CandidatesDto)
  async candidates(@Param('id') id: string): Promise<Answer> {
    const { record } = await this.one(id);
    const { id: own, number, version, impactStartedAt, scoringVersion, candidates, causes } = record;
    const shown = { impactStartedAt, candidates, causes, ...(scoringVersion !== undefined && { scoringVersion }) };
    return new Answer({ id: own, version, ...(number !== undefined && { number }), ...shown });
  }

  @Get()
  @Permission('incidents:read')
  @ApiOperation({ summary: 'Incidents, the last detected first' })
  @Lists(IncidentRowDto)
  list(@Query() query: ListIncidentsQuery): Promise<Listing> {
    return this.service.list('incident-correlation.incidents', query, page =>
      listIncidents(this.service.dataSource, filterOf(query), page),
    );
  }
}

const filterOf = ({ service, environment, ...filter }: CountIncidentsQuery): IncidentFilter => ({
  ...filter,
  ...(service !== undefined && { service: idOfName('service', service) }),
  ...(environment !== undefined && { environment: idOfName('environment', environment) }),
});
