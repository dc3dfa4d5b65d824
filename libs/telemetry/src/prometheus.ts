import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Opens no port of its own: `/metrics` of a service asks it. */
export const prometheus = new PrometheusExporter({ preventServerStart: true });

/** Answers in the text format of Prometheus. */
export const metricsHandler = (request: IncomingMessage, response: ServerResponse): void =>
  prometheus.getMetricsRequestHandler(request, response);
