import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { contextOf, traceparentOf } from '@slipway/telemetry';
import { envelopeIn, type Headers } from './record.ts';
import type { TopicMessages } from 'kafkajs';

const SCOPE = 'slipway.relay';

/** Sends, with a span for each record in the trace of its event: who consumes the record goes on from there. */
export const traced = async (topicMessages: readonly TopicMessages[], send: () => Promise<unknown>): Promise<void> => {
  const spans = topicMessages.flatMap(({ topic, messages }) =>
    messages.flatMap(({ headers }) => (headers ? publishing(topic, headers as Headers) : [])),
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

const publishing = (topic: string, headers: Headers): readonly Span[] => {
  const context = contextOf(headers['traceparent']);
  if (!context) return [];
  const attributes = { 'messaging.system': 'kafka', 'messaging.destination.name': topic };
  const span = trace.getTracer(SCOPE).startSpan(`send ${topic}`, { kind: SpanKind.PRODUCER, attributes }, context);
  if (!span.isRecording()) return []; // nothing is traced here: the event's own goes on
  headers['envelope'] ??= envelopeIn(headers); // the event's own, to be brought back
  headers['traceparent'] = traceparentOf(span);
  return [span];
};
