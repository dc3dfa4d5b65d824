import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

// Each in a process of its own: an SDK is registered once, before anything else is loaded.
const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const run = async (program: string, environment: NodeJS.ProcessEnv): Promise<string> => {
  const child = spawn(
    process.execPath,
    ['-C', '@slipway/source', '--import', at('start.ts'), '--input-type=module', '--eval', program],
    { cwd: at('..'), env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said: Buffer[] = [];
  const wrong: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => wrong.push(bytes));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, Buffer.concat(wrong).toString()]).toEqual([0, '']);
  return Buffer.concat(said).toString();
};

// Counts, asks itself for /metrics over HTTP within a span, prints the answer and drains.
const program = `
  import http from 'node:http';
  import { trace } from '@opentelemetry/api';
  import { count, gauge, metricNames, metricsHandler, stopTelemetry } from '@slipway/telemetry';
  count(metricNames.appendCount, 3, { category: 'release' });
  gauge(metricNames.consumerLag, 7, { consumer: 'planning.releases' });
  const server = http.createServer(metricsHandler).listen(0, '127.0.0.1');
  server.on('listening', () => trace.getTracer('test').startActiveSpan('outer', span => {
    http.get({ port: server.address().port, path: '/metrics', host: '127.0.0.1' }, response => {
      response.setEncoding('utf8').on('data', text => process.stdout.write(text)).on('end', async () => {
        span.end();
        server.close();
        await stopTelemetry();
      });
    });
  }));
`;

test('/metrics is served on a server of ours, and without an endpoint nothing is said to anybody', async () => {
  const metrics = await run(program, {});
  expect(metrics).toMatch(/^slipway_append_count_total\{category="release".*\} 3$/m);
  expect(metrics).toMatch(/^slipway_consumer_lag\{consumer="planning\.releases".*\} 7$/m);
  expect(metrics).not.toContain('http_client');
});

test('without the start module the instruments are silent and /metrics says so', async () => {
  const { metricsHandler } = await import('./running.ts');
  const { count, metricNames } = await import('./names.ts');
  count(metricNames.appendConflicts);
  const server = createServer(metricsHandler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
  expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^# telemetry is not started/)]);
  server.close();
});

type Span = Readonly<{ traceId: string; spanId: string; parentSpanId?: string; name: string; kind: number }>;
type Sent = Readonly<{
  resourceSpans?: readonly { scopeSpans: readonly { spans: readonly Span[] }[] }[];
  resourceMetrics?: readonly { scopeMetrics: readonly { metrics: readonly { name: string }[] }[] }[];
}>;

const bodyOf = async (request: IncomingMessage): Promise<Sent> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as Sent;
};

test('with an endpoint the spans of client and server are one trace, and the metrics leave too', async () => {
  const sent: Sent[] = [];
  const collector = createServer((request, response) => {
    void bodyOf(request).then(body => {
      sent.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  await run(program, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
  collector.close();
  const spans = sent.flatMap(each => each.resourceSpans ?? []).flatMap(each => each.scopeSpans.flatMap(of => of.spans));
  const outer = spans.find(span => span.name === 'outer')!;
  const client = spans.find(span => span.parentSpanId === outer.spanId)!;
  const server = spans.find(span => span.parentSpanId === client.spanId)!;
  expect(new Set([outer.traceId, client.traceId, server.traceId]).size).toBe(1);
  const names = sent
    .flatMap(each => each.resourceMetrics ?? [])
    .flatMap(each => each.scopeMetrics.flatMap(of => of.metrics.map(metric => metric.name)));
  expect(names).toEqual(expect.arrayContaining(['slipway.append.count', 'slipway.consumer.lag']));
});
