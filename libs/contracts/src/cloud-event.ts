import type { Message } from '@slipway/event-sourcing';
import { dataSchemaOf } from './json-schema.ts';
import { cloudEventTypeOf, eventTypes } from './registry.ts';

/** An event as the log has it. */
export type AtItsPlace = Message &
  Readonly<{
    id: string;
    stream: string;
    version: number;
    position: number;
    sequencedAt: string;
    correlationId: string;
    causationId?: string;
    traceparent?: string;
  }>;

/** CloudEvents 1.0 in its JSON format. What is not of CloudEvents is an extension of ours; they are texts, as on Kafka. */
export type CloudEvent = Readonly<{
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  /** When it got its place; when it happened stands in the data. */
  time: string;
  datacontenttype: 'application/json';
  /** The name of the JSON Schema of its data; see `dataSchemaOf`. */
  dataschema: string;
  position: string;
  version: string;
  correlationid: string;
  causationid?: string;
  traceparent?: string;
  data: object;
}>;

export const cloudEventOf = (event: AtItsPlace): CloudEvent => ({
  specversion: '1.0',
  id: event.id,
  source: `/slipway/${eventTypes.get(event.type)?.category.context ?? 'unknown'}`,
  type: cloudEventTypeOf(event.type),
  subject: event.stream,
  time: event.sequencedAt,
  datacontenttype: 'application/json',
  dataschema: dataSchemaOf(cloudEventTypeOf(event.type)),
  position: String(event.position),
  version: String(event.version),
  correlationid: event.correlationId,
  ...(event.causationId && { causationid: event.causationId }),
  ...(event.traceparent && { traceparent: event.traceparent }),
  data: event.data,
});
