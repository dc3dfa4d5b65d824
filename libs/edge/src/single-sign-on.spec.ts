import { jest } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Issuer, issuerAt, tokenVerifier } from './verify-token.ts';

// An issuer as Keycloak or Entra is one: metadata, keys that rotate, and its own idea of where roles stand.
let server: Server;
let issuer: string;
let metadata: object | undefined;
let published: readonly JWK[] = [];
let asked: string[] = [];

const pairs = { first: await generateKeyPair('RS256'), second: await generateKeyPair('ES256') };
const algorithms = { first: 'RS256', second: 'ES256' } as const;
type Kid = keyof typeof pairs;
const jwkOf = async (kid: Kid): Promise<JWK> => ({
  ...(await exportJWK(pairs[kid].publicKey)),
  kid,
  alg: algorithms[kid],
});

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const body = request.url === '/keys' ? { keys: published } : metadata;
    response.writeHead(body ? 200 : 503).end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(async () => {
  asked = [];
  metadata = { issuer, jwks_uri: `${issuer}/keys` };
  published = [await jwkOf('first')];
});

const tokenOf = (claims: object = {}, kid: Kid = 'first'): Promise<string> =>
  new SignJWT({ roles: ['deployer'], ...claims })
    .setProtectedHeader({ alg: algorithms[kid], kid })
    .setIssuer(issuer)
    .setSubject('ann@example.org')
    .setAudience('slipway')
    .setExpirationTime('5m')
    .sign(pairs[kid].privateKey);
const verifier = (more: Partial<Issuer> = {}) => tokenVerifier({ ...issuerAt(issuer, 'slipway'), ...more });

test('the keys are where the metadata says, asked for once', async () => {
  const verify = verifier();
  expect(await verify(await tokenOf())).toMatchObject({ subject: 'ann@example.org', roles: ['deployer'] });
  await verify(await tokenOf({ nonce: 'another' }));
  expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
});

describe('keys that rotate', () => {
  afterEach(() => jest.useRealTimers());

  test('the next one is known once a token names it', async () => {
    const verify = verifier();
    await verify(await tokenOf());
    published = [await jwkOf('first'), await jwkOf('second')];
    const tokens = [await tokenOf({}, 'second'), await tokenOf({ nonce: 'first' })];
    // Keys are asked for at most every 30 seconds.
    jest.useFakeTimers({ now: Date.now() + 31_000, doNotFake: ['setTimeout', 'setImmediate', 'nextTick'] });
    for (const token of tokens) expect(await verify(token)).toMatchObject({ subject: 'ann@example.org' });
  });

  test('one that was withdrawn is refused', async () => {
    const verify = verifier();
    await verify(await tokenOf());
    const [token, next] = [await tokenOf({ nonce: 'another' }), await tokenOf({}, 'second')];
    published = [await jwkOf('second')];
    jest.useFakeTimers({ now: Date.now() + 31_000, doNotFake: ['setTimeout', 'setImmediate', 'nextTick'] });
    await verify(next);
    await expect(verify(token)).rejects.toMatchObject({ problem: { status: 401 } });
  });
});

test('metadata that cannot be read is a 503, and asked for again with the next token', async () => {
  const verify = verifier();
  const token = await tokenOf();
  const good = metadata;
  metadata = undefined;
  await expect(verify(token)).rejects.toMatchObject({ problem: { status: 503, code: 'issuer-unreachable' } });
  metadata = good;
  expect(await verify(token)).toMatchObject({ subject: 'ann@example.org' });
});

test.each([
  ['another issuer', () => ({ issuer: 'https://other.example.org', jwks_uri: `${issuer}/keys` })],
  ['no keys', () => ({ issuer })],
  ['keys that are nowhere', () => ({ issuer, jwks_uri: 'keys' })],
])('metadata with %s is none', async (_, make) => {
  metadata = make();
  await expect(verifier()(await tokenOf())).rejects.toMatchObject({ problem: { code: 'issuer-unreachable' } });
});

test.each<[string, object, Partial<Issuer>, readonly string[]]>([
  ['in another claim', { realm_access: { roles: ['auditor'] } }, { rolesClaim: 'realm_access.roles' }, ['auditor']],
  [
    'in a claim that has a URL for a name',
    { 'https://example.org/roles': ['viewer'] },
    { rolesClaim: 'https://example.org/roles' },
    ['viewer'],
  ],
  ['nowhere', {}, { rolesClaim: 'realm_access.roles' }, []],
  ['in something that is no list', { groups: 'administrator' }, { rolesClaim: 'groups' }, []],
  [
    'under names of the issuer, and nothing else counts',
    { groups: ['4f1c', 'administrator'] },
    { rolesClaim: 'groups', roleNames: new Map([['4f1c', 'deployer']]) },
    ['deployer'],
  ],
  ['ignored', {}, { roles: 'ignored' }, []],
])('roles %s', async (_, claims, more, roles) => {
  expect(await verifier(more)(await tokenOf(claims))).toMatchObject({ roles });
});
