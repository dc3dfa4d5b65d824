import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Answer,
  Answers,
  type Asked,
  AskedBy,
  type Listing,
  Lists,
  type Page,
  Permission,
  type Row,
  Unscoped,
  permissionsOf,
  Refused,
  Refuses,
} from '@slipway/edge';
import { reject } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import type { AskedGrant } from '../domain/role-grant.ts';
import { roleGrantView } from '../read/role-grant.view.ts';
import { listGrants } from '../read/role-grants.query.ts';
import { personIn } from './access-rights.ts';
import { PeopleRegister } from './people-register.ts';
import { idOfReference, idsOfReferences } from './references.ts';
import { GrantRoleDto, ListRoleGrantsQuery, RevokeRoleDto, RoleGrantDto } from './role-grants.dto.ts';

/** Who holds which role, where, from when to when. Approvals and decisions name the grant that they relied on. */
@Controller('v1/role-grants')
@ApiTags('role grants')
export class RoleGrantsController {
  private readonly register: PeopleRegister;

  constructor(private readonly service: Service) {
    this.register = new PeopleRegister(service);
  }

  @Post()
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Grants somebody registered a role, for a scope and a period' })
  @Answers(201, RoleGrantDto)
  async grant(@AskedBy() asked: Asked, @Body() dto: GrantRoleDto): Promise<Answer> {
    const person = await personIn(this.service, dto.person);
    const scope = await this.scopeOf(dto);
    const period = { ...(dto.from && { from: dto.from }), ...(dto.to && { to: dto.to }) };
    const command = { type: 'GrantRole', data: { person, role: dto.role, scope, ...period } };
    return this.named(
      asked,
      await this.service.carryOut(asked, { stream: asked.newStream('roleGrant'), command }, roleGrantView),
    );
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Revokes a grant, from now on and for good' })
  @Answers(200, RoleGrantDto)
  async revoke(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RevokeRoleDto): Promise<Answer> {
    const stream = await this.service.streamOf('roleGrant', id);
    const reason = await this.service.seal(stream, dto.reason);
    const command = { type: 'RevokeRole', data: { ...(reason !== undefined && { reason }) } };
    return this.named(asked, await this.service.carryOut(asked, { stream, command }, roleGrantView));
  }

  @Get(':id')
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'One grant' })
  @Answers(200, RoleGrantDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.named(asked, await this.service.record(await this.service.streamOf('roleGrant', id), roleGrantView));
  }

  @Get()
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'Who holds which role, now or at an instant' })
  @Refuses(422)
  @Lists(RoleGrantDto)
  list(@AskedBy() asked: Asked, @Query() query: ListRoleGrantsQuery): Promise<Listing> {
    return this.service.list('catalog.role-grants', query, page => this.rows(asked, query, page));
  }

  private async rows(asked: Asked, query: ListRoleGrantsQuery, page: Page): Promise<readonly Row[]> {
    const { role, service, environment, at = asked.stamp.recordedAt } = query;
    const filter = {
      ...(query.person && { person: await personIn(this.service, query.person) }),
      ...(role && { role }),
      ...(service && { service: idOfReference('service', service) }),
      ...(environment && { environment: idOfReference('environment', environment) }),
      ...(!query.all && { at }),
    };
    const rows = await listGrants(this.service.dataSource, filter, page);
    const names = await this.names(
      asked,
      rows.map(({ item }) => item.person),
    );
    return rows.map(({ cursor, item }) => ({ cursor, item: { ...item, ...named(names, item.person) } }));
  }

  private async scopeOf(dto: GrantRoleDto): Promise<AskedGrant['scope']> {
    const { services, applications, environments, teams, actions } = dto;
    const unknown = actions?.find(action => !permissionsOf([dto.role]).has(action));
    if (unknown !== undefined) throw new Refused(reject('unknown-action', `The role does not permit ${unknown}.`));
    if (teams) await idsOfReferences(this.service, 'team', teams);
    return {
      ...(services && { services: await idsOfReferences(this.service, 'service', services) }),
      ...(applications && { applications: await idsOfReferences(this.service, 'application', applications) }),
      ...(environments && { environments: await idsOfReferences(this.service, 'environment', environments) }),
      ...(teams && { teams }),
      ...(actions && { actions }),
    };
  }

  private async named(asked: Asked, answer: Answer): Promise<Answer> {
    const person = String(answer.record['person']);
    const names = await this.names(asked, [person]);
    return new Answer({ ...answer.record, ...named(names, person) }, answer.event, answer.replayed);
  }

  private async names({ may }: Asked, pseudonyms: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (!(await may('people:read'))) return new Map();
    const people = await this.register.people(pseudonyms);
    return new Map(people.map(({ pseudonym, name }) => [pseudonym, name]));
  }
}

const named = (names: ReadonlyMap<string, string>, person: string): { personName?: string } => {
  const personName = names.get(person);
  return personName === undefined ? {} : { personName };
};
