import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Asked, AskedBy, EVERYWHERE, Id, Integer, Optional, Permission, ProblemException } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { Response } from 'express';
import { isOverAfter, type Update, watchingAll, watchingOne } from './live.ts';
import { Listeners } from './listeners.ts';
import { environmentNamed, serviceNamed } from './references.ts';
import { sendEvents } from './server-sent-events.ts';

class LiveQuery {
  /** As `Last-Event-ID`: the `id` that was seen last, a position of the log. */
  @Integer(0, Number.MAX_SAFE_INTEGER)
  @Optional()
  readonly after?: number;
}

class LiveOfAllQuery extends LiveQuery {
  /** Name or id. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Name or id. */
  @Id()
  @Optional()
  readonly environment?: string;
}

const STREAM = {
  content: { 'text/event-stream': { schema: { type: 'string' } } },
  description:
    'Events named `deployment`, their `id` a position of the log, their data `{ event?, deployment }`; `end` when nothing more will come.',
} as const;

/** Deployments as they go, as server-sent events. */
@Controller('v1/deployments')
@ApiTags('deployments')
export class LiveController {
  constructor(
    private readonly service: Service,
    private readonly listeners: Listeners,
  ) {}

  @Get('live')
  @Permission('deployments:read')
  @ApiOperation({ summary: 'All deployments, of a service or an environment, as they go from now on' })
  @ApiOkResponse(STREAM)
  async all(
    @AskedBy() asked: Asked,
    @Query() query: LiveOfAllQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const after = positionIn(lastEventId) ?? query.after;
    const [service, environment] = await Promise.all([
      query.service === undefined ? undefined : serviceNamed(this.service, query.service),
      query.environment === undefined ? undefined : environmentNamed(this.service, query.environment),
    ]);
    const watched = {
      ...(service && { serviceId: service.id }),
      ...(environment && { environmentId: environment.id }),
    };
    this.service.permit(asked, [{ ...EVERYWHERE, ...watched }]);
    await this.send(response, signal =>
      watchingAll(this.service, watched, { signal, ...(after !== undefined && { after }) }),
    );
  }

  @Get(':id/live')
  @Permission('deployments:read')
  @ApiOperation({ summary: 'A deployment as it is and as it goes, until it is settled' })
  @ApiOkResponse(STREAM)
  async one(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Query() query: LiveQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const after = positionIn(lastEventId) ?? query.after;
    const stream = await this.service.streamOf('deployment', id);
    await this.service.read(stream, asked);
    // 204 tells an EventSource not to come again.
    if (after !== undefined && (await isOverAfter(this.service, stream, after))) return void response.status(204).end();
    await this.send(response, signal =>
      watchingOne(this.service, stream, { signal, ...(after !== undefined && { after }) }),
    );
  }

  private async send(response: Response, updates: (signal: AbortSignal) => AsyncIterable<Update>): Promise<void> {
    const { signal, leave } = this.listeners.join();
    response.on('close', leave);
    try {
      await sendEvents(response, messagesOf(updates(signal)), signal);
    } finally {
      leave();
    }
  }
}

async function* messagesOf(updates: AsyncIterable<Update>) {
  for await (const { position, event, deployment } of updates)
    yield {
      id: String(position),
      ...(deployment && { event: 'deployment', data: { ...(event && { event }), deployment } }),
    };
}

const positionIn = (lastEventId: string | undefined): number | undefined => {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  const detail = 'Last-Event-ID takes the id of an event as it came.';
  throw new ProblemException({ status: 400, code: 'invalid-last-event-id', detail });
};
