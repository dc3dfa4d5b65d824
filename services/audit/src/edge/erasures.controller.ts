import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  aliasOf,
  Answer,
  Answers,
  type Asked,
  AskedBy,
  isPseudonym,
  type Listing,
  Lists,
  Permission,
  ProblemException,
} from '@slipway/edge';
import type { Subject } from '@slipway/event-store';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { erasureList } from '../read/erasure-list.projection.ts';
import { erasures } from '../read/erasure-list.query.ts';
import { erasureView } from '../read/erasure.view.ts';
import {
  ErasureDto,
  ErasureRowDto,
  ListErasuresQuery,
  LookedUpDto,
  LookUpDto,
  RequestErasureDto,
} from './erasures.dto.ts';

/** The right to be forgotten, and what has to be remembered for some time. */
@Controller('v1/audit/erasures')
@ApiTags('audit')
export class ErasuresController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('erasures:write')
  @ApiOperation({
    summary: 'Asks for the erasure of a person; what the law makes us keep stays until its time is over',
  })
  @Answers(201, ErasureDto)
  async request(@AskedBy() asked: Asked, @Body() dto: RequestErasureDto): Promise<Answer> {
    const subject = await this.subjectOf(dto.person);
    const stream = `erasure-${idOf(subject.person)}`;
    const reason = await this.service.seal(stream, dto.reason);
    const command = {
      type: 'RequestErasure',
      data: { ...subject, ground: dto.ground, ...(reason !== undefined && { reason }) },
    };
    return this.service.carryOut(asked, { stream, command, creates: true }, erasureView);
  }

  @Post(':id/look-up')
  @Permission('subjects:look-up')
  @ApiOperation({
    summary: 'Who an erased pseudonym is, while that has to be known. That it was asked, and why, is kept',
  })
  @Answers(200, LookedUpDto)
  async lookUp(@AskedBy() asked: Asked, @Param('id') id: string, @Body() { reason }: LookUpDto): Promise<Answer> {
    const stream = await this.service.streamOf('erasure', id);
    const command = { type: 'LookUpSubject', data: { reason: await this.service.seal(stream, reason) } };
    const { record, event, replayed } = await this.service.carryOut(asked, { stream, command }, erasureView);
    const subject = await this.service.directory.lookUp(String(record['person']));
    return new Answer({ ...record, subject: subject ?? null }, event, replayed);
  }

  @Get(':id')
  @Permission('erasures:read')
  @ApiOperation({ summary: 'One erasure: what was decided, what is gone, and who had it looked up who it was' })
  @Answers(200, ErasureDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('erasure', id), erasureView, asked);
  }

  @Get()
  @Permission('erasures:read')
  @ApiOperation({ summary: 'Erasures, the latest first' })
  @Lists(ErasureRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListErasuresQuery): Promise<Listing> {
    const { dataSource } = this.service;
    return this.service.listWithin(asked, erasureList.consumer, query, page => erasures.page(dataSource, query, page));
  }

  /** Somebody in the directory, or who was there until he was erased. Nobody is made by asking. */
  private async subjectOf(person: string): Promise<Subject> {
    const pseudonym = isPseudonym(person);
    const known = await this.service.directory.subject(pseudonym ? person : aliasOf(person));
    if (known) return known;
    if (pseudonym && (await this.service.store.read(`erasure-${idOf(person)}`)).version > 0)
      return { person, alsoKnownAs: [] };
    throw new ProblemException({
      status: 422,
      code: 'unknown-person',
      detail: 'The directory knows nobody of this pseudonym, address or account.',
    });
  }
}
