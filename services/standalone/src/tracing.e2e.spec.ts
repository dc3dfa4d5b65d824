import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { type Collector, type Span, startCollector } from './distributed/collector.ts';
import { startSystem, type System } from './distributed/system.ts';
import { type Actor, Teller } from './story/teller.ts';

const withKafka = process.env['KAFKA_BROKERS'] ? describe : describe.skip;

withKafka('one request', () => {
  let collector: Collector;
  let system: System;
  let rita: Actor;

  beforeAll(async () => {
    collector = await startCollector();
    system = await startSystem({
      services: ['relay', 'catalog', 'planning', 'change-approval'],
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_BSP_SCHEDULE_DELAY: '100',
      },
    });
    const teller = new Teller({ ...system, say: () => undefined });
    const ada = await teller.as('ada@boutique.example', 'administrator');
    rita = await teller.as('rita@boutique.example', 'release-manager');
    const catalog = new URL('../story/catalog.yaml', import.meta.url);
    await ada.does('imports', '/v1/catalog/import', parse(readFileSync(catalog, 'utf8')) as object);
  });
  afterAll(async () => {
    await system?.stop();
    await collector?.stop();
  });

  test('is one trace: HTTP, append, relay, Kafka, the process that it wakes and what that appends', async () => {
    const { number } = await rita.does('drafts', '/v1/releases', { title: 'Traced', class: 'minor' });
    await rita.does('attaches', `/v1/releases/${number}/attach-artifact`, ARTIFACT);
    const window = { start: new Date().toISOString(), end: new Date(Date.now() + 3_600_000).toISOString() };
    const targets = [{ service: 'checkoutservice', environment: 'production', wave: 1 }];
    await rita.does('schedules', `/v1/releases/${number}/schedule`, { window, targets });

    const request = await found(isRequest);
    const inItsTrace = (is: (span: Span) => boolean) => found(span => span.traceId === request.traceId && is(span));
    const appended = await inItsTrace(span => span.service === 'slipway-planning' && isAppend(span));
    const sent = await inItsTrace(span => span.service === 'slipway-relay' && span.name.endsWith('.releases'));
    const woken = await inItsTrace(
      span => span.service === 'slipway-change-approval' && span.name.endsWith('.processes ReleaseScheduled'),
    );
    const instructed = await inItsTrace(
      span => span.service === 'slipway-change-approval' && span.name.startsWith('raise-change-when-release-scheduled'),
    );
    const raised = await inItsTrace(span => span.service === 'slipway-change-approval' && isAppend(span));
    expect(ancestors(appended)).toContain(request.spanId);
    expect(ancestors(sent)).toContain(request.spanId);
    expect(ancestors(woken)).toContain(sent.spanId);
    expect(ancestors(instructed)).toContain(woken.spanId);
    expect(ancestors(raised)).toContain(instructed.spanId);
    // What the process appended is published in the same trace again.
    await inItsTrace(span => span.service === 'slipway-relay' && span.name.endsWith('.changes'));
  });

  const isRequest = ({ service, name }: Span): boolean =>
    service === 'slipway-planning' && /^POST .*schedule/.test(name);
  // The call itself is shared with other requests, so it is in the trace of none.
  const isAppend = ({ name }: Span): boolean => name.startsWith('append ');

  const found = async (is: (span: Span) => boolean): Promise<Span> => {
    for (const deadline = Date.now() + 20_000; ;) {
      const span = collector.spans().find(is);
      if (span) return span;
      if (Date.now() > deadline) throw new Error(`no such span: ${String(is)}`);
      await pause(50);
    }
  };

  const ancestors = ({ parentSpanId }: Span): readonly string[] => {
    const parent = collector.spans().find(({ spanId }) => spanId === parentSpanId);
    return parent ? [parent.spanId, ...ancestors(parent)] : [];
  };
});

const ARTIFACT = {
  service: 'checkoutservice',
  version: '1.0.0',
  purl: 'pkg:oci/checkoutservice@1.0.0',
  digest: `sha256:${'a'.repeat(64)}`,
  repository: 'online-boutique/checkoutservice',
  commits: [],
};
