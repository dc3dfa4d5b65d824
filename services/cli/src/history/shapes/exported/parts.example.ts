import fc from 'fast-check';
import type { Json, JsonObject } from '../../../client.ts';
import type { Kind } from '../../row.ts';

/** A record as a tool exports it, and the row that it is. */
export type Exported = Readonly<{ record: JsonObject; row: JsonObject }>;
export type Export = Readonly<{
  kind: Kind;
  system: string;
  /** Where the fields of the record are described. */
  source: string;
  /** Of so many records, each with a key of its own. */
  records: (nth: number) => fc.Arbitrary<Exported>;
}>;

export const SERVICE_NAMES = ['octo/checkout', 'octo/payment', 'octo/cart'] as const;
export const ENVIRONMENT_NAMES = ['production', 'staging'] as const;

const FROM = Date.UTC(2025, 0, 1);
const A_YEAR_S = 31_536_000;

export const service = fc.constantFrom(...SERVICE_NAMES);
export const environment = fc.constantFrom(...ENVIRONMENT_NAMES);
export const sha = fc.stringMatching(/^[0-9a-f]{40}$/);
export const text = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' })
  .map(each => `A ${each} z`.replaceAll(/\s+/g, ' '));
export const second = fc.integer({ min: 0, max: A_YEAR_S });
export const later = fc.integer({ min: 1, max: 100_000 });
export const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

/** RFC 3339 in UTC, so many seconds into the year. */
export const at = (seconds: number): string => new Date(FROM + seconds * 1_000).toISOString().replace('.000Z', 'Z');
/** `2025-03-02 20:20:00`, as clocks of UTC showed it. */
export const plain = (seconds: number): string => at(seconds).replace('T', ' ').replace('Z', '');
/** `2025-03-02T21:20:00.000+0100` */
export const withOffset = (seconds: number): string => `${at(seconds + 3_600).replace('Z', '')}.000+0100`;
/** `2025-03-02 21:20:00 +0100` */
export const spaced = (seconds: number): string => `${plain(seconds + 3_600)} +0100`;

export const present = (row: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(row).filter((entry): entry is [string, Json] => entry[1] !== undefined));
