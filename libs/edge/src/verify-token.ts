import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { ProblemException } from './problem.ts';

/** Whose tokens are good, and for whom they must be meant. */
export type Issuer = Readonly<{ issuer: string; audience: string; keys: JWTVerifyGetKey }>;

/** Who a token speaks for. */
export type Bearer = Readonly<{
  subject: string;
  roles: readonly string[];
  issuer: string;
  acr?: string;
  amr?: readonly string[];
  client?: string;
}>;

// An HMAC made with a public key, and `none`, are refused by not being here.
const ASYMMETRIC = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256', 'PS256'];

/** Holds the keys for 10 minutes; an unknown `kid` asks again, at most every 30 s. */
export const issuerAt = (issuer: string, audience: string, jwksUrl: string): Issuer => ({
  issuer,
  audience,
  keys: createRemoteJWKSet(new URL(jwksUrl)),
});

/** Checks signature, `iss`, `aud`, `exp`, `nbf`. Throws a 401, or 503 when the issuer's keys cannot be had. */
export const verifyToken = async ({ issuer, audience, keys }: Issuer, token: string): Promise<Bearer> => {
  const options = { issuer, audience, algorithms: ASYMMETRIC, requiredClaims: ['sub', 'exp'], clockTolerance: 5 };
  const { payload } = await jwtVerify(token, keys, options).catch(refuse);
  return bearerOf(payload);
};

/** The token of an `Authorization` header. */
export const tokenIn = (authorization: string | undefined): string => {
  const [scheme, token] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw unauthenticated('Send a bearer token.');
  return token;
};

const bearerOf = (payload: JWTPayload): Bearer => {
  const { sub = '', iss = '', acr, amr, azp, client_id: clientId = azp } = payload;
  if (sub === '' || sub.length > 255) throw unauthenticated('The subject of the token is empty or too long.');
  return {
    subject: sub,
    roles: textsOf(payload['roles']),
    issuer: iss,
    ...(typeof acr === 'string' && { acr }),
    ...(Array.isArray(amr) && { amr: textsOf(amr) }),
    ...(typeof clientId === 'string' && { client: clientId }),
  };
};

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string').slice(0, 64) : [];

export const unauthenticated = (detail: string): ProblemException =>
  new ProblemException({ status: 401, code: 'unauthenticated', detail });

const UNREACHABLE = {
  status: 503,
  code: 'issuer-unreachable',
  detail: 'The keys of the issuer cannot be read; try again.',
};

// What jose throws when the keys cannot be had or read; the rest of its errors are about the token.
const KEYS_FAILED = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

const refuse = (error: unknown): never => {
  if (error instanceof errors.JOSEError && !KEYS_FAILED.has(error.code)) throw unauthenticated(error.message);
  throw new ProblemException(UNREACHABLE);
};
