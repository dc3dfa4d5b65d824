import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as ask,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { ownersByPath } from './routes.ts';

export type Served = Readonly<{ url: string; stop: () => Promise<void> }>;

/** HTTP on a port of its own. */
export const serveHttp = async (listener: RequestListener): Promise<Served> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

/** One address for all services, as the proxy in front of them: 404 for paths of nobody, 502 while the owner is away. */
export const startProxy = (portOf: (service: string) => number | undefined): Promise<Served> => {
  const ownerOf = ownersByPath();
  return serveHttp((request, response) => {
    const owner = ownerOf(new URL(request.url ?? '/', 'http://proxy').pathname);
    const port = owner === undefined ? undefined : portOf(owner);
    if (port === undefined) response.writeHead(404).end();
    else forward(request, response, port);
  });
};

const forward = (request: IncomingMessage, response: ServerResponse, port: number): void => {
  const { method, url: path, headers } = request;
  const upstream = ask({ host: '127.0.0.1', port, method, path, headers, agent: false });
  upstream.on('response', answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response).catch(() => response.destroy()); // cut in the middle: so is ours
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  pipeline(request, upstream).catch(() => undefined); // said by 'error'
};
