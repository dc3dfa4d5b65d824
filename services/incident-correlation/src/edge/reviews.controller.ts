import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, NothingDto, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';
import { reviewDueAt, reviewOfChange, reviewOfIncident } from '../domain/review.ts';
import { reviews } from '../read/review-list.query.ts';
import { reviewRecord } from '../read/review.view.ts';
import { changeOf } from './incident-orders.ts';
import { idOfRecord } from './references.ts';
import { onReview } from './review-orders.ts';
import {
  FeedbackDto,
  FindingDto,
  HoldReviewDto,
  ListReviewsQuery,
  ReviewDto,
  ReviewRowDto,
  ScheduleReviewDto,
} from './reviews.dto.ts';

/** What we learn from what went wrong. `id` is an id or a number (PIR-4). */
@Controller('v1/reviews')
@ApiTags('reviews')
export class ReviewsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Schedules a review: of an incident, of a change, or a retrospective of its own' })
  @Answers(201, ReviewDto)
  async schedule(@AskedBy() asked: Asked, @Body() dto: ScheduleReviewDto): Promise<Answer> {
    const { title, incident, dueAt = reviewDueAt(asked.stamp.recordedAt), owner, description } = dto;
    const incidentId = incident === undefined ? undefined : await idOfRecord(this.service, 'incident', incident);
    const { changeId } = await changeOf(this.service, dto.change);
    const stream = streamOf(asked, incidentId, changeId);
    const [named = asked.stamp.actor] = await this.service.pseudonymsOf(owner === undefined ? [] : [owner]);
    const sealed = await this.service.seal(stream, description);
    const data = {
      title,
      owner: named,
      ...(sealed !== undefined && { description: sealed }),
      ...(incidentId !== undefined && { incidentId }),
      ...(changeId !== undefined && { changeId }),
      occasion: 'person',
      dueAt,
    };
    const command = { type: 'ScheduleReview', data };
    return this.service.carryOut(asked, { stream, command, creates: true }, reviewRecord);
  }

  @Post(':id/give-feedback')
  @Permission('comments:write')
  @ApiOperation({ summary: 'Says what support and users met' })
  @Answers(200, ReviewDto)
  giveFeedback(@AskedBy() asked: Asked, @Param('id') id: string, @Body() { text }: FeedbackDto): Promise<Answer> {
    return onReview(this.service, asked, id, async stream => ({
      type: 'GiveFeedback',
      data: { feedbackId: uuidv7(), text: await this.service.seal(stream, text) },
    }));
  }

  @Post(':id/record-finding')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Records what was found: a cause, what went well, what went badly, where we were lucky' })
  @Answers(200, ReviewDto)
  recordFinding(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: FindingDto): Promise<Answer> {
    return onReview(this.service, asked, id, async stream => ({
      type: 'RecordFinding',
      data: { findingId: uuidv7(), kind: dto.kind, text: await this.service.seal(stream, dto.text) },
    }));
  }

  @Post(':id/hold')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'The review was held' })
  @Answers(200, ReviewDto)
  hold(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: HoldReviewDto): Promise<Answer> {
    return onReview(this.service, asked.at(dto.occurredAt), id, async stream => {
      const summary = await this.service.seal(stream, dto.summary);
      const attendees = [...new Set(await this.service.pseudonymsOf(dto.attendees ?? []))];
      return { type: 'HoldReview', data: { attendees, ...(summary !== undefined && { summary }) } };
    });
  }

  @Post(':id/complete')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Every action is done or dropped: nothing is left to do' })
  @Answers(200, ReviewDto)
  complete(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return onReview(this.service, asked, id, () => ({ type: 'CompleteReview', data: {} }));
  }

  @Get(':id')
  @Permission('incidents:read')
  @ApiOperation({ summary: 'One review with feedback, findings and actions' })
  @Answers(200, ReviewDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('review', id), reviewRecord, asked);
  }

  @Get()
  @Permission('incidents:read')
  @ApiOperation({ summary: 'Reviews, the last due first; `overdue=true` are those to look at' })
  @Lists(ReviewRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListReviewsQuery): Promise<Listing> {
    const { owner, incident, change, ...filter } = query;
    const [person] = await this.service.pseudonymsOf(owner === undefined ? [] : [owner]);
    const about = {
      ...(person !== undefined && { owner: person }),
      ...(incident !== undefined && { incident: await idOfRecord(this.service, 'incident', incident) }),
      ...(change !== undefined && { change: await idOfRecord(this.service, 'change', change) }),
    };
    return this.service.listWithin(asked, 'incident-correlation.reviews', query, page =>
      reviews.page(this.service.dataSource, { ...filter, ...about }, page),
    );
  }
}

const streamOf = (asked: Asked, incidentId: string | undefined, changeId: string | undefined): string => {
  if (incidentId !== undefined) return reviewOfIncident(incidentId);
  return changeId === undefined ? asked.newStream('review') : reviewOfChange(changeId);
};
