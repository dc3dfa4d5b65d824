import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { sha256 } from '@slipway/canonical';
import { LRUCache } from 'lru-cache';
import { discoveredKeys } from './discovery.ts';
import { ProblemException } from './problem.ts';

/** Whose tokens are good, and for whom they must be meant. */
export type Issuer = Readonly<{
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
  /** Whether the roles of a token are held, everywhere; else only grants count. They are when it is not said. */
  roles?: 'trusted' | 'ignored';
  /** The claim that holds the roles, `realm_access.roles`; `roles` when it is not said. */
  rolesClaim?: string;
  /** What the issuer calls our roles, `payments-deployers` to `deployer`; then nothing else is a role. */
  roleNames?: ReadonlyMap<string, string>;
}>;

/** Who a token speaks for. */
export type Bearer = Readonly<{
  subject: string;
  roles: readonly string[];
  issuer: string;
  acr?: string;
  amr?: readonly string[];
  client?: string;
  /** Of a service account that signed the token itself: with this key. */
  keyId?: string;
}>;

// An HMAC made with a public key, and `none`, are refused by not being here.
const ASYMMETRIC = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256', 'PS256'];

/** Holds the keys for 10 minutes; an unknown `kid` asks again, at most every 30 s. Without a URL, the issuer says it. */
export const issuerAt = (issuer: string, audience: string, jwksUrl?: string): Issuer => ({
  issuer,
  audience,
  keys: jwksUrl === undefined ? discoveredKeys(issuer) : createRemoteJWKSet(new URL(jwksUrl)),
});

const TOLERANCE_SECONDS = 5;
// A pipeline sends the same token with each of its requests, and a signature costs more to check than the rest of most of
// them. A key that its issuer withdraws is thus trusted for so much longer than the keys are held.
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 5_000;

/** Answers who a token speaks for, once its signature, `iss`, `aud`, `exp` and `nbf` are checked. */
export type VerifyToken = (token: string) => Promise<Bearer>;

/**
 * Throws a 401, or 503 when the issuer's keys cannot be had. A token that was good is not checked again for a minute, and
 * never beyond its `exp`; what is remembered of it is its digest.
 */
export const tokenVerifier = (trusted: Issuer): VerifyToken => {
  const { issuer, audience, keys } = trusted;
  const good = new LRUCache<string, Bearer>({ max: MOST_REMEMBERED, perf: { now: () => Date.now() } });
  const options = {
    issuer,
    audience,
    algorithms: ASYMMETRIC,
    requiredClaims: ['sub', 'exp'],
    clockTolerance: TOLERANCE_SECONDS,
  };
  return async token => {
    const digest = sha256(token);
    const known = good.get(digest);
    if (known) return known;
    const { payload } = await jwtVerify(token, keys, options).catch(refuse);
    const bearer = { ...bearerOf(payload), roles: rolesIn(payload, trusted) };
    const leftMs = ((payload.exp ?? 0) + TOLERANCE_SECONDS) * 1_000 - Date.now();
    if (leftMs > 0) good.set(digest, bearer, { ttl: Math.min(leftMs, REMEMBERED_MS) });
    return bearer;
  };
};

/** The token of an `Authorization` header. */
export const tokenIn = (authorization: string | undefined): string => {
  const [scheme, token] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw unauthenticated('Send a bearer token.');
  return token;
};

const bearerOf = (payload: JWTPayload): Omit<Bearer, 'roles'> => {
  const { sub = '', iss = '', acr, amr, azp, client_id: clientId = azp } = payload;
  if (sub === '' || sub.length > 255) throw unauthenticated('The subject of the token is empty or too long.');
  return {
    subject: sub,
    issuer: iss,
    ...(typeof acr === 'string' && { acr }),
    ...(Array.isArray(amr) && { amr: textsOf(amr) }),
    ...(typeof clientId === 'string' && { client: clientId }),
  };
};

const rolesIn = (payload: JWTPayload, { roles = 'trusted', rolesClaim = 'roles', roleNames }: Issuer): string[] => {
  if (roles === 'ignored') return [];
  const told = textsOf(claimIn(payload, rolesClaim));
  return roleNames ? told.flatMap(name => roleNames.get(name) ?? []) : told;
};

// Names of claims may have dots, as URLs do; else dots lead inwards.
const claimIn = (payload: JWTPayload, path: string): unknown =>
  Object.hasOwn(payload, path) ? payload[path] : path.split('.').reduce<unknown>(memberOf, payload);

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string').slice(0, 64) : [];

export const unauthenticated = (detail: string): ProblemException =>
  new ProblemException({ status: 401, code: 'unauthenticated', detail });

const UNREACHABLE = {
  status: 503,
  code: 'issuer-unreachable',
  detail: 'The keys of the issuer cannot be read; try again.',
  retryAfter: 1,
};

// What jose throws when the keys cannot be had or read; the rest of its errors are about the token.
const KEYS_FAILED = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

const refuse = (error: unknown): never => {
  if (error instanceof errors.JOSEError && !KEYS_FAILED.has(error.code)) throw unauthenticated(error.message);
  throw new ProblemException(UNREACHABLE);
};
