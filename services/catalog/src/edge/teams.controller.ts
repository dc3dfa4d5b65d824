import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission, Unscoped } from '@slipway/edge';
import { Service } from '@slipway/service';
import { teamIdOf } from '../domain/team.ts';
import { listTeams } from '../read/team-list.query.ts';
import { teamView } from '../read/team.view.ts';
import { Members } from './members.ts';
import { streamOfReference } from './references.ts';
import { teamStatement } from './statements.ts';
import { ListTeamsQuery, RegisterTeamDto, TeamDto, TeamRowDto, UpdateTeamDto } from './teams.dto.ts';

/** Who belongs together. A team is named in a path by its id, its number or its name. */
@Controller('v1/teams')
@ApiTags('teams')
export class TeamsController {
  private readonly members: Members;

  constructor(private readonly service: Service) {
    this.members = new Members(service);
  }

  @Post()
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Registers a team, its members and its on-call rotation. Its name is unique and stays.' })
  @Answers(201, TeamDto)
  async register(@AskedBy() asked: Asked, @Body() dto: RegisterTeamDto): Promise<Answer> {
    const command = { type: 'RegisterTeam', data: { name: dto.name, ...(await this.statement(dto)) } };
    const stream = `team-${teamIdOf(dto.name)}`;
    const answer = await this.service.carryOut(asked, { stream, command, creates: true }, teamView);
    return this.members.named(asked, answer);
  }

  @Put(':id')
  @Permission('catalog:write')
  @ApiOperation({ summary: 'States a team anew, as a whole: who is left out is no member any more.' })
  @Answers(200, TeamDto)
  async update(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: UpdateTeamDto): Promise<Answer> {
    const stream = await streamOfReference(this.service, 'team', id);
    const command = { type: 'UpdateTeam', data: await this.statement(dto) };
    return this.members.named(asked, await this.service.carryOut(asked, { stream, command }, teamView));
  }

  @Get(':id')
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'One team' })
  @Answers(200, TeamDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    const stream = await streamOfReference(this.service, 'team', id);
    return this.members.named(asked, await this.service.record(stream, teamView));
  }

  @Get()
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'Teams by name' })
  @Lists(TeamRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListTeamsQuery): Promise<Listing> {
    const { person, ...rest } = query;
    const filter = { ...rest, ...(person !== undefined && { person: await this.personOf(person) }) };
    return this.service.list('catalog.teams', query, async page =>
      this.members.rows(asked, await listTeams(this.service.dataSource, filter, page)),
    );
  }

  private async personOf(reference: string): Promise<string> {
    return (await this.members.found([reference]))(reference);
  }

  private async statement(dto: UpdateTeamDto) {
    return teamStatement(dto, await this.members.found((dto.members ?? []).map(({ person }) => person)));
  }
}
