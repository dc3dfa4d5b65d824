import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleIssuer, type ExampleIssuer } from '../issuer.example.ts';
import { type Peer, peer, type Ran, slipway } from '../peer.example.ts';

let issuer: ExampleIssuer;
let server: Peer;
let directory: string;

beforeEach(async () => {
  issuer = await exampleIssuer();
  server = await peer(() => ({ body: { items: [] } }));
  directory = await mkdtemp(join(tmpdir(), 'slipway-login-'));
});
afterEach(async () => {
  issuer.close();
  server.close();
  await rm(directory, { recursive: true });
});

const run = (...words: string[]): Promise<Ran> =>
  slipway({ SLIPWAY_URL: server.url, XDG_CONFIG_HOME: directory, SLIPWAY_CLIENT_ID: 'cli' }, ...words);
const login = (): Promise<Ran> => run('login', '--issuer', issuer.url);
const file = (): string => join(directory, 'slipway', 'session.json');
const tokens = (name: string, more: object = {}) => ({
  status: 200,
  body: { access_token: name, token_type: 'bearer', expires_in: 600, refresh_token: `${name}-refresh`, ...more },
});
const pending = { status: 400, body: { error: 'authorization_pending' } };
const used = (): string | undefined => server.asked.at(-1)?.headers.authorization;

test('somebody signs in by a browser elsewhere, and every command asks in that name', async () => {
  issuer.answers.push(pending, tokens('one'));
  const { exitCode, err } = await login();
  expect(exitCode).toBe(0);
  expect(err).toContain(`Open ${issuer.url}/activate and enter WDJB-MJHT`);
  expect(issuer.asked.map(({ path }) => path)).toEqual([
    '/.well-known/openid-configuration',
    '/device',
    '/token',
    '/token',
  ]);
  expect(issuer.asked.at(-1)).toMatchObject({ client_id: 'cli', device_code: 'device-1' });
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  await run('release', 'list');
  expect(used()).toBe('Bearer one');
});

test('a token that is given counts, and the one of another Slipway is not sent', async () => {
  issuer.answers.push(tokens('one'));
  await login();
  await run('--token', 'given', 'release', 'list');
  expect(used()).toBe('Bearer given');
  const other = await peer(() => ({ body: { items: [] } }));
  await run('--url', other.url, 'release', 'list');
  expect(other.asked.at(-1)?.headers.authorization).toBeUndefined();
  other.close();
});

test('a token that ends is refreshed, and the next one is kept', async () => {
  issuer.answers.push(tokens('one', { expires_in: 20 }), tokens('two'));
  await login();
  await run('release', 'list');
  expect(issuer.asked.at(-1)).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'one-refresh' });
  expect(used()).toBe('Bearer two');
  await run('release', 'list');
  expect(used()).toBe('Bearer two');
});

test('one that cannot be refreshed is told, and not sent', async () => {
  issuer.answers.push(tokens('one', { expires_in: 20 }), { status: 400, body: { error: 'invalid_grant' } });
  await login();
  const { err } = await run('release', 'list');
  expect(err).toContain('You are not signed in any more');
  expect(used()).toBeUndefined();
});

test('whoever is refused or waits too long is not signed in', async () => {
  issuer.answers.push({ status: 400, body: { error: 'access_denied', error_description: 'secret' } });
  const { exitCode, err } = await login();
  expect([exitCode, err]).toEqual([1, expect.stringContaining('did not sign you in: access_denied.')]);
  expect(err).not.toContain('secret');
  await expect(stat(file())).rejects.toMatchObject({ code: 'ENOENT' });
});

test('whoever signs out is forgotten here, and the issuer is told', async () => {
  issuer.answers.push(tokens('one'));
  await login();
  expect((await run('logout')).err).toBe('Signed out.\n');
  expect(issuer.asked.at(-1)).toMatchObject({ path: '/revoke', token: 'one-refresh' });
  await expect(stat(file())).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await run('logout')).err).toBe('Nobody was signed in.\n');
});

test('an issuer that is away leaves nobody signed in here', async () => {
  issuer.answers.push(tokens('one'));
  await login();
  issuer.close();
  await writeFile(file(), (await readFile(file(), 'utf8')).replace(issuer.url, 'http://127.0.0.1:1'));
  expect((await run('logout')).err).toContain('The issuer could not be told');
  await expect(stat(file())).rejects.toMatchObject({ code: 'ENOENT' });
});

test('where to sign in must be said, and a file that is no session is none', async () => {
  expect((await run('login')).exitCode).toBe(2);
  expect(
    (await slipway({ SLIPWAY_URL: server.url }, 'login', '--issuer', issuer.url, '--client-id', 'c')).exitCode,
  ).toBe(2);
  issuer.answers.push(tokens('one'));
  await login();
  await writeFile(file(), 'nonsense');
  expect((await run('release', 'list')).exitCode).toBe(0);
  expect(used()).toBeUndefined();
});
