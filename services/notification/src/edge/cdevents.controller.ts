import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { AfterEventQuery, Answers, Integer, Optional, Permission, type Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import { IsArray } from 'class-validator';
import { cdEventsAfter } from '../read/cdevents.query.ts';

export class FollowCdEventsQuery extends AfterEventQuery {
  /** `after` of the answer before; from the beginning when absent. */
  @Integer(0, Number.MAX_SAFE_INTEGER)
  @Optional()
  readonly after?: number;

  /** How many at once; 200 when absent. */
  @Integer(1, 1_000)
  @Optional()
  readonly pageSize?: number;
}

export class CdEventsDto {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  @IsArray()
  readonly items!: readonly object[];

  /** Ask for what comes after that the next time. */
  @Integer(0, Number.MAX_SAFE_INTEGER) readonly after!: number;
}

/** The same feed as the topic `cdevents`, for whoever has no Kafka. */
@Controller('v1/cdevents')
@ApiTags('cdevents')
export class CdEventsController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('events:read')
  @ApiOperation({ summary: 'What happened as CDEvents 0.5.1, in the order of the log, after a position' })
  @Answers(200, CdEventsDto)
  async follow(@Query() { after = 0, pageSize = 200, afterEvent }: FollowCdEventsQuery): Promise<Report> {
    return this.service.report('notification.cdevents', afterEvent, async position => {
      const placed = await cdEventsAfter(this.service.dataSource, after, pageSize);
      const last = placed.at(-1)?.position ?? after;
      const through = placed.length < pageSize ? Math.max(after, last, position) : last;
      return { items: placed.map(({ body }) => body), after: through };
    });
  }
}
