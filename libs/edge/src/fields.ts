import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type as Into } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  isISO8601,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

// One decorator says what is accepted and what OpenAPI shows, so that the two cannot differ.

const OPTIONAL = 'slipway:optional';

// `Optional` runs first when it stands below; ApiProperty would otherwise say `required` again.
const described =
  (options: ApiPropertyOptions): PropertyDecorator =>
  (target, property) => {
    const required = !Reflect.hasMetadata(OPTIONAL, target, property);
    ApiProperty({ required, ...options } as ApiPropertyOptions)(target, property);
  };

/** May be absent; null is not absent. */
export const Optional = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    (target: object, property: string | symbol) => Reflect.defineMetadata(OPTIONAL, true, target, property as string),
    ApiProperty({ required: false }),
  );

/** May be absent; null takes away what is there. */
export const Clearable = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined && value !== null),
    (target: object, property: string | symbol) => Reflect.defineMetadata(OPTIONAL, true, target, property as string),
    ApiProperty({ required: false, nullable: true }),
  );

export const Text = (maxLength: number, minLength = 1): PropertyDecorator =>
  applyDecorators(described({ type: String, minLength, maxLength }), IsString(), Length(minLength, maxLength));

export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

/** An id or a number such as `REL-12`. */
export const Id = (): PropertyDecorator => Pattern(ID, 'REL-12');

/** As every reader of JSON Schema knows it: not all know Unicode's properties. */
const portable = ({ source }: RegExp): string => source.replaceAll('\\p{Cc}', '\\u0000-\\u001f\\u007f-\\u009f');

export const Pattern = (pattern: RegExp, example: string): PropertyDecorator =>
  applyDecorators(
    described({ type: String, pattern: portable(pattern), example }),
    IsString(),
    Length(1, 2_000),
    Matches(pattern, { message: `$property must be such as ${example}` }),
  );

export const Digest = (): PropertyDecorator => Pattern(/^sha256:[0-9a-f]{64}$/, `sha256:${'0'.repeat(64)}`);

export const Choice = (...values: readonly string[]): PropertyDecorator =>
  applyDecorators(described({ type: String, enum: [...values] }), IsIn(values));

export const Integer = (min: number, max: number): PropertyDecorator =>
  applyDecorators(
    described({ type: 'integer', minimum: min, maximum: max }),
    Transform(({ value }) =>
      typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : (value as unknown),
    ),
    IsInt(),
    Min(min),
    Max(max),
  );

/** Any number, fractions too. */
export const Quantity = (min: number, max: number): PropertyDecorator =>
  applyDecorators(
    described({ type: 'number', minimum: min, maximum: max }),
    IsNumber({ allowNaN: false, allowInfinity: false }),
    Min(min),
    Max(max),
  );

export const Flag = (): PropertyDecorator =>
  applyDecorators(
    described({ type: Boolean }),
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown))),
    IsBoolean(),
  );

const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;

/** RFC 3339, any offset; undefined when it is none or there is no such day. */
export const utcOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !INSTANT.test(value) || !isISO8601(value, { strict: true })) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
};

/** RFC 3339 with any offset; handlers get it in UTC. */
export const Instant = (): PropertyDecorator =>
  applyDecorators(
    described({ type: String, format: 'date-time' }),
    Transform(({ value }) => utcOf(value) ?? (value as unknown)),
    ValidateBy({
      name: 'instant',
      validator: {
        validate: value => utcOf(value) !== undefined,
        defaultMessage: () => '$property must be an RFC 3339 instant that exists, such as 2026-03-02T09:00:00Z',
      },
    }),
  );

/** A day of the calendar that exists, `2026-12-31`. */
export const Day = (): PropertyDecorator =>
  applyDecorators(
    described({ type: String, format: 'date', example: '2026-12-31' }),
    ValidateBy({
      name: 'day',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isDay(value),
        defaultMessage: () => '$property must be a day that exists, such as 2026-12-31',
      },
    }),
  );

const isDay = (text: string): boolean => {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

export const Nested = (dto: Type): PropertyDecorator =>
  applyDecorators(
    described({ type: dto }),
    IsObject(),
    ValidateNested(),
    Into(() => dto),
  );

export const ListOf = (dto: Type, maxItems: number): PropertyDecorator =>
  applyDecorators(
    described({ type: dto, isArray: true, maxItems }),
    IsArray(),
    ArrayMaxSize(maxItems),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Into(() => dto),
  );

export const Texts = (maxItems: number, maxLength: number): PropertyDecorator =>
  applyDecorators(
    described({ type: 'array', items: { type: 'string', minLength: 1, maxLength }, maxItems }),
    IsArray(),
    ArrayMaxSize(maxItems),
    IsString({ each: true }),
    Length(1, maxLength, { each: true }),
  );

export const Patterns = (pattern: RegExp, maxItems: number): PropertyDecorator =>
  applyDecorators(
    described({ type: 'array', items: { type: 'string', pattern: portable(pattern) }, maxItems }),
    IsArray(),
    ArrayMaxSize(maxItems),
    Matches(pattern, { each: true }),
  );

/** Names and texts, such as the labels of an alert. */
export const Labels = (maxItems: number): PropertyDecorator =>
  applyDecorators(
    described({ type: 'object', additionalProperties: { type: 'string' } }),
    IsObject(),
    ValidateBy({
      name: 'labels',
      validator: {
        validate: (value: unknown) => isLabels(value, maxItems),
        defaultMessage: () => `$property must be at most ${maxItems} names with texts of at most 500 characters`,
      },
    }),
  );

/** Several sets of labels. */
export const LabelSets = (maxSets: number, maxItems: number): PropertyDecorator =>
  applyDecorators(
    described({
      type: 'array',
      maxItems: maxSets,
      items: { type: 'object', additionalProperties: { type: 'string' } },
    }),
    IsArray(),
    ArrayMaxSize(maxSets),
    ValidateBy({
      name: 'labelSets',
      validator: {
        validate: (value: unknown) => Array.isArray(value) && value.every(each => isLabels(each, maxItems)),
        defaultMessage: () => `$property must be sets of at most ${maxItems} names with texts`,
      },
    }),
  );

const isLabels = (value: unknown, maxItems: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= maxItems &&
  Object.entries(value).every(([name, text]) => name.length <= 100 && typeof text === 'string' && text.length <= 500);
