import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  SignJWT,
} from 'jose';
import type { Issuer } from './verify-token.ts';

export type LocalIssuer = Issuer &
  Readonly<{
    jwks: JSONWebKeySet;
    /** A token for whoever asks: for trying things out, never beside an outside issuer. */
    sign: (subject: string, roles: readonly string[], lifetime?: string) => Promise<string>;
  }>;

/** An issuer with a key pair (Ed25519) of its own, made now and held in memory only. */
export const localIssuer = async (issuer: string, audience: string): Promise<LocalIssuer> => {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk); // another key after each start: who holds the old one sees that it is not this
  const jwks = { keys: [{ ...jwk, kid, alg: 'EdDSA', use: 'sig' }] };
  return {
    issuer,
    audience,
    jwks,
    keys: createLocalJWKSet(jwks),
    sign: (subject, roles, lifetime = '8h') =>
      new SignJWT({ roles: [...roles] })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(privateKey),
  };
};
