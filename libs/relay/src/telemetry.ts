import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { contextOf, traceparentOf } from '@slipway/telemetry';
import type { TopicMessages } from 'kafkajs';

const SCOPE = 'slipway.relay';

/** Sends, with a span for each record in the trace of its event: who consumes the record goes on from there. */
export const traced = async (topicMessages: readonly TopicMessages[], send: () => Promise<unknown>): Promise<void> => {
  const spans = topicMessages.flatMap(({ topic, messages }) =>
    messages.flatMap(({ headers }) => (headers ? publishing(topic, headers) : [])),
  );
  try {
    await send();
  } catch (error) {
    for (const span of spans) span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
};

type Headers = NonNullable<TopicMessages['messages'][number]['headers']>;

const publishing = (topic: string, headers: Headers): readonly Span[] => {
  const { traceparent } = headers;
  const context = typeof traceparent === 'string' ? contextOf(traceparent) : undefined;
  if (!context) return [];
  const attributes = { 'messaging.system': 'kafka', 'messaging.destination.name': topic };
  const span = trace.getTracer(SCOPE).startSpan(`send ${topic}`, { kind: SpanKind.PRODUCER, attributes }, context);
  headers['traceparent'] = traceparentOf(span); // of the event's own where nothing is traced
  return [span];
};
