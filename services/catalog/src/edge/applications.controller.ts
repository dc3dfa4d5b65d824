import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission, Unscoped } from '@slipway/edge';
import { Service } from '@slipway/service';
import { applicationIdOf } from '../domain/application.ts';
import { listApplications } from '../read/application-list.query.ts';
import { applicationView } from '../read/application.view.ts';
import {
  ApplicationDto,
  ApplicationRowDto,
  ListApplicationsQuery,
  RegisterApplicationDto,
  UpdateApplicationDto,
} from './applications.dto.ts';
import { rowsWithOwnerTeams, teamName, withOwnerTeam } from './owner-team.ts';
import { idOfReference, idsOfReferences, streamOfReference } from './references.ts';
import { applicationStatement } from './statements.ts';

/** Services that people know by one name. An application is named in a path by its id, its number or its name. */
@Controller('v1/applications')
@ApiTags('applications')
export class ApplicationsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('catalog:write')
  @ApiOperation({
    summary: 'Registers an application and the services that belong to it. Its name is unique and stays.',
  })
  @Answers(201, ApplicationDto)
  async register(@AskedBy() asked: Asked, @Body() dto: RegisterApplicationDto): Promise<Answer> {
    await idsOfReferences(this.service, 'service', dto.services ?? []);
    const command = { type: 'RegisterApplication', data: { name: dto.name, ...applicationStatement(dto) } };
    const stream = `application-${applicationIdOf(dto.name)}`;
    return this.shown(await this.service.carryOut(asked, { stream, command, creates: true }, applicationView));
  }

  @Put(':id')
  @Permission('catalog:write')
  @ApiOperation({ summary: 'States an application anew, as a whole: what is left out is gone.' })
  @Answers(200, ApplicationDto)
  async update(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: UpdateApplicationDto): Promise<Answer> {
    const stream = await streamOfReference(this.service, 'application', id);
    await idsOfReferences(this.service, 'service', dto.services ?? []);
    const command = { type: 'UpdateApplication', data: applicationStatement(dto) };
    return this.shown(await this.service.carryOut(asked, { stream, command }, applicationView));
  }

  @Get(':id')
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'One application' })
  @Answers(200, ApplicationDto)
  async one(@Param('id') id: string): Promise<Answer> {
    const stream = await streamOfReference(this.service, 'application', id);
    return this.shown(await this.service.record(stream, applicationView));
  }

  @Get()
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'Applications by name' })
  @Lists(ApplicationRowDto)
  async list(@Query() query: ListApplicationsQuery): Promise<Listing> {
    const { team, service, ...rest } = query;
    const filter = {
      ...rest,
      ...(team !== undefined && { team: await teamName(this.service, team) }),
      ...(service !== undefined && { service: idOfReference('service', service) }),
    };
    return this.service.list('catalog.applications', query, async page =>
      rowsWithOwnerTeams(this.service, await listApplications(this.service.dataSource, filter, page)),
    );
  }

  private shown(answer: Answer): Promise<Answer> {
    return withOwnerTeam(this.service, answer);
  }
}
