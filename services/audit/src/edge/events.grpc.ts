import type { Metadata, ServerWritableStream } from '@grpc/grpc-js';
import { Controller, type OnModuleDestroy } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { followingFor } from '@slipway/consumers';
import { type AtItsPlace, type auditV1, cloudEventOf } from '@slipway/contracts';
import { Permission, timestampOf, valid } from '@slipway/edge';
import { Service } from '@slipway/service';
import { once } from 'node:events';
import { from, type Observable } from 'rxjs';
import { FollowRequest, knownTypes } from './events.dto.ts';

type Call = ServerWritableStream<unknown, unknown>;

const AT_ONCE = 200;
const LOOK_AGAIN_MS = 30_000;

/** The feed of REST's /v1/events, without asking again. */
@Controller()
export class EventsGrpc implements OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(private readonly service: Service) {}

  @GrpcMethod('EventsService', 'Follow')
  @Permission('events:read')
  follow(message: unknown, _metadata: Metadata, call: Call): Observable<auditV1.FollowResponse> {
    return from(this.followed(message, call));
  }

  /** A stream has no end of its own, and a shutdown waits for what is under way. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  // The next events are read when the caller has taken the last ones.
  private async *followed(message: unknown, call: Call): AsyncGenerator<auditV1.FollowResponse> {
    const { afterPosition = 0, types = [], subject } = await valid(FollowRequest, message);
    const wanted = { ...(types.length > 0 && { types: knownTypes(types) }), ...(subject !== undefined && { subject }) };
    const gone = new AbortController();
    call.on('cancelled', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.closing.signal]);
    const { store, hints } = this.service;
    for (let after = afterPosition; !signal.aborted;) {
      const options = { ...wanted, after, limit: AT_ONCE, waitMs: LOOK_AGAIN_MS, signal };
      const { events, through } = await followingFor(store, hints, options);
      for (const event of events) yield { event: eventMessage(event) };
      after = through;
      if (call.writableNeedDrain) await once(call, 'drain', { signal }).catch(() => undefined);
    }
  }
}

const eventMessage = (event: AtItsPlace): auditV1.Event => {
  const {
    id,
    source,
    type,
    subject,
    time,
    position,
    version,
    correlationid,
    causationid,
    traceparent,
    dataschema,
    data,
  } = cloudEventOf(event);
  return {
    id,
    source,
    type,
    subject,
    time: timestampOf(time),
    position,
    version,
    correlationId: correlationid,
    causationId: causationid ?? '',
    traceparent: traceparent ?? '',
    data: JSON.stringify(data),
    dataSchema: dataschema,
  };
};
