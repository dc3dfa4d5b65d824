import { Body, Controller, Get, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { acceptLife, type By, instructionsInTrouble } from '@slipway/consumers';
import { type Asked, AskedBy, Integer, notFound, Pattern, Permission, ProblemException, Text } from '@slipway/edge';
import type { Running } from './running.ts';

const STREAM = /^[A-Za-z]{1,40}-[\w.-]{1,80}$/;

class ReplayDto {
  @Text(100)
  readonly consumer!: string;

  @Pattern(STREAM, 'release-0198c0de-0000-7000-8000-000000000000')
  readonly stream!: string;

  @Text(500)
  readonly reason!: string;
}

class SkipDto {
  @Text(100)
  readonly consumer!: string;

  @Integer(1, Number.MAX_SAFE_INTEGER)
  readonly position!: number;

  @Text(500)
  readonly reason!: string;
}

class RebuildDto {
  @Text(100)
  readonly consumer!: string;

  @Text(500)
  readonly reason!: string;
}

/**
 * What operators see of the consumers of a service, and do about events that it could not process and views that are wrong.
 * One controller a service, under its own path.
 */
export const operationsOf = ({ definition, parking, processes, rebuilder, source, standings, pool }: Running): Type => {
  const service = definition.name;

  const accepted = async (by: By): Promise<object> => {
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
    async consumers(): Promise<object> {
      return { items: await standings.list() };
    }

    @Get('parked')
    @Permission('consumers:operate')
    @ApiOperation({ summary: `Streams that a consumer of ${service} could not go on with, and why` })
    async parked(): Promise<object> {
      return { items: await parking.parked() };
    }

    @Get('instructions')
    @Permission('consumers:operate')
    @ApiOperation({
      summary: `The latest instructions of processes of ${service} that were rejected, or that are being tried again`,
    })
    async instructions(): Promise<object> {
      return { items: await instructionsInTrouble(pool) };
    }

    @Post('replay')
    @HttpCode(200)
    @Permission('consumers:operate')
    @ApiOperation({ summary: 'Tries the waiting events of a stream again, in order; who and why is kept' })
    replay(@AskedBy() { stamp }: Asked, @Body() { consumer, stream, reason }: ReplayDto): Promise<object> {
      return parking.replay(consumer, stream, { actor: stamp.actor, reason });
    }

    @Post('skip')
    @HttpCode(200)
    @Permission('consumers:operate')
    @ApiOperation({ summary: 'Leaves the effect of one waiting event out, for ever; who and why is kept' })
    async skip(@AskedBy() { stamp }: Asked, @Body() { consumer, position, reason }: SkipDto): Promise<object> {
      if (await parking.skip(consumer, position, { actor: stamp.actor, reason })) return { skipped: position };
      throw notFound(`No event at position ${position} waits for ${consumer}.`);
    }

    @Post('rebuild')
    @HttpCode(202)
    @Permission('consumers:operate')
    @ApiOperation({
      summary: 'Fills a view anew from the log beside the old version, then switches; who and why is kept',
    })
    async rebuild(@AskedBy() { stamp }: Asked, @Body() { consumer, reason }: RebuildDto): Promise<object> {
      const by = { actor: stamp.actor, reason };
      if (consumer === processes.consumer) return accepted(by);
      if (!rebuilder.knows(consumer)) throw notFound(`${service} has no view ${consumer}.`);
      if (await rebuilder.ask(consumer, by)) return { consumer, status: 'asked' };
      const detail = `A rebuild of ${consumer} is under way: let it end, or cancel it.`;
      throw new ProblemException({ status: 409, code: 'rebuild-under-way', detail });
    }

    @Post('rebuild/cancel')
    @HttpCode(200)
    @Permission('consumers:operate')
    @ApiOperation({ summary: 'Calls off the rebuild of a view, which stays as it is; who and why is kept' })
    async cancelRebuild(@AskedBy() { stamp }: Asked, @Body() { consumer, reason }: RebuildDto): Promise<object> {
      if (await rebuilder.cancel(consumer, { actor: stamp.actor, reason })) return { consumer, status: 'canceling' };
      throw notFound(`No rebuild of ${consumer} is under way.`);
    }
  }
  Object.defineProperty(OperationsController, 'name', { value: `${service}Operations` });
  return OperationsController;
};
