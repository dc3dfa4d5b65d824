import { context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes } from './names.ts';

const SCOPE = 'slipway';

/** Runs `work` in a span of whatever is going on. */
export const inSpan = <Result>(name: string, attributes: Attributes, work: () => Promise<Result>): Promise<Result> =>
  trace.getTracer(SCOPE).startActiveSpan(name, { attributes }, async span => {
    try {
      return await work();
    } catch (error) {
      // The name alone: messages of PostgreSQL quote values.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'Error' });
      throw error;
    } finally {
      span.end();
    }
  });

/** Runs what serves several requests at once, and so belongs to the trace of none. */
export const outsideTraces = <Result>(work: () => Result): Result => context.with(ROOT_CONTEXT, work);
