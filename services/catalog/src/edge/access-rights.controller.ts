import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, Permission, Refuses, Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { Request, Response } from 'express';
import { accessRightsCsv, accessRightsOf, personIn } from './access-rights.ts';
import { AccessRightsDto, AccessRightsQuery } from './access-rights.dto.ts';

const VIEWS = ['role-grants', 'account-keys', 'people', 'grant-uses'];

/** Who holds what, for whoever reviews it. What an issuer puts into tokens is not known here. */
@Controller('v1/access-rights')
@ApiTags('access reviews')
@ApiProduces('application/json', 'text/csv')
export class AccessRightsController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('audit:read')
  @Refuses(422)
  @ApiOperation({ summary: 'Who held which role and which key at an instant, who held none, and what is to be asked' })
  @Answers(200, AccessRightsDto)
  async list(
    @AskedBy() asked: Asked,
    @Query() { at = asked.stamp.recordedAt, person, role, finding, format }: AccessRightsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Report | string> {
    const position = Math.min(...(await Promise.all(VIEWS.map(view => this.service.positionShown(`catalog.${view}`)))));
    const all = await accessRightsOf(this.service, asked, {
      at,
      ...(person !== undefined && { person: await personIn(this.service, person) }),
      ...(role !== undefined && { role }),
    });
    const items = finding === undefined ? all : all.filter(({ findings }) => findings.includes(finding));
    response.vary('Accept');
    const type = format ?? request.accepts(['json', 'csv']);
    if (type !== 'csv') return new Report({ at, items }, position);
    response.type('text/csv; charset=utf-8').setHeader('Slipway-Position', String(position));
    return accessRightsCsv(items);
  }
}
