import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { TemplateCommand } from '../domain/template.ts';
import { listTemplates } from '../read/template-list.query.ts';
import { templateRecord } from '../read/template.view.ts';
import {
  CreateTemplateDto,
  ListTemplatesQuery,
  RetireTemplateDto,
  ReviseTemplateDto,
  TemplateDto,
  TemplateRowDto,
} from './templates.dto.ts';

/** What mail says, by audience. */
@Controller('v1/templates')
@ApiTags('templates')
export class TemplatesController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('templates:write')
  @ApiOperation({ summary: 'Makes a template of mail for one audience, with its first revision' })
  @Answers(201, TemplateDto)
  async create(@AskedBy() asked: Asked, @Body() dto: CreateTemplateDto): Promise<Answer> {
    const stream = asked.newStream('template');
    const { owner: named, description: plain, ...said } = dto;
    const [owner] = await this.service.pseudonymsOf(named ? [named] : []);
    const description = await this.service.seal(stream, plain);
    const data = { ...said, owner: owner ?? asked.stamp.actor, ...(description && { description }) };
    return this.carryOut(asked, stream, { type: 'CreateTemplate', data });
  }

  @Post(':id/revise')
  @Permission('templates:write')
  @ApiOperation({ summary: 'Says it otherwise from now on, as the next revision' })
  @Answers(200, TemplateDto)
  async revise(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReviseTemplateDto): Promise<Answer> {
    const { subject, text } = dto;
    return this.carryOut(asked, await this.streamOf(id), { type: 'ReviseTemplate', data: { subject, text } });
  }

  @Post(':id/retire')
  @Permission('templates:write')
  @ApiOperation({ summary: 'Takes it out of use; subscriptions that name it say the plain text' })
  @Answers(200, TemplateDto)
  async retire(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RetireTemplateDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    return this.carryOut(asked, stream, { type: 'RetireTemplate', data: { ...(reason && { reason }) } });
  }

  @Get(':id')
  @Permission('subscriptions:read')
  @ApiOperation({ summary: 'One template with all its revisions' })
  @Answers(200, TemplateDto)
  async one(@Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.streamOf(id), templateRecord);
  }

  @Get()
  @Permission('subscriptions:read')
  @ApiOperation({ summary: 'Templates, the last created first' })
  @Lists(TemplateRowDto)
  async list(@Query() query: ListTemplatesQuery): Promise<Listing> {
    const { q, state, ref, label, audience } = query;
    const given = Object.entries({ q, state, ref, label, audience }).filter(([, value]) => value !== undefined);
    return this.service.list('notification.templates', query, page =>
      listTemplates(this.service.dataSource, Object.fromEntries(given), page),
    );
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('template', id);
  }

  private carryOut(asked: Asked, stream: string, command: TemplateCommand): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, templateRecord);
  }
}
