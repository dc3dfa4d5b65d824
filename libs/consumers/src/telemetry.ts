import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { describeFault } from './fault.ts';
import type { Delivery } from './subscription.ts';

export { count, gauge } from '@slipway/telemetry';

const SCOPE = 'slipway.consumers';

/** The W3C form of the span that is running, if one is. */
export const currentTraceparent = (): string | undefined => {
  const span = trace.getActiveSpan()?.spanContext();
  return span && `00-${span.traceId}-${span.spanId}-0${span.traceFlags.toString(16)}`;
};

/** Runs `work` in a span that continues the trace of the event: a batch has many, so none can come from outside. */
export const spanned = <Result>(
  name: string,
  traceparent: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> =>
  trace.getTracer(SCOPE).startActiveSpan(name, { kind: SpanKind.CONSUMER }, parentOf(traceparent), async span => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: describeFault(error) });
      throw error;
    } finally {
      span.end();
    }
  });

export const spannedDelivery = <Result>(
  consumer: string,
  event: Delivery,
  work: () => Promise<Result>,
): Promise<Result> => spanned(`${consumer} ${event.type}`, event.traceparent, work);

const parentOf = (traceparent = '') => {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent) ?? [];
  if (!traceId || !spanId) return context.active();
  const traceFlags = Number.parseInt(flags ?? '00', 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
};
