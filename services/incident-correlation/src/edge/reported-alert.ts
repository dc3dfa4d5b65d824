import { utcOf } from '@slipway/edge';
import type { ReportAlert } from '../domain/alert.ts';

export type Tool = ReportAlert['data']['tool'];
type Facts = Omit<ReportAlert['data'], 'payload'>;

/** One alert of a message; `key` is what makes the same report the same. */
export type ReadAlert = Readonly<{ facts: Facts; key: string; occurredAt: string; payload: unknown }>;
/** What an adapter makes of one part of a message. */
export type Reading = ReadAlert | Readonly<{ problem: string; payload: unknown }> | Readonly<{ unused: string }>;

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Thrown by the readers below: the part is kept as it came. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

export const textIn = (from: Json, field: string, maxLength: number): string => {
  const value = from[field];
  if (typeof value === 'string' && value !== '' && value.length <= maxLength) return value;
  throw new Unreadable(`${field} is not a text of 1 to ${maxLength} characters`);
};

export const instantIn = (from: Json, field: string): string => {
  const instant = utcOf(from[field]);
  if (instant !== undefined) return instant;
  throw new Unreadable(`${field} is not an RFC 3339 instant`);
};

export const objectIn = (from: Json, field: string): Json => {
  const value = from[field];
  if (isObject(value)) return value;
  throw new Unreadable(`${field} is not an object`);
};

const MOST_LABELS = 64;
const LONGEST_NAME = 200;
const LONGEST_LABEL = 1_000;

export const labelsIn = (from: Json, field: string): Readonly<Record<string, string>> => {
  const entries = Object.entries(objectIn(from, field));
  const isSmall = entries.length <= MOST_LABELS && entries.every(([name, text]) => isLabel(name, text));
  if (!isSmall)
    throw new Unreadable(`${field} are not at most ${MOST_LABELS} texts of at most ${LONGEST_LABEL} characters`);
  return Object.fromEntries(entries) as Record<string, string>;
};

const isLabel = (name: string, text: unknown): boolean =>
  name !== '' && name.length <= LONGEST_NAME && typeof text === 'string' && text.length <= LONGEST_LABEL;

/** One part of a message; what cannot be read says why. */
export const reading = (payload: unknown, read: () => Reading): Reading => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message, payload };
    throw error;
  }
};
