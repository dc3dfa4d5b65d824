import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { register } from 'import-in-the-middle/register-hooks.mjs';
import { runsAs } from './running.ts';

// `node --import @slipway/telemetry/start`: MUST run before anything that is to be traced is loaded.
// Nobody asked for traces: nothing is patched, since patching alone costs two thirds of the requests of an empty GET.
const traced = Boolean(process.env['OTEL_EXPORTER_OTLP_ENDPOINT']);
process.env['OTEL_TRACES_EXPORTER'] ??= traced ? 'otlp' : 'none'; // else the SDK sends to localhost
process.env['OTEL_LOGS_EXPORTER'] ??= 'none';
process.env['OTEL_NODE_RESOURCE_DETECTORS'] ??= 'env,host'; // not the command line and paths of the process
process.env['OTEL_SERVICE_NAME'] ??= `slipway-${/services\/([^/]+)\//.exec(process.argv[1] ?? '')?.[1] ?? 'process'}`;
if (traced) register({ include: ['http', 'node:http', 'express', 'pg', 'pg-pool', '@grpc/grpc-js'] });

// Not that of kafkajs: it begins a trace of its own with each record and writes it over the header that carries the event's.
const instrumentations = () => [
  new HttpInstrumentation(),
  new ExpressInstrumentation(), // gives the spans of HTTP their route
  new PgInstrumentation({ requireParentSpan: true }),
  new GrpcInstrumentation(),
];

// Loaded only when they are asked for. The protocol's variable is the one that the traces follow too.
const metricsOut = async () => {
  const { PeriodicExportingMetricReader } = await import('@opentelemetry/sdk-metrics');
  const { OTLPMetricExporter } =
    process.env['OTEL_EXPORTER_OTLP_PROTOCOL'] === 'http/json'
      ? await import('@opentelemetry/exporter-metrics-otlp-http')
      : await import('@opentelemetry/exporter-metrics-otlp-proto');
  return new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(),
    exportIntervalMillis: Number(process.env['OTEL_METRIC_EXPORT_INTERVAL'] ?? 60_000),
    exportTimeoutMillis: Number(process.env['OTEL_METRIC_EXPORT_TIMEOUT'] ?? 10_000),
  });
};

// No port of its own: `metricsHandler` answers on the service's.
const prometheus = new PrometheusExporter({ preventServerStart: true });
const sdk = new NodeSDK({
  instrumentations: traced ? instrumentations() : [],
  metricReaders:
    traced && process.env['OTEL_METRICS_EXPORTER'] !== 'none' ? [prometheus, await metricsOut()] : [prometheus],
});
sdk.start();
runsAs({
  answer: (request, response) => prometheus.getMetricsRequestHandler(request, response),
  stop: () => sdk.shutdown(),
});
