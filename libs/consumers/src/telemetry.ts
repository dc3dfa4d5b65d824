import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { contextOf, traceparentOf } from '@slipway/telemetry';
import { describeFault } from './fault.ts';
import type { Delivery } from './subscription.ts';

export { count, gauge } from '@slipway/telemetry';

const SCOPE = 'slipway.consumers';

/** Whether anybody keeps spans, as `@slipway/telemetry/start` says: what nobody sees need not be made for each event. */
export const isTracing = (): boolean => (process.env['OTEL_TRACES_EXPORTER'] ?? 'none') !== 'none';

/** The W3C form of the span that is running, if one is. */
export const currentTraceparent = (): string | undefined => {
  const span = trace.getActiveSpan();
  return span && traceparentOf(span);
};

/** Runs `work` in a span that continues the trace of the event: a batch has many, so none can come from outside. */
export const spanned = <Result>(
  name: string,
  traceparent: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> =>
  trace
    .getTracer(SCOPE)
    .startActiveSpan(name, { kind: SpanKind.CONSUMER }, contextOf(traceparent) ?? context.active(), async span => {
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
