import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `signature` (hex) is the HMAC-SHA256 of the bytes. Takes as long whatever differs. */
export const hmacMatches = (bytes: Uint8Array, secret: string, signature: string): boolean =>
  secret !== '' && sameText(createHmac('sha256', secret).update(bytes).digest('hex'), signature.toLowerCase());

/** Compares two secrets without telling by time where they differ. An empty secret is none: nothing equals it. */
export const sameSecret = (secret: string, given: string): boolean => secret !== '' && sameText(secret, given);

// Over HMACs of both, so that a difference in length tells nothing either.
const sameText = (one: string, other: string): boolean => timingSafeEqual(fixed(one), fixed(other));
const fixed = (text: string): Buffer => createHmac('sha256', 'slipway').update(text).digest();
