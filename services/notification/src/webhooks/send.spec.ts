import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mayReach } from './addresses.ts';
import { type Limits, type Resolve, send } from './send.ts';

const local: Limits = { timeoutMs: 2_000, allowHttp: true, mayReach: mayReach(['127.0.0.0/8', '::1/128']) };
const servers: Server[] = [];
let heard = 0;

const receiver = async (answer: RequestListener): Promise<string> => {
  heard = 0;
  const server = createServer((request, response) => {
    heard += 1;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
};

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const names = (...addresses: string[]): Resolve => {
  const answers = [...addresses];
  return (_, callback) => {
    const address = answers.shift() ?? '';
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
};

test('posts the bytes as they are, and says what was answered', async () => {
  const got: unknown[] = [];
  const url = await receiver((request, response) => {
    request.setEncoding('utf8').on('data', piece => got.push(request.method, request.headers['webhook-id'], piece));
    request.on('end', () => response.writeHead(204).end());
  });
  const sent = await send(url, '{"a":"ä"}', { 'webhook-id': 'msg_1' }, local);
  expect(got).toEqual(['POST', 'msg_1', '{"a":"ä"}']);
  expect(sent).toEqual({
    status: 204,
    answerDigest: `sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`,
  });
});

test('does not follow a redirect', async () => {
  const url = await receiver((_, response) => response.writeHead(307, { location: '/elsewhere' }).end());
  expect(await send(url, '{}', {}, local)).toMatchObject({ status: 307 });
  expect(heard).toBe(1);
});

test('passes on how long the receiver wants it to wait', async () => {
  const url = await receiver((_, response) => response.writeHead(429, { 'retry-after': '120' }).end());
  expect(await send(url, '{}', {}, local)).toMatchObject({ status: 429, retryAfter: 120 });
});

test('gives up on a receiver that hangs', async () => {
  const url = await receiver(() => undefined);
  expect(await send(url, '{}', {}, { ...local, timeoutMs: 50 })).toEqual({ error: 'timed-out' });
});

test('takes the status for the answer when the rest of it does not come', async () => {
  const url = await receiver((_, response) => response.writeHead(200).write('half'));
  expect(await send(url, '{}', {}, { ...local, timeoutMs: 100 })).toMatchObject({ status: 200 });
});

test('reads no more of an answer than it must', async () => {
  let sentBytes = 0;
  const url = await receiver((_, response) => {
    const pour = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) sentBytes += 65_536;
    };
    response
      .writeHead(200)
      .on('drain', pour)
      .on('error', () => undefined);
    pour();
  });
  expect(await send(url, '{}', {}, local)).toMatchObject({ status: 200 });
  expect(sentBytes).toBeLessThan(64 * 1024 * 1024);
});

test.each([
  ['http://127.0.0.1:9/', 'address-not-allowed'],
  ['http://2130706433/', 'address-not-allowed'],
  ['http://0x7f.1/', 'address-not-allowed'],
  ['http://[::1]/', 'address-not-allowed'],
  ['http://[::ffff:10.0.0.1]/', 'address-not-allowed'],
  ['http://169.254.169.254/latest/meta-data/', 'address-not-allowed'],
])('%s is not reached', async (url, error) => {
  expect(await send(url, '{}', {}, { ...local, mayReach: mayReach([]) })).toEqual({ error });
});

test('plain HTTP is not spoken unless it is allowed', async () => {
  const url = await receiver((_, response) => response.end());
  expect(await send(url, '{}', {}, { ...local, allowHttp: false })).toEqual({ error: 'https-required' });
  expect(heard).toBe(0);
});

test('a name is what it means when it is connected to: rebinding it afterwards reaches nobody', async () => {
  const url = new URL(await receiver((_, response) => response.end()));
  url.hostname = 'rebinding.example';
  // 127.0.0.2 stands for a public address, where nobody answers in this test.
  const strict = { ...local, mayReach: (address: string) => address === '127.0.0.2' };
  const rebinding = names('127.0.0.2', '127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1');
  expect(await send(url.href, '{}', {}, strict, rebinding)).toEqual({ error: 'refused' });
  for (let nth = 1; nth < 5; nth += 1)
    expect(await send(url.href, '{}', {}, strict, rebinding)).toEqual({ error: 'address-not-allowed' });
  expect(heard).toBe(0);
});

test('of a name with several addresses only the good ones are connected to', async () => {
  const url = new URL(await receiver((_, response) => response.end()));
  url.hostname = 'both.example';
  const both: Resolve = (_, callback) =>
    callback(null, [
      { address: '10.0.0.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]);
  expect(await send(url.href, '{}', {}, local, both)).toMatchObject({ status: 200 });
});

test('a name that means nothing, and a port where nobody is', async () => {
  const nobody: Resolve = (_, callback) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
  expect(await send('http://nobody.example/', '{}', {}, local, nobody)).toEqual({ error: 'not-resolved' });
  const url = await receiver((_, response) => response.end());
  await new Promise(resolve => servers.pop()?.close(resolve));
  expect(await send(url, '{}', {}, local)).toEqual({ error: 'refused' });
});

test('a receiver that ends the connection', async () => {
  const url = await receiver(request => request.socket.destroy());
  expect(await send(url, '{}', {}, local)).toEqual({ error: 'reset' });
});
