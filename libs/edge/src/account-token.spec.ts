import { jest } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { PublicJwk } from '@slipway/event-store';
import { accountClaimedIn, accountTokenVerifier } from './account-token.ts';

const account = 'person-00000000-0000-4000-8000-000000000001';
const other = 'person-00000000-0000-4000-8000-000000000002';
const now = Math.floor(Date.now() / 1_000);

const pairs = {
  EdDSA: await generateKeyPair('Ed25519'),
  ES256: await generateKeyPair('ES256'),
  RS256: await generateKeyPair('RS256', { extractable: true }),
};
type Algorithm = keyof typeof pairs;

const keys = new Map<string, PublicJwk>();
beforeEach(async () => {
  keys.clear();
  for (const [kid, { publicKey }] of Object.entries(pairs)) {
    const { kty, crv, x, y, n, e } = await exportJWK(publicKey);
    keys.set(kid, JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })));
  }
});

type Claims = Readonly<{
  kid?: string;
  issuer?: string;
  subject?: string;
  audience?: string;
  issuedAt?: number;
  expires?: number;
  signer?: Algorithm;
}>;

const signed = ({ signer = 'EdDSA', kid = signer, ...claims }: Claims = {}): Promise<string> => {
  const {
    issuer = account,
    subject = account,
    audience = 'slipway',
    issuedAt = now,
    expires = issuedAt + 300,
  } = claims;
  return new SignJWT({ roles: ['administrator'] })
    .setProtectedHeader({ alg: signer, kid })
    .setIssuer(issuer)
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expires)
    .sign(pairs[signer].privateKey);
};

const verifier = () => {
  const verify = accountTokenVerifier('slipway', async (of, kid) => (of === account ? keys.get(kid) : undefined));
  return async (token: string) => {
    const claimed = accountClaimedIn(token);
    return claimed ? verify(token, claimed) : 'of another issuer';
  };
};
const verified = async (claims?: Claims) => verifier()(await signed(claims));
const refusal = { problem: { status: 401, code: 'unauthenticated' } };

test.each<Algorithm>(['EdDSA', 'ES256', 'RS256'])('an account speaks for itself, without roles: %s', async signer => {
  expect(await verified({ signer })).toEqual({
    subject: account,
    issuer: account,
    roles: [],
    client: signer,
    keyId: signer,
  });
});

test.each<[string, Claims]>([
  ['a key that is not there', { kid: 'unknown' }],
  ['the key of another account', { issuer: other, subject: other }],
  ['another subject', { subject: other }],
  ['another audience', { audience: 'elsewhere' }],
  ['a signature of another key', { kid: 'EdDSA', signer: 'ES256' }],
  ['over', { issuedAt: now - 400, expires: now - 60 }],
  ['for more than an hour', { expires: now + 3_601 }],
  ['made in the future', { issuedAt: now + 600 }],
  ['made long ago', { issuedAt: now - 4_000, expires: now + 10 }],
])('is a 401: %s', async (_, claims) => {
  await expect(verified(claims)).rejects.toMatchObject(refusal);
});

test('a header that names another algorithm, none, or an HMAC with the public key is a 401', async () => {
  const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: account, sub: account, aud: 'slipway', iat: now, exp: now + 60 };
  const unsigned = `${base64({ alg: 'none', kid: 'EdDSA' })}.${base64(claims)}.`;
  await expect(verifier()(unsigned)).rejects.toMatchObject(refusal);
  const spki = new TextEncoder().encode(await exportSPKI(pairs.RS256.publicKey));
  const hmac = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'RS256' }).sign(spki);
  await expect(verifier()(hmac)).rejects.toMatchObject(refusal);
});

test('tokens of others and what is no token are left to the issuer', async () => {
  expect(accountClaimedIn(await signed({ issuer: 'https://issuer.example.org' }))).toBeUndefined();
  expect(accountClaimedIn('nonsense')).toBeUndefined();
});

describe('a token that was good before', () => {
  afterEach(() => jest.useRealTimers());

  test('stops with its key, at the next call', async () => {
    const [verify, token] = [verifier(), await signed()];
    await verify(token);
    keys.delete('EdDSA');
    await expect(verify(token)).rejects.toMatchObject(refusal);
  });

  test('ends when it says so', async () => {
    const [verify, token] = [verifier(), await signed({ expires: now + 30 })];
    await verify(token);
    jest.useFakeTimers({ now: (now + 36) * 1_000, doNotFake: ['setTimeout', 'setImmediate', 'nextTick'] });
    await expect(verify(token)).rejects.toMatchObject(refusal);
  });
});
