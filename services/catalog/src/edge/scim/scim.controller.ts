import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseFilters,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Asked, AskedBy, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { Response } from 'express';
import { ScimErrorsFilter } from './scim-errors.filter.ts';
import { ScimGroups } from './scim-groups.ts';
import { listed, projected, type ScimQuery } from './scim-list.ts';
import {
  AnswersDocument,
  AnswersResource,
  AnswersResources,
  NotAllowed,
  ScimErrors,
  SelectsAttributes,
  TakesPatch,
  TakesResource,
} from './scim-openapi.ts';
import { aboutUs, BASE, SCIM_JSON, scimError, shown } from './scim-schemas.ts';
import { dayOf, ScimUsers } from './scim-users.ts';

type Resource = Readonly<Record<string, unknown>>;

/** SCIM 2.0 (RFC 7643, RFC 7644): people as Users. */
@Controller('v1/scim/v2/Users')
@ApiTags('scim')
@ScimErrors()
@UseFilters(ScimErrorsFilter)
export class ScimUsersController {
  private readonly users: ScimUsers;

  constructor(service: Service) {
    this.users = new ScimUsers(service);
  }

  @Post()
  @HttpCode(201)
  @Header('Content-Type', SCIM_JSON)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Registers a person, as an identity provider does' })
  @TakesResource('User')
  @AnswersResource('User', 201)
  async create(
    @AskedBy() asked: Asked,
    @Body() body: Resource,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const user = await this.users.create(asked, body);
    response.setHeader('Location', `${BASE}/Users/${user.id}`);
    return shown('User', user);
  }

  @Get()
  @Header('Content-Type', SCIM_JSON)
  @Permission('people:read')
  @ApiOperation({ summary: 'People, those that `filter` matches' })
  @AnswersResources('User')
  async list(@AskedBy() asked: Asked, @Query() query: ScimQuery): Promise<object> {
    return listed('User', await this.users.all(dayOf(asked)), query);
  }

  @Get(':id')
  @Header('Content-Type', SCIM_JSON)
  @Permission('people:read')
  @ApiOperation({ summary: 'One person' })
  @SelectsAttributes()
  @AnswersResource('User')
  async one(@AskedBy() asked: Asked, @Param('id') id: string, @Query() query: ScimQuery): Promise<object> {
    return projected('User', await this.users.one(id, dayOf(asked)), query);
  }

  @Put(':id')
  @Header('Content-Type', SCIM_JSON)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'States a person anew; not active: the last day here was yesterday' })
  @TakesResource('User')
  @AnswersResource('User')
  async replace(@AskedBy() asked: Asked, @Param('id') id: string, @Body() body: Resource): Promise<object> {
    return shown('User', await this.users.replace(asked, id, body));
  }

  @Patch(':id')
  @HttpCode(200)
  @Header('Content-Type', SCIM_JSON)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Changes what is said of a person' })
  @TakesPatch()
  @AnswersResource('User')
  async patch(@AskedBy() asked: Asked, @Param('id') id: string, @Body() body: Resource): Promise<object> {
    return shown('User', await this.users.patch(asked, id, body));
  }

  @Delete(':id')
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Not for users: deactivate. What somebody did stays theirs' })
  @NotAllowed()
  remove(@Param('id') id: string, @Res({ passthrough: true }) response: Response): never {
    response.setHeader('Allow', 'GET, PUT, PATCH');
    throw scimError(
      405,
      undefined,
      `${id} stays: set active to false. Erasing a person is not a matter of provisioning.`,
    );
  }
}

/** Teams as Groups. */
@Controller('v1/scim/v2/Groups')
@ApiTags('scim')
@ScimErrors()
@UseFilters(ScimErrorsFilter)
export class ScimGroupsController {
  private readonly groups: ScimGroups;

  constructor(service: Service) {
    this.groups = new ScimGroups(service);
  }

  @Post()
  @HttpCode(201)
  @Header('Content-Type', SCIM_JSON)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Registers a team, as an identity provider does' })
  @TakesResource('Group')
  @AnswersResource('Group', 201)
  async create(
    @AskedBy() asked: Asked,
    @Body() body: Resource,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const group = await this.groups.create(asked, body);
    response.setHeader('Location', `${BASE}/Groups/${group.id}`);
    return shown('Group', group);
  }

  @Get()
  @Header('Content-Type', SCIM_JSON)
  @Permission('people:read')
  @ApiOperation({ summary: 'Teams, those that `filter` matches' })
  @AnswersResources('Group')
  async list(@Query() query: ScimQuery): Promise<object> {
    return listed('Group', await this.groups.all(), query);
  }

  @Get(':id')
  @Header('Content-Type', SCIM_JSON)
  @Permission('people:read')
  @ApiOperation({ summary: 'One team' })
  @SelectsAttributes()
  @AnswersResource('Group')
  async one(@Param('id') id: string, @Query() query: ScimQuery): Promise<object> {
    return projected('Group', await this.groups.one(id), query);
  }

  @Put(':id')
  @Header('Content-Type', SCIM_JSON)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'States title and members of a team anew' })
  @TakesResource('Group')
  @AnswersResource('Group')
  async replace(@AskedBy() asked: Asked, @Param('id') id: string, @Body() body: Resource): Promise<object> {
    return shown('Group', await this.groups.replace(asked, id, body));
  }

  @Patch(':id')
  @HttpCode(200)
  @Header('Content-Type', SCIM_JSON)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Changes title or members of a team' })
  @TakesPatch()
  @AnswersResource('Group')
  async patch(@AskedBy() asked: Asked, @Param('id') id: string, @Body() body: Resource): Promise<object> {
    return shown('Group', await this.groups.patch(asked, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Retires a team' })
  async remove(@AskedBy() asked: Asked, @Param('id') id: string): Promise<void> {
    await this.groups.remove(asked, id);
  }
}

/** What a client can learn about this provider. */
@Controller('v1/scim/v2')
@ApiTags('scim')
@ScimErrors()
@UseFilters(ScimErrorsFilter)
export class ScimDiscoveryController {
  @Get('ServiceProviderConfig')
  @Header('Content-Type', SCIM_JSON)
  @Permission('people:read')
  @ApiOperation({ summary: 'What of SCIM is supported' })
  @AnswersDocument()
  config(): Promise<object> {
    return aboutUs('ServiceProviderConfig');
  }

  @Get(':document')
  @Header('Content-Type', SCIM_JSON)
  @Permission('people:read')
  @ApiOperation({ summary: '`ResourceTypes` or `Schemas`' })
  @AnswersDocument()
  all(@Param('document') document: string): Promise<object> {
    return aboutUs(documentNamed(document));
  }

  @Get(':document/:id')
  @Header('Content-Type', SCIM_JSON)
  @Permission('people:read')
  @ApiOperation({ summary: 'One of them' })
  @AnswersDocument()
  one(@Param('document') document: string, @Param('id') id: string): Promise<object> {
    return aboutUs(documentNamed(document), id);
  }
}

const documentNamed = (name: string): 'ResourceTypes' | 'Schemas' => {
  if (name === 'ResourceTypes' || name === 'Schemas') return name;
  throw scimError(404, undefined, `There is no ${name}.`);
};
