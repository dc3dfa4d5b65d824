import { decodeJwt, importJWK, type JWK, jwtVerify } from 'jose';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, type Peer, peer, type Reply } from '../peer.example.ts';

const account = 'person-00000000-0000-4000-8000-000000000001';
let answer: (asked: Asked) => Reply | undefined;
let server: Peer;
let directory: string;

beforeAll(async () => {
  server = await peer(asked => answer(asked));
});
afterAll(() => server.close());
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'slipway-key-'))));
afterEach(() => rm(directory, { recursive: true }));

const last = (): Asked | undefined => server.asked.at(-1);
const inDirectory = (name: string): string => join(directory, name);
const created = async (name = 'key.json', ...words: string[]) => {
  const { out } = await server.slipway('key', 'create', inDirectory(name), '--account', account, ...words);
  return JSON.parse(out);
};
const keys = (...listed: object[]): Reply => ({ body: { pseudonym: account, keys: listed } });
const one = { kid: 'k1', label: 'runner 4', state: 'in-force', lastDay: '2026-05-31', endsSoon: false };

test('a key pair: the private half is in a file of its owner alone, the public half is printed', async () => {
  const printed = await created();
  expect(Object.keys(printed).sort()).toEqual(['crv', 'kty', 'x']);
  expect((await stat(inDirectory('key.json'))).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(inDirectory('key.json'), 'utf8'))).toMatchObject({ ...printed, account });
});

test('a file that is there is left alone', async () => {
  await created();
  const before = await readFile(inDirectory('key.json'), 'utf8');
  expect(await server.slipway('key', 'create', inDirectory('key.json'))).toMatchObject({ exitCode: 2, out: '' });
  expect(await readFile(inDirectory('key.json'), 'utf8')).toBe(before);
});

test.each([['EdDSA'], ['ES256'], ['RS256']])('a token is signed with it, for an hour at most: %s', async algorithm => {
  const printed = await created('key.json', '--algorithm', algorithm);
  const { out } = await server.slipway('key', 'token', inDirectory('key.json'), '--minutes', '60');
  const { payload } = await jwtVerify(out.trim(), await importJWK(printed, algorithm), { audience: 'slipway' });
  expect(payload).toMatchObject({ iss: account, sub: account, exp: (payload.iat ?? 0) + 3_600 });
  const longer = await server.slipway('key', 'token', inDirectory('key.json'), '--minutes', '61');
  expect(longer.exitCode).toBe(2);
});

test('whose key it is must be said somewhere, and that others can read it is told', async () => {
  await server.slipway('key', 'create', inDirectory('key.json'));
  expect((await server.slipway('key', 'token', inDirectory('key.json'))).exitCode).toBe(2);
  await chmod(inDirectory('key.json'), 0o644);
  const { out, err } = await server.slipway('key', 'token', inDirectory('key.json'), '--account', account);
  expect(decodeJwt(out.trim())).toMatchObject({ sub: account });
  expect(err).toContain('chmod 600');
});

test('only the public half is sent', async () => {
  answer = () => keys(one);
  const printed = await created();
  const words = ['key', 'add', 'sub:ci', '--public', inDirectory('key.json'), '--label', 'runner 4'];
  const { out, err } = await server.slipway(...words);
  expect(last()).toMatchObject({ method: 'POST', path: '/v1/people/sub%3Aci/keys' });
  expect(JSON.parse(last()?.body ?? '')).toEqual({ publicKey: printed, label: 'runner 4' });
  expect(out).toBe('KID  LABEL     STATE     LAST DAY\nk1   runner 4  in-force  2026-05-31\n');
  expect(err).toBe(`The account is ${account}.\n`);
});

test('a list warns of a key that ends with none to go on', async () => {
  answer = () => keys({ ...one, endsSoon: true });
  const { err } = await server.slipway('key', 'list', account);
  expect(err).toContain('The last day of k1 is 2026-05-31');
});

test('a key is rotated by the account itself, with a token of the present one', async () => {
  answer = () => keys(one);
  await created();
  const words = ['key', 'rotate', '--key', inDirectory('key.json'), '--out', inDirectory('next.json'), '--label', 'l'];
  expect((await server.slipway(...words)).exitCode).toBe(0);
  const { kty, crv, x } = JSON.parse(await readFile(inDirectory('key.json'), 'utf8'));
  const next = JSON.parse(await readFile(inDirectory('next.json'), 'utf8'));
  const [, token = ''] = last()?.headers.authorization?.split(' ') ?? [];
  await jwtVerify(token, await importJWK({ kty, crv, x } as JWK, 'EdDSA'), { issuer: account });
  expect(JSON.parse(last()?.body ?? '').publicKey).toMatchObject({ x: next.x });
  expect(next).toMatchObject({ account });
});

test('a next key that was refused leaves no file behind', async () => {
  answer = () => ({ status: 409, body: { status: 409, code: 'already-rotated', detail: 'Go on with that one.' } });
  await created();
  const words = ['key', 'rotate', '--key', inDirectory('key.json'), '--out', inDirectory('next.json'), '--label', 'l'];
  expect((await server.slipway(...words)).exitCode).toBe(1);
  await expect(stat(inDirectory('next.json'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a key is revoked with a reason, alone or with its successors', async () => {
  answer = () => keys({ ...one, state: 'revoked', revoked: { reason: 'leaked' } });
  await server.slipway('key', 'revoke', account, 'k1', '--reason', 'leaked', '--successors-too');
  expect(last()?.path).toBe(`/v1/people/${account}/keys/k1/revoke`);
  expect(JSON.parse(last()?.body ?? '')).toEqual({ reason: 'leaked', successorsToo: true });
  expect((await server.slipway('key', 'revoke', account, 'k1')).exitCode).toBe(2);
});

test('what is no key is told without what stands in it', async () => {
  const { exitCode, err } = await server.slipway('key', 'token', 'package.json');
  expect([exitCode, err]).toEqual([2, 'slipway: package.json holds no JSON Web Key.\n']);
});
