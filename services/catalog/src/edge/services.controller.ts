import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission, Unscoped } from '@slipway/edge';
import { Service } from '@slipway/service';
import { serviceIdOf } from '../domain/service.ts';
import { listServices } from '../read/service-list.query.ts';
import { serviceView } from '../read/service.view.ts';
import { rowsWithOwnerTeams, teamName, withOwnerTeam } from './owner-team.ts';
import { idOfNumbered, idOfReference, idsOfReferences, streamOfReference } from './references.ts';
import { ServiceDto, ServiceRowDto } from './services.answers.dto.ts';
import { ListServicesQuery, RegisterServiceDto, UpdateServiceDto } from './services.dto.ts';
import { dependenciesIn, serviceStatement } from './statements.ts';

/** A service is named in a path by its id or its name. */
@Controller('v1/services')
@ApiTags('services')
export class ServicesController {
  constructor(private readonly service: Service) {}

  /** Registers a service, with who answers for it and how other tools know it. */
  @Post()
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Registers a service. Its name is unique and stays.' })
  @Answers(201, ServiceDto)
  async register(@AskedBy() asked: Asked, @Body() dto: RegisterServiceDto): Promise<Answer> {
    await idsOfReferences(
      this.service,
      'service',
      dependenciesIn(dto).filter(each => each !== dto.name),
    );
    const command = { type: 'RegisterService', data: { name: dto.name, ...serviceStatement(dto) } };
    const stream = `service-${serviceIdOf(dto.name)}`;
    return this.shown(await this.service.carryOut(asked, { stream, command, creates: true }, serviceView));
  }

  /** States anew all that is said of a service. */
  @Put(':id')
  @Permission('catalog:write')
  @ApiOperation({ summary: 'States a service anew, as a whole: what is left out is gone.' })
  @Answers(200, ServiceDto)
  async update(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: UpdateServiceDto): Promise<Answer> {
    const stream = await streamOfReference(this.service, 'service', id);
    await idsOfReferences(this.service, 'service', dependenciesIn(dto));
    const command = { type: 'UpdateService', data: serviceStatement(dto) };
    return this.shown(await this.service.carryOut(asked, { stream, command }, serviceView));
  }

  @Get(':id')
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'One service' })
  @Answers(200, ServiceDto)
  async one(@Param('id') id: string): Promise<Answer> {
    return this.shown(await this.service.record(await streamOfReference(this.service, 'service', id), serviceView));
  }

  @Get()
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'Services by name' })
  @Lists(ServiceRowDto)
  async list(@Query() query: ListServicesQuery): Promise<Listing> {
    const { dependsOn, application, team, ...rest } = query;
    const filter = {
      ...rest,
      ...(team !== undefined && { team: await teamName(this.service, team) }),
      ...(dependsOn !== undefined && { dependsOn: idOfReference('service', dependsOn) }),
      ...(application !== undefined && { application: await idOfNumbered(this.service, 'application', application) }),
    };
    return this.service.list('catalog.services', query, async page =>
      rowsWithOwnerTeams(this.service, await listServices(this.service.dataSource, filter, page)),
    );
  }

  private shown(answer: Answer): Promise<Answer> {
    return withOwnerTeam(this.service, answer);
  }
}
