import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { invalid, validation } from './http.ts';
import { ProblemException } from './problem.ts';

/**
 * A gRPC message as the DTO that REST takes, checked by the same rules. Nulls, empty texts and the markers of a oneof
 * are absent; a `google.protobuf.Timestamp` becomes an instant. Throws `invalid-fields` (INVALID_ARGUMENT).
 */
export const valid = async <Dto extends object>(dto: Type<Dto>, message: unknown): Promise<Dto> => {
  const instance = plainToInstance(dto, plain(message) ?? {});
  const errors = await validate(instance, validation);
  if (errors.length > 0) throw invalid(errors);
  return instance;
};

/** An instant as a `google.protobuf.Timestamp`, the way proto-loader writes it. */
export const timestampOf = (instant: string): { seconds: string; nanos: number } => {
  const milliseconds = Date.parse(instant);
  const seconds = Math.floor(milliseconds / 1_000);
  return { seconds: String(seconds), nanos: (milliseconds - seconds * 1_000) * 1_000_000 };
};

/** The same of an instant that may be absent. */
export const optionalTimestamp = (instant: string | undefined): ReturnType<typeof timestampOf> | undefined =>
  instant === undefined ? undefined : timestampOf(instant);

const plain = (value: unknown): unknown => {
  if (value === null || value === '') return undefined;
  if (typeof value === 'string' && !(value.isWellFormed() && !value.includes('\0')))
    throw new ProblemException(BAD_TEXT);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  if (isTimestamp(value)) return instantOf(value);
  const entries = Object.entries(value).filter(([key]) => !key.startsWith('_'));
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]).filter(([, item]) => item !== undefined));
};

const BAD_TEXT = { status: 400, code: 'invalid-text', detail: 'A text holds a NUL or half of a surrogate pair.' };

type Timestamp = Readonly<{ seconds: string; nanos: number }>;

const isTimestamp = (value: object): value is Timestamp =>
  Object.keys(value).length === 2 && 'seconds' in value && 'nanos' in value;

const instantOf = ({ seconds, nanos }: Timestamp): string => {
  const at = new Date(Number(seconds) * 1_000 + Math.floor(nanos / 1_000_000));
  return Number.isNaN(at.getTime()) ? `${seconds}.${nanos}` : at.toISOString();
};
