import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { ThresholdCommand } from '../domain/metric-threshold-commands.ts';
import { thresholdList } from '../read/threshold-list.projection.ts';
import { thresholds, type ThresholdsWanted } from '../read/threshold-list.query.ts';
import { thresholdRecord } from '../read/threshold.view.ts';
import { idNamed, termsOf } from './threshold-terms.ts';
import {
  ListThresholdsQuery,
  RetireThresholdDto,
  ReviseThresholdDto,
  SetThresholdDto,
  ThresholdDto,
  ThresholdRowDto,
} from './thresholds.dto.ts';

/** Figures that somebody watches. That one was crossed, or recovered, is an event for every subscriber. */
@Controller('v1/metric-thresholds')
@ApiTags('metric-thresholds')
export class ThresholdsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('metrics:write')
  @ApiOperation({ summary: 'Sets a limit to a figure of a service, a team or an application' })
  @Answers(201, ThresholdDto)
  async set(@AskedBy() asked: Asked, @Body() dto: SetThresholdDto): Promise<Answer> {
    const stream = asked.newStream('metricThreshold');
    const [owner = asked.stamp.actor] = await this.service.pseudonymsOf(dto.owner === undefined ? [] : [dto.owner]);
    const description = await this.service.seal(stream, dto.description);
    const words = { title: dto.title, owner, ...(description !== undefined && { description }) };
    return this.carryOut(asked, stream, {
      type: 'SetThreshold',
      data: { ...words, ...(await termsOf(this.service, dto)) },
    });
  }

  @Post(':id/revise')
  @Permission('metrics:write')
  @ApiOperation({ summary: 'Watches by other terms from now on: it is judged by them at once' })
  @Answers(200, ThresholdDto)
  async revise(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReviseThresholdDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    const data = { ...(await termsOf(this.service, dto)), ...(reason !== undefined && { reason }) };
    return this.carryOut(asked, stream, { type: 'ReviseThreshold', data });
  }

  @Post(':id/retire')
  @Permission('metrics:write')
  @ApiOperation({ summary: 'Watches no more' })
  @Answers(200, ThresholdDto)
  async retire(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RetireThresholdDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    return this.carryOut(asked, stream, { type: 'RetireThreshold', data: { ...(reason !== undefined && { reason }) } });
  }

  @Get(':id')
  @Permission('metrics:read')
  @ApiOperation({ summary: 'One threshold, with the last verdict that was told' })
  @Answers(200, ThresholdDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.streamOf(id), thresholdRecord, asked);
  }

  @Get()
  @Permission('metrics:read')
  @ApiOperation({ summary: 'Thresholds, the last set first' })
  @Lists(ThresholdRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListThresholdsQuery): Promise<Listing> {
    const wanted = await this.wantedIn(query);
    return this.service.listWithin(asked, thresholdList.consumer, query, page =>
      thresholds.page(this.service.dataSource, wanted, page),
    );
  }

  private async wantedIn({ service, application, ...query }: ListThresholdsQuery): Promise<ThresholdsWanted> {
    return {
      ...query,
      ...(service !== undefined && { service: await idNamed(this.service, 'service', service) }),
      ...(application !== undefined && { application: await idNamed(this.service, 'application', application) }),
    };
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('metricThreshold', id);
  }

  private carryOut(asked: Asked, stream: string, command: ThresholdCommand): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, thresholdRecord);
  }
}
