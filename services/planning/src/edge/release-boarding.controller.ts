import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { releaseRecord } from '../read/release.view.ts';
import { departureOf, departuresAfter } from './departures.ts';
import { BoardTrainDto, LeaveTrainDto } from './release-trains.dto.ts';
import { ReleaseDto } from './releases.answers.dto.ts';
import { trainNow } from './trains.ts';

@Controller('v1/releases')
@ApiTags('releases')
export class ReleaseBoardingController {
  constructor(private readonly service: Service) {}

  @Post(':id/board-train')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Boards a departure of a train, the next one by default, and takes its window' })
  @Answers(200, ReleaseDto)
  async board(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: BoardTrainDto): Promise<Answer> {
    const stream = await this.service.streamOf('release', id);
    const { stream: of, train, check } = await trainNow(this.service, dto.train);
    const now = asked.stamp.recordedAt;
    const departs =
      dto.departure === undefined
        ? departuresAfter(train.cadence, now, 1)[0]
        : departureOf(train.cadence, dto.departure);
    const data = {
      trainId: idOf(of),
      departure: departs?.departure ?? dto.departure ?? now,
      ...(departs && { window: departs.window }),
      isRetired: train.state === 'Retired',
    };
    const command = { type: 'BoardTrain', data };
    return this.service.carryOut(asked, { stream, command, checks: [check] }, releaseRecord);
  }

  @Post(':id/leave-train')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Leaves the train; a window that was scheduled stays' })
  @Answers(200, ReleaseDto)
  async leave(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: LeaveTrainDto): Promise<Answer> {
    const stream = await this.service.streamOf('release', id);
    const reason = await this.service.seal(stream, dto.reason);
    const command = { type: 'LeaveTrain', data: { ...(reason !== undefined && { reason }) } };
    return this.service.carryOut(asked, { stream, command }, releaseRecord);
  }
}
