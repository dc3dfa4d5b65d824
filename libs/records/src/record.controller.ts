import { Body, Controller, Get, Param, Patch, Post, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { categoryNamed, nameOf } from '@slipway/contracts';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission } from '@slipway/edge';
import type { Message } from '@slipway/event-sourcing';
import { type RecordView, Service } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';
import type { RecordCommand } from './details.ts';
import {
  ChangeDetailsDto,
  CommentDto,
  LinkFileDto,
  ListRecordEventsQuery,
  RecordEventAnswer,
  UnlinkFileDto,
} from './records.dto.ts';
import { recordEvents } from './record-events.ts';

type Doors = Readonly<{
  /** `release`: its plural is the path, too. */
  category: string;
  view: RecordView<never>;
  answer: Type;
  read: Permission;
  write: Permission;
  /** What a path names it by, when that is more than an id or a number. Throws `not-found`. */
  streamOf?: (service: Service, reference: string) => Promise<string>;
}>;

/** The doors that gRPC has too. */
export type RecordDoors = Readonly<{
  comment: (asked: Asked, id: string, dto: CommentDto) => Promise<Answer>;
}>;

/** What every record answers to, at `/v1/<plural>/{id}`: its details, comments and files, and the page of its events. */
export const recordController = ({ category, view, answer, read, write, streamOf }: Doors): Type<RecordDoors> => {
  const { plural = category } = categoryNamed(category) ?? {};

  @Controller(`v1/${plural}`)
  @ApiTags(plural)
  class RecordController {
    constructor(readonly service: Service) {}

    @Patch(':id')
    @Permission(write)
    @ApiOperation({ summary: 'Changes title, owner, description, labels or external references' })
    @Answers(200, answer)
    async change(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ChangeDetailsDto): Promise<Answer> {
      const { description, owner, ...said } = dto;
      const stream = await this.streamOf(id);
      const [named] = await this.service.pseudonymsOf(owner === undefined ? [] : [owner]);
      const text = description === null ? null : await this.service.seal(stream, description);
      const data = {
        ...said,
        ...(named !== undefined && { owner: named }),
        ...(text !== undefined && { description: text }),
      };
      return this.carryOut(asked, stream, { type: 'ChangeDetails', data });
    }

    @Post(':id/comment')
    @Permission('comments:write')
    @ApiOperation({ summary: 'Adds a comment' })
    @Answers(200, answer)
    async comment(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: CommentDto): Promise<Answer> {
      const stream = await this.streamOf(id);
      const data = { commentId: uuidv7(), text: await this.service.seal(stream, dto.text) };
      return this.carryOut(asked, stream, { type: 'Comment', data });
    }

    @Post(':id/link-file')
    @Permission(write)
    @ApiOperation({ summary: 'Links a file that is kept elsewhere, with the digest of what is meant' })
    @Answers(200, answer)
    async linkFile(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: LinkFileDto): Promise<Answer> {
      const stream = await this.streamOf(id);
      const { url, ...said } = dto;
      const data = { ...said, fileId: uuidv7(), url: await this.service.seal(stream, url) };
      return this.carryOut(asked, stream, { type: 'LinkFile', data });
    }

    @Post(':id/unlink-file')
    @Permission(write)
    @ApiOperation({ summary: 'Takes the link to a file away' })
    @Answers(200, answer)
    async unlinkFile(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: UnlinkFileDto): Promise<Answer> {
      const stream = await this.streamOf(id);
      const reason = await this.service.seal(stream, dto.reason);
      return this.carryOut(asked, stream, {
        type: 'UnlinkFile',
        data: { fileId: dto.file, ...(reason && { reason }) },
      });
    }

    @Get(':id/events')
    @Permission(read)
    @ApiOperation({ summary: 'What happened to it, the first first: who did what, and when' })
    @Lists(RecordEventAnswer)
    async events(
      @AskedBy() asked: Asked,
      @Param('id') id: string,
      @Query() query: ListRecordEventsQuery,
    ): Promise<Listing> {
      return recordEvents(this.service, asked, await this.streamOf(id), query);
    }

    private streamOf(id: string): Promise<string> {
      return streamOf ? streamOf(this.service, id) : this.service.streamOf(category, id);
    }

    private carryOut(asked: Asked, stream: string, command: RecordCommand): Promise<Answer> {
      return this.service.carryOut(asked, { stream, command: command as Message }, view);
    }
  }
  Object.defineProperty(RecordController, 'name', { value: `${nameOf(category)}RecordController` });
  return RecordController;
};
