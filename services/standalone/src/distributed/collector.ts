import { type IncomingMessage } from 'node:http';
import { serveHttp } from './proxy.ts';

export type Span = Readonly<{
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: Readonly<Record<string, unknown>>;
}>;

/** What an OpenTelemetry collector is sent (OTLP over HTTP, JSON). */
export type Collector = Readonly<{ url: string; spans: () => readonly Span[]; stop: () => Promise<void> }>;

type Attribute = Readonly<{ key: string; value: Readonly<Record<string, unknown>> }>;
type SentSpan = Omit<Span, 'service' | 'attributes'> & Readonly<{ attributes?: readonly Attribute[] }>;
type Sent = Readonly<{
  resourceSpans?: readonly {
    resource: { attributes: readonly Attribute[] };
    scopeSpans: readonly { spans: readonly SentSpan[] }[];
  }[];
}>;

export const startCollector = async (): Promise<Collector> => {
  const spans: Span[] = [];
  const { url, stop } = await serveHttp((request, response) => {
    void bodyOf(request).then(sent => {
      spans.push(...spansIn(sent));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  return { url, stop, spans: () => spans };
};

const spansIn = ({ resourceSpans = [] }: Sent): readonly Span[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(scope =>
      scope.spans.map(({ attributes = [], ...span }) => ({ ...span, service, attributes: valuesOf(attributes) })),
    );
  });

const valuesOf = (attributes: readonly Attribute[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const bodyOf = async (request: IncomingMessage): Promise<Sent> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as Sent;
};
