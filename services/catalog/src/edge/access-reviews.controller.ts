import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission, Refused } from '@slipway/edge';
import { reject } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import type { AccessRight } from '../domain/access-review.ts';
import { accessReviews } from '../read/access-review-list.query.ts';
import { accessReviewView } from '../read/access-review.view.ts';
import { accessRightsOf, personIn } from './access-rights.ts';
import {
  AccessReviewDto,
  AccessReviewRowDto,
  CancelAccessReviewDto,
  ConfirmAccessRightDto,
  ListAccessReviewsQuery,
  MOST_REVIEWED,
  OpenAccessReviewDto,
  RevokeAccessRightDto,
} from './access-reviews.dto.ts';
import { ReviewedRights } from './reviewed-rights.ts';

/** Whether everybody still needs what he has, one right after the other. `id` is an id or a number (ARV-1). */
@Controller('v1/access-reviews')
@ApiTags('access reviews')
export class AccessReviewsController {
  private readonly rights: ReviewedRights;

  constructor(private readonly service: Service) {
    this.rights = new ReviewedRights(service);
  }

  @Post()
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Opens a review of all grants and keys that are held, or were at an instant' })
  @Answers(201, AccessReviewDto)
  async open(@AskedBy() asked: Asked, @Body() dto: OpenAccessReviewDto): Promise<Answer> {
    const { title, owner, description, at = asked.stamp.recordedAt, dueOn } = dto;
    const stream = asked.newStream('accessReview');
    const [named = asked.stamp.actor] = await this.service.pseudonymsOf(owner === undefined ? [] : [owner]);
    const sealed = await this.service.seal(stream, description);
    const data = {
      title,
      owner: named,
      ...(sealed !== undefined && { description: sealed }),
      at,
      ...(dueOn !== undefined && { dueOn }),
      rights: await this.heldAt(asked, at, dto),
    };
    return this.carryOut(asked, { stream, command: { type: 'OpenAccessReview', data } });
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Confirms that a grant or a key is still needed; the last decision completes the review' })
  @Answers(200, AccessReviewDto)
  async confirm(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ConfirmAccessRightDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    const data = { rightId: dto.right, ...(reason !== undefined && { reason }) };
    return this.carryOut(asked, { stream, command: { type: 'ConfirmAccessRight', data } });
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Revokes a grant or a key, for good; the last decision completes the review' })
  @Answers(200, AccessReviewDto)
  async revoke(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RevokeAccessRightDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const data = { rightId: dto.right, reason: await this.service.seal(stream, dto.reason) };
    const others = await this.rights.revocation(stream, dto.right, dto.reason);
    return this.carryOut(asked, { stream, command: { type: 'RevokeAccessRight', data }, others });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Ends a review before all is decided; what was decided stays' })
  @Answers(200, AccessReviewDto)
  async cancel(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: CancelAccessReviewDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    return this.carryOut(asked, { stream, command: { type: 'CancelAccessReview', data: { reason } } });
  }

  @Get(':id')
  @Permission('audit:read')
  @ApiOperation({ summary: 'One review: what is decided of whom, by whom and why, and what is open' })
  @Answers(200, AccessReviewDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.rights.described(asked, await this.service.record(await this.streamOf(id), accessReviewView, asked));
  }

  @Get()
  @Permission('audit:read')
  @ApiOperation({ summary: 'Access reviews, the last opened first' })
  @Lists(AccessReviewRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListAccessReviewsQuery): Promise<Listing> {
    const { person, ...filter } = query;
    const about = person === undefined ? {} : { person: await personIn(this.service, person) };
    return this.service.listWithin(asked, 'catalog.access-reviews', query, page =>
      accessReviews.page(this.service.dataSource, { ...filter, ...about }, page),
    );
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('accessReview', id);
  }

  private async carryOut(asked: Asked, orders: Parameters<Service['carryOut']>[1]): Promise<Answer> {
    return this.rights.described(asked, await this.service.carryOut(asked, orders, accessReviewView));
  }

  private async heldAt(
    asked: Asked,
    at: string,
    { person, role }: OpenAccessReviewDto,
  ): Promise<readonly AccessRight[]> {
    const rows = await accessRightsOf(this.service, asked, {
      at,
      ...(person !== undefined && { person: await personIn(this.service, person) }),
      ...(role !== undefined && { role }),
    });
    const rights = rows.flatMap(({ right, rightId = '', person: holder }): readonly AccessRight[] =>
      right === 'none' ? [] : [{ person: holder, ...(right === 'key' ? { kid: rightId } : { roleGrantId: rightId }) }],
    );
    if (rights.length > MOST_REVIEWED) throw new Refused(reject('too-many-rights', TOO_MANY));
    return rights;
  }
}

const TOO_MANY = `A review is about ${MOST_REVIEWED} rights at most: open one for each role, or for one person.`;
