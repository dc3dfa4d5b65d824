import { Body, Controller, Get, Post, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { acceptLife, type By, instructionsInTrouble } from '@slipway/consumers';
import { Answers, type Asked, AskedBy, notFound, Permission, ProblemException } from '@slipway/edge';
import {
  CancelingDto,
  ConsumersDto,
  InstructionsDto,
  ParkedDto,
  RebuildDto,
  RebuildingDto,
  ReplayDto,
  ReplayedDto,
  SkipDto,
  SkippedDto,
} from './operations.dto.ts';
import type { Running } from './running.ts';

/**
 * What operators see of the consumers of a service, and do about events that it could not process and views that are wrong.
 * One controller a service, under its own path.
 */
export const operationsOf = ({ definition, parking, processes, rebuilder, source, standings, pool }: Running): Type => {
  const service = definition.name;

  const accepted = async (by: By): Promise<RebuildingDto> => {
    if (await acceptLife(source, processes, by)) return { consumer: processes.consumer, status: 'done' };
    const detail =
      'Processes are not rebuilt: what they asked for was carried out. They only go on in another life of the log.';
    throw new ProblemException({ status: 409, code: 'not-rebuildable', detail });
  };

  @Controller(`v1/operations/${service}`)
  @ApiTags('operations')
  class OperationsController {
    @Get('consumers')
    @Permission('consumers:operate')
    @ApiOperation({ summary: `How far each consumer of ${service} is, what it has parked, and its last rebuild` })
    @Answers(200, ConsumersDto)
    async consumers(): Promise<ConsumersDto> {
      return { items: await standings.list() };
    }

    @Get('parked')
    @Permission('consumers:operate')
    @ApiOperation({ summary: `Streams that a consumer of ${service} could not go on with, and why` })
    @Answers(200, ParkedDto)
    async parked(): Promise<ParkedDto> {
      return { items: await parking.parked() };
    }

    @Get('instructions')
    @Permission('consumers:operate')
    @ApiOperation({
      summary: `The latest instructions of processes of ${service} that were rejected, or that are being tried again`,
    })
    @Answers(200, InstructionsDto)
    async instructions(): Promise<InstructionsDto> {
      return { items: await instructionsInTrouble(pool) };
    }

    @Post('replay')
    @Permission('consumers:operate')
    @ApiOperation({ summary: 'Tries the waiting events of a stream again, in order; who and why is kept' })
    @Answers(200, ReplayedDto)
    async replay(@AskedBy() { stamp }: Asked, @Body() { consumer, stream, reason }: ReplayDto): Promise<ReplayedDto> {
      if (!parking.knows(consumer)) throw notFound(`${service} has no consumer ${consumer}.`);
      return parking.replay(consumer, stream, { actor: stamp.actor, reason });
    }

    @Post('skip')
    @Permission('consumers:operate')
    @ApiOperation({ summary: 'Leaves the effect of one waiting event out, for ever; who and why is kept' })
    @Answers(200, SkippedDto)
    async skip(@AskedBy() { stamp }: Asked, @Body() { consumer, position, reason }: SkipDto): Promise<SkippedDto> {
      if (await parking.skip(consumer, position, { actor: stamp.actor, reason })) return { skipped: position };
      throw notFound(`No event at position ${position} waits for ${consumer}.`);
    }

    @Post('rebuild')
    @Permission('consumers:operate')
    @ApiOperation({
      summary: 'Fills a view anew from the log beside the old version, then switches; who and why is kept',
    })
    @Answers(202, RebuildingDto)
    async rebuild(@AskedBy() { stamp }: Asked, @Body() { consumer, reason }: RebuildDto): Promise<RebuildingDto> {
      const by = { actor: stamp.actor, reason };
      if (consumer === processes.consumer) return accepted(by);
      if (!rebuilder.knows(consumer)) throw notFound(`${service} has no view ${consumer}.`);
      if (await rebuilder.ask(consumer, by)) return { consumer, status: 'asked' };
      const detail = `A rebuild of ${consumer} is under way: let it end, or cancel it.`;
      throw new ProblemException({ status: 409, code: 'rebuild-under-way', detail });
    }

    @Post('rebuild/cancel')
    @Permission('consumers:operate')
    @ApiOperation({ summary: 'Calls off the rebuild of a view, which stays as it is; who and why is kept' })
    @Answers(200, CancelingDto)
    async cancelRebuild(@AskedBy() { stamp }: Asked, @Body() { consumer, reason }: RebuildDto): Promise<CancelingDto> {
      if (await rebuilder.cancel(consumer, { actor: stamp.actor, reason })) return { consumer, status: 'canceling' };
      throw notFound(`No rebuild of ${consumer} is under way.`);
    }
  }
  Object.defineProperty(OperationsController, 'name', { value: `${service}Operations` });
  return OperationsController;
};
