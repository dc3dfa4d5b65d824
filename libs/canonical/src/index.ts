import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/** RFC 8785: one text for one JSON value. Throws on what JSON cannot say (NaN, lone surrogates, undefined at the top). */
export const canonical = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined is not JSON');
  return text;
};

/** SHA-256 in hex. */
export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** `sha256:<hex>` of the canonical form. Sort what is a set first. */
export const digestOf = (value: unknown): string => `sha256:${sha256(canonical(value))}`;

/** Without duplicates, in the order of the canonical forms: the same list for the same set. */
export const sortedSet = <Value>(values: readonly Value[]): readonly Value[] =>
  [...new Map(values.map(value => [canonical(value), value]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);

/** A UUIDv8 (RFC 9562) out of SHA-256: the same id for the same parts, in this order. */
export const derivedId = (...parts: readonly string[]): string => {
  const hex = sha256(canonical(parts));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export { after, earliest, isBefore, latest, minutesBetween, type Span } from './instant.ts';
