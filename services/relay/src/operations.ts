import { metricsHandler } from '@slipway/telemetry';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

type Options = Readonly<{ databaseUrl: string; stats: () => object }>;

export type Operations = Readonly<{ port: number; close: () => Promise<void> }>;

/**
 * `/healthz` (alive), `/readyz` (the database is reached and migrated; whether this one leads or stands by, and how far it
 * is, is told and is no matter of readiness), `/metrics`.
 */
export const listen = async (port: number, options: Options): Promise<Operations> => {
  const server = createServer((request, response) => {
    void answer(request, response, options).catch(() => send(response, 500, { status: 'error' }));
  });
  server.listen(port);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
};

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  { databaseUrl, stats }: Options,
): Promise<void> => {
  if (request.method !== 'GET') return send(response, 405, { status: 'only GET' });
  switch (request.url) {
    case '/healthz':
      return send(response, 200, { status: 'alive' });
    case '/readyz': {
      const isReady = await reaches(databaseUrl);
      return send(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'database-away', ...stats() });
    }
    case '/metrics':
      return metricsHandler(request, response);
    default:
      return send(response, 404, { status: 'not-found' });
  }
};

const reaches = async (connectionString: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT store.head(), (SELECT count(*) FROM relay.checkpoints)');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const closed = async (server: Server): Promise<void> => {
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
};
