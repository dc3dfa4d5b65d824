import { ProblemException } from '@slipway/edge';
import type { PublicJwk } from '@slipway/event-store';
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { canonical } from '@slipway/canonical';
import type { PublicKeyDto } from './account-keys.dto.ts';

const RSA_BITS = { least: 2_048, most: 4_096 };
const USUAL_EXPONENT = 'AQAB';

type Members = readonly (keyof PublicJwk)[];

/** What a key of each kind consists of (RFC 7518, section 6; RFC 8037, section 2). */
const MEMBERS: Readonly<Record<string, Members>> = {
  OKP: ['kty', 'crv', 'x'],
  EC: ['kty', 'crv', 'x', 'y'],
  RSA: ['kty', 'n', 'e'],
};
const CURVES: Readonly<Record<string, string>> = { OKP: 'Ed25519', EC: 'P-256' };

/** The key as it is kept, and its thumbprint (RFC 7638). 422 when it is none that tokens are taken of. */
export const publicKeyIn = (dto: PublicKeyDto): Readonly<{ kid: string; publicKey: PublicJwk }> => {
  const members = MEMBERS[dto.kty] ?? [];
  const publicKey = Object.fromEntries(members.map(name => [name, dto[name]])) as PublicJwk;
  const why = whyUnusable(publicKey, members);
  if (why !== undefined) throw new ProblemException({ status: 422, code: 'unusable-key', detail: why });
  const kid = createHash('sha256').update(canonical(publicKey)).digest('base64url');
  if (dto.kid !== undefined && dto.kid !== kid) throw new ProblemException(OTHER_KID);
  return { kid, publicKey };
};

const OTHER_KID = {
  status: 422,
  code: 'unusable-key',
  detail: 'The kid of a key is its thumbprint (RFC 7638): leave it out, or give that.',
};

const whyUnusable = (key: PublicJwk, members: Members): string | undefined => {
  if (members.some(name => key[name] === undefined)) return `A key of ${key.kty} has ${members.join(', ')}.`;
  if (key.crv !== CURVES[key.kty]) return 'The curves are Ed25519 and P-256.';
  const parsed = parsedKey(key);
  if (!parsed) return 'This is no public key: a member is not as it must be.';
  if (key.kty !== 'RSA') return undefined;
  const { modulusLength = 0 } = parsed.asymmetricKeyDetails ?? {};
  return modulusLength >= RSA_BITS.least && modulusLength <= RSA_BITS.most && key.e === USUAL_EXPONENT
    ? undefined
    : `An RSA key has ${RSA_BITS.least} to ${RSA_BITS.most} bits and the exponent 65537.`;
};

// It looks whether a point is on its curve. A key that is written in another way would have another thumbprint.
const parsedKey = (key: PublicJwk): KeyObject | undefined => {
  try {
    const parsed = createPublicKey({ key: { ...key }, format: 'jwk' });
    return canonical(parsed.export({ format: 'jwk' })) === canonical(key) ? parsed : undefined;
  } catch {
    return undefined;
  }
};
