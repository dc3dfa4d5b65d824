import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Answer,
  Answers,
  type Asked,
  AskedBy,
  Guarded,
  guarded,
  type Listing,
  Lists,
  Permission,
  Unscoped,
} from '@slipway/edge';
import { Service } from '@slipway/service';
import { environmentIdOf } from '../domain/environment.ts';
import { listEnvironments } from '../read/environment-list.query.ts';
import { environmentView } from '../read/environment.view.ts';
import {
  EnvironmentDto,
  EnvironmentRowDto,
  ListEnvironmentsQuery,
  RegisterEnvironmentDto,
  UpdateEnvironmentDto,
} from './environments.dto.ts';
import { rowsWithOwnerTeams, teamName, withOwnerTeam } from './owner-team.ts';
import { streamOfReference } from './references.ts';
import { environmentStatement } from './statements.ts';

/** An environment is named in a path by its id or its name. */
@Controller('v1/environments')
@ApiTags('environments')
export class EnvironmentsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Registers an environment. Its name is unique and stays.' })
  @Answers(201, EnvironmentDto)
  async register(@AskedBy() asked: Asked, @Body() dto: RegisterEnvironmentDto): Promise<Answer> {
    const command = { type: 'RegisterEnvironment', data: { name: dto.name, ...environmentStatement(dto) } };
    const stream = `environment-${environmentIdOf(dto.name)}`;
    return this.shown(await this.service.carryOut(asked, { stream, command, creates: true }, environmentView));
  }

  @Put(':id')
  @Permission('catalog:write')
  @Guarded()
  @ApiOperation({ summary: 'States an environment anew, as a whole: what is left out is gone.' })
  @Answers(200, EnvironmentDto)
  async update(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: UpdateEnvironmentDto): Promise<Answer> {
    const stream = await streamOfReference(this.service, 'environment', id);
    guarded(asked);
    const command = { type: 'UpdateEnvironment', data: environmentStatement(dto) };
    return this.shown(await this.service.carryOut(asked, { stream, command }, environmentView));
  }

  @Get(':id')
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'One environment' })
  @Answers(200, EnvironmentDto)
  async one(@Param('id') id: string): Promise<Answer> {
    return this.shown(
      await this.service.record(await streamOfReference(this.service, 'environment', id), environmentView),
    );
  }

  @Get()
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'Environments by name' })
  @Lists(EnvironmentRowDto)
  async list(@Query() query: ListEnvironmentsQuery): Promise<Listing> {
    const { team, ...rest } = query;
    const filter = { ...rest, ...(team !== undefined && { team: await teamName(this.service, team) }) };
    return this.service.list('catalog.environments', query, async page =>
      rowsWithOwnerTeams(this.service, await listEnvironments(this.service.dataSource, filter, page)),
    );
  }

  private shown(answer: Answer): Promise<Answer> {
    return withOwnerTeam(this.service, answer);
  }
}
