import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { digestOf } from '@slipway/canonical';
import {
  type Answer,
  Answers,
  type Asked,
  AskedBy,
  type Listing,
  Lists,
  NothingDto,
  Permission,
  ProblemException,
} from '@slipway/edge';
import { Service } from '@slipway/service';
import type { CommunicationCommand } from '../domain/communication.ts';
import { listCommunications } from '../read/communication-list.query.ts';
import { communicationRecord } from '../read/communication.view.ts';
import {
  CancelCommunicationDto,
  CommunicationDto,
  CommunicationRowDto,
  type CommunicationWordsDto,
  DraftCommunicationDto,
  ListCommunicationsQuery,
  ReviseCommunicationDto,
} from './communications.dto.ts';

/** What an audience was told about a release, a change or an incident, and the proof of it. */
@Controller('v1/communications')
@ApiTags('communications')
export class CommunicationsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('communications:write')
  @ApiOperation({ summary: 'Drafts a message to an audience about a release, a change or an incident' })
  @Answers(201, CommunicationDto)
  async draft(@AskedBy() asked: Asked, @Body() dto: DraftCommunicationDto): Promise<Answer> {
    const stream = asked.newStream('communication');
    const [owner] = await this.service.pseudonymsOf(dto.owner ? [dto.owner] : []);
    const description = await this.service.seal(stream, dto.description);
    const data = {
      ...(await this.saidIn(stream, dto)),
      title: dto.title,
      owner: owner ?? asked.stamp.actor,
      ...(description && { description }),
      kind: dto.kind,
      audience: dto.audience,
      about: await this.recordNamed(dto.aboutKind, dto.about),
    };
    return this.carryOut(asked, stream, { type: 'DraftCommunication', data });
  }

  @Post(':id/revise')
  @Permission('communications:write')
  @ApiOperation({ summary: 'Puts other words and other people in place of those of a draft' })
  @Answers(200, CommunicationDto)
  async revise(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReviseCommunicationDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    return this.carryOut(asked, stream, { type: 'ReviseCommunication', data: await this.saidIn(stream, dto) });
  }

  @Post(':id/send')
  @Permission('communications:write')
  @ApiOperation({ summary: 'Sends it by mail. The list of people and the words are frozen; receipts come one by one' })
  @Answers(200, CommunicationDto)
  async send(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    if (!process.env['SMTP_URL']) {
      const detail = 'This installation sends no mail: SMTP_URL is not set.';
      throw new ProblemException({ status: 422, code: 'mail-not-set-up', detail });
    }
    return this.carryOut(asked, await this.streamOf(id), { type: 'SendCommunication', data: {} });
  }

  @Post(':id/acknowledge')
  @Permission('communications:acknowledge')
  @ApiOperation({ summary: 'Says, in the name of who asks, that it was read' })
  @Answers(200, CommunicationDto)
  async acknowledge(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'AcknowledgeCommunication', data: {} });
  }

  @Post(':id/cancel')
  @Permission('communications:write')
  @ApiOperation({ summary: 'Drops a draft' })
  @Answers(200, CommunicationDto)
  async cancel(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: CancelCommunicationDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    return this.carryOut(asked, stream, { type: 'CancelCommunication', data: { ...(reason && { reason }) } });
  }

  @Get(':id')
  @Permission('communications:read')
  @ApiOperation({ summary: 'One communication with its receipts and acknowledgements' })
  @Answers(200, CommunicationDto)
  async one(@Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.streamOf(id), communicationRecord);
  }

  @Get()
  @Permission('communications:read')
  @ApiOperation({ summary: 'Communications, the last drafted first' })
  @Lists(CommunicationRowDto)
  async list(@Query() query: ListCommunicationsQuery): Promise<Listing> {
    const { q, state, kind, ref, label, from, to, release, change, incident } = query;
    const [named] = Object.entries({ release, change, incident }).filter(([, value]) => value !== undefined);
    const about = named && (await this.service.streamOf(named[0], named[1] ?? ''));
    const given = Object.entries({ q, state, kind, ref, label, from, to, about });
    const wanted = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    return this.service.list('notification.communications', query, page =>
      listCommunications(this.service.dataSource, wanted, page),
    );
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('communication', id);
  }

  private carryOut(asked: Asked, stream: string, command: CommunicationCommand): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, communicationRecord);
  }

  private async saidIn(stream: string, dto: CommunicationWordsDto) {
    const { subject, text, people, revisedTime, nextUpdateBy } = dto;
    return {
      subject,
      text: await this.service.seal(stream, text),
      people: [...new Set(await this.service.pseudonymsOf(people))],
      contentDigest: digestOf({ subject, text }),
      ...(revisedTime && { revisedTime }),
      ...(nextUpdateBy && { nextUpdateBy }),
    };
  }

  private async recordNamed(category: string, idOrNumber: string): Promise<string> {
    const stream = await this.service.streamOf(category, idOrNumber);
    const { version } = await this.service.store.read(stream);
    if (version > 0) return stream;
    throw new ProblemException({ status: 422, code: `unknown-${category}`, detail: `There is no such ${category}.` });
  }
}
