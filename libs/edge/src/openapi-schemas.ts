import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = Readonly<Record<string, unknown>>;

/**
 * Schemas as OpenAPI 3.1 has them, which is JSON Schema 2020-12: `nullable`, which 3.0 had and the decorators still write,
 * would say nothing there.
 */
export const inJsonSchema = (document: OpenAPIObject): OpenAPIObject => rewritten(document) as OpenAPIObject;

const rewritten = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...schema } = Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, rewritten(item)]),
  );
  // A property that is called so is a schema.
  if (typeof nullable !== 'boolean') return nullable === undefined ? schema : { ...schema, nullable };
  return nullable ? orNull(schema) : schema;
};

const orNull = (schema: Schema): Schema => {
  const { description, type, enum: choices, ...rest } = schema;
  if (typeof type === 'string')
    return { ...schema, type: [type, 'null'], ...(Array.isArray(choices) && { enum: [...choices, null] }) };
  return {
    ...(description !== undefined && { description }),
    anyOf: [{ ...rest, ...(choices !== undefined && { enum: choices }) }, { type: 'null' }],
  };
};
