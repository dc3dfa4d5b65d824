import { Body, Controller, Get, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { derivedId } from '@slipway/canonical';
import {
  type Answer,
  Answers,
  type Asked,
  AskedBy,
  invalidFields,
  type Listing,
  Lists,
  Permission,
  Public,
  type RawBody,
  readJson,
  TakesMessage,
} from '@slipway/edge';
import { Service } from '@slipway/service';
import type { Request } from 'express';
import { listWebhookMappings } from '../read/webhook-mapping-list.ts';
import { webhookMappingView } from '../read/webhook-mapping.view.ts';
import { folded } from './folded.ts';
import { deliveryIn, isSigned, readMapped, secretNameOf } from './mapped.ts';
import { plainly } from './plainly.ts';
import { type Accepted, sentBy, unauthenticated, WebhookIntake } from './webhook-intake.ts';
import {
  DefineMappingDto,
  ListMappingsQuery,
  MAPPING_NAME,
  MappingDto,
  MappingRowDto,
  WithdrawMappingDto,
} from './webhook-mappings.dto.ts';
import { bytesOf } from './webhooks.controller.ts';
import { AcceptedDto } from './webhooks.dto.ts';

/** How messages of tools without an adapter are read: as data, version by version. */
@Controller('v1/pipelines/mappings')
@ApiTags('webhooks')
export class WebhookMappingsController {
  constructor(private readonly service: Service) {}

  @Put(':name')
  @Permission('deployments:bind')
  @ApiOperation({ summary: 'Says how the messages of a tool are read; its secret is set in the environment' })
  @Answers(200, MappingDto)
  define(@AskedBy() asked: Asked, @Param('name') name: string, @Body() dto: DefineMappingDto): Promise<Answer> {
    if (!MAPPING_NAME.test(name))
      throw invalidFields([
        { pointer: '/name', detail: 'A mapping is named with 1 to 50 small letters, digits and -' },
      ]);
    const { header, prefix = '', encoding = 'hex' } = dto.signature;
    const data = {
      name,
      signature: { header: header.toLowerCase(), prefix, encoding },
      fields: plainly(dto.fields),
      statuses: dto.statuses.map(plainly),
      only: (dto.only ?? []).map(plainly),
    };
    const command = { type: 'DefineWebhookMapping', data };
    return this.service.carryOut(asked, { stream: streamOf(name), command, creates: true }, webhookMappingView);
  }

  @Post(':name/withdraw')
  @Permission('deployments:bind')
  @ApiOperation({ summary: 'Its messages are refused from now on' })
  @Answers(200, MappingDto)
  async withdraw(
    @AskedBy() asked: Asked,
    @Param('name') name: string,
    @Body() dto: WithdrawMappingDto,
  ): Promise<Answer> {
    const stream = streamOf(name);
    const command = { type: 'WithdrawWebhookMapping', data: { reason: await this.service.seal(stream, dto.reason) } };
    return this.service.carryOut(asked, { stream, command }, webhookMappingView);
  }

  @Get(':name')
  @Permission('deployments:read')
  @ApiOperation({ summary: 'One mapping, as it is' })
  @Answers(200, MappingDto)
  one(@Param('name') name: string): Promise<Answer> {
    return this.service.record(streamOf(name), webhookMappingView);
  }

  @Get()
  @Permission('deployments:read')
  @ApiOperation({ summary: 'Mappings, by name' })
  @Lists(MappingRowDto)
  list(@Query() query: ListMappingsQuery): Promise<Listing> {
    return this.service.list('deployment-execution.webhook-mappings', query, page =>
      listWebhookMappings(this.service.dataSource, query, page),
    );
  }
}

/** The door of those tools. */
@Controller('v1/deployments/hooks/mapped')
@ApiTags('webhooks')
export class MappedWebhooksController {
  constructor(
    private readonly service: Service,
    private readonly intake: WebhookIntake,
  ) {}

  @Post(':name')
  @Public()
  @TakesMessage(202, AcceptedDto)
  @ApiOperation({ summary: 'Any tool that signs its messages, read through the mapping of that name' })
  async take(@Param('name') name: string, @Req() request: Request & RawBody): Promise<Accepted> {
    const bytes = bytesOf(request);
    const { view: mapping, version } = MAPPING_NAME.test(name)
      ? await folded(this.service.store, streamOf(name), webhookMappingView)
      : { view: undefined, version: 0 };
    const secret = process.env[secretNameOf(name)] ?? '';
    const isOurs =
      mapping?.state === 'defined' && isSigned(mapping.signature, bytes, secret, request.get(mapping.signature.header));
    if (!isOurs) throw unauthenticated('It has no mapping, no secret, or another signature.');
    const json = readJson(bytes);
    if ('problem' in json) return this.intake.take(sentBy('webhook', bytes, request), { problem: json.problem.code });
    const read = readMapped(mapping, version, json.value, new Date().toISOString());
    return this.intake.take(sentBy('webhook', bytes, request, deliveryIn(mapping, json.value, bytes)), read);
  }
}

const streamOf = (name: string): string => `webhookMapping-${derivedId('webhookMapping', name)}`;
