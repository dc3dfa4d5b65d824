import { Body, Controller, Get, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { instructionsInTrouble, type Parking } from '@slipway/consumers';
import { type Asked, AskedBy, Integer, notFound, Pattern, Permission, Text } from '@slipway/edge';
import type pg from 'pg';

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

/** What operators do about events that a service could not process. One controller a service, under its own path. */
export const operationsOf = (service: string, parking: Parking, pool: pg.Pool): Type => {
  @Controller(`v1/operations/${service}`)
  @ApiTags('operations')
  class OperationsController {
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
  }
  Object.defineProperty(OperationsController, 'name', { value: `${service}Operations` });
  return OperationsController;
};
