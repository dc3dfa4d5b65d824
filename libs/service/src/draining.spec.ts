import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { draining } from './draining.ts';

let server: Server;
let drain: () => void;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  drain = draining(server);
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const asked = async (): Promise<IncomingMessage> => {
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(get({ port, host: '127.0.0.1', agent }), 'response')) as [IncomingMessage];
  response.resume();
  return response;
};

test('connections are kept until it drains', async () => {
  server.on('request', (_, response: ServerResponse) => response.end());
  expect((await asked()).headers.connection).toBe('keep-alive');
  drain();
  expect((await asked()).headers.connection).toBe('close');
});

test('the answer of a request in hand ends its connection too, so that closing ends', async () => {
  const inHand = new Promise<ServerResponse>(resolve => server.on('request', (_, response) => resolve(response)));
  const answer = asked();
  const response = await inHand;
  drain();
  const closed = once(server.close(), 'close');
  response.end();
  expect((await answer).headers.connection).toBe('close');
  await closed;
});
