import type { PublicJwk } from '@slipway/event-store';
import { sha256 } from '@slipway/canonical';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { isPseudonym } from './people.ts';
import { type Bearer, unauthenticated } from './verify-token.ts';

/** The key of an account, when it is in force at an instant (RFC 3339). */
export type KeyOf = (account: string, kid: string, at: string) => Promise<PublicJwk | undefined>;

const TOLERANCE_SECONDS = 5;
const MOST_SECONDS = 3_600;
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 5_000;

/** By `kty`, what a key may sign with: the header of a token does not choose. */
const ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
  OKP: ['EdDSA', 'Ed25519'],
  EC: ['ES256'],
  RSA: ['RS256', 'PS256'],
};

type Claimed = Readonly<{ account: string; kid: string }>;

/** The service account that says to have signed a token itself (`iss` is its pseudonym); undefined: another issuer's. */
export const accountClaimedIn = (token: string): Claimed | undefined => {
  try {
    const { iss } = decodeJwt(token);
    const { kid } = decodeProtectedHeader(token);
    if (typeof iss !== 'string' || !isPseudonym(iss)) return undefined;
    return { account: iss, kid: typeof kid === 'string' && kid.length <= 100 ? kid : '' };
  } catch {
    return undefined;
  }
};

/**
 * Verifies tokens that service accounts sign with keys of their own, after RFC 7523, section 3: `iss` and `sub` are the
 * account, `aud` is this Slipway, `exp` is at most an hour after `iat`. Roles in them mean nothing. Throws a 401.
 * What is remembered for a minute is that a signature was good; whether its key is in force is asked each time.
 */
export const accountTokenVerifier = (audience: string, keyOf: KeyOf) => {
  const good = new LRUCache<string, true>({ max: MOST_REMEMBERED, perf: { now: () => Date.now() } });
  return async (token: string, { account, kid }: Claimed): Promise<Bearer> => {
    const key = await keyOf(account, kid, new Date().toISOString());
    if (!key) throw unauthenticated('The account has no such key, or it is over or revoked.');
    const digest = sha256(token);
    if (!good.has(digest)) good.set(digest, true, { ttl: await checked(token, account, audience, key) });
    return { subject: account, issuer: account, roles: [], client: kid, keyId: kid };
  };
};

/** How long it may be remembered, in milliseconds. */
const checked = async (token: string, account: string, audience: string, key: PublicJwk): Promise<number> => {
  const { payload } = await jwtVerify(token, publicKeyOf(key), {
    issuer: account,
    subject: account,
    audience,
    algorithms: [...(ALGORITHMS[key.kty] ?? [])],
    requiredClaims: ['iat', 'exp'],
    maxTokenAge: MOST_SECONDS,
    clockTolerance: TOLERANCE_SECONDS,
  }).catch(refuse);
  const { iat, exp } = lifeOf(payload);
  if (exp - iat > MOST_SECONDS) throw unauthenticated('A token that an account signs itself ends within an hour.');
  return Math.max(1, Math.min(REMEMBERED_MS, (exp + TOLERANCE_SECONDS) * 1_000 - Date.now()));
};

const lifeOf = ({ iat = 0, exp = Number.POSITIVE_INFINITY }: JWTPayload) => ({ iat, exp });

const publicKeyOf = (key: PublicJwk): KeyObject => createPublicKey({ key: { ...key }, format: 'jwk' });

const refuse = (error: unknown): never => {
  if (error instanceof errors.JOSEError) throw unauthenticated(error.message);
  throw error;
};
