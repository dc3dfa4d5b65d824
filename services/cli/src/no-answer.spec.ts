import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { peer, slipway } from './peer.example.ts';

const WHERE = '--url or SLIPWAY_URL says where Slipway is.';
const HELP =
  'SLIPWAY_TOKEN or --token takes one; `slipway token --as you@example.org --role viewer` makes one for trying things out';

/** A port that nobody listens at any more. */
const freedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
};

const tokenUntil = (exp: number): string =>
  ['{}', JSON.stringify({ exp }), ''].map(part => Buffer.from(part).toString('base64url')).join('.');

test('nobody listens there: one line says so, and how to say where Slipway is', async () => {
  const url = `http://127.0.0.1:${await freedPort()}`;
  expect(await slipway({ SLIPWAY_URL: url }, 'release', 'list')).toEqual({
    exitCode: 1,
    out: '',
    err: `slipway: ${url} cannot be reached: nobody listens there. ${WHERE}\n`,
  });
});

test('there is no such host', async () => {
  const { exitCode, err } = await slipway({ SLIPWAY_URL: 'http://slipway.invalid' }, 'release', 'list');
  expect(exitCode).toBe(1);
  expect(err).toMatch(
    /^slipway: http:\/\/slipway\.invalid cannot be reached: (there is no such host|no network, or no name server)\. --url/,
  );
});

test.each([
  ['a page', { body: '<html>' }],
  ['a page that is not found', { status: 404, body: '<html>' }],
  ['an answer of another system', { status: 401, body: { message: 'Who are you?' } }],
])('%s is none of Slipway', async (_name, reply) => {
  const server = await peer(() => reply);
  expect(await server.slipway('release', 'list', '--json')).toEqual({
    exitCode: 1,
    out: '',
    err: `slipway: What answers at ${server.url} is not Slipway. ${WHERE}\n`,
  });
  server.close();
});

test('a proxy behind which nobody is says so by its status', async () => {
  const server = await peer(() => ({ status: 502, body: '<html>' }));
  expect((await server.slipway('release', 'list')).err).toBe('slipway: HTTP status 502. (http-502)\n');
  server.close();
});

test.each([
  ['no token', [], 'No token is given.'],
  ['an expired one', ['--token', tokenUntil(1_772_442_000)], 'The token has expired at 2026-03-02T09:00:00Z.'],
  ['one that is no token', ['--token', 'secret'], 'The token is not good: No key fits.'],
  ['one of another issuer', ['--token', tokenUntil(32_503_680_000)], 'The token is not good: No key fits.'],
])('%s: one line says what is wrong with it, and where another comes from', async (_name, words, why) => {
  const server = await peer(() => ({ status: 401, body: { code: 'unauthenticated', detail: 'No key fits.' } }));
  expect(await server.slipway('release', 'list', ...words)).toEqual({
    exitCode: 1,
    out: '',
    err: `slipway: ${why} ${HELP}. (unauthenticated)\n`,
  });
  server.close();
});
