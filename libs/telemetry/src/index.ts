export { type Attributes, count, gauge, metricNames, type MetricName, milliseconds } from './names.ts';
export { inSpan, outsideTraces } from './spans.ts';
export { contextOf, traceparentOf } from './traceparent.ts';
export { metricsHandler, stopTelemetry } from './running.ts';
