import fc from 'fast-check';
import { type TSchema, Type } from 'typebox';
import { Check } from 'typebox/value';
import { breaksBetween, type JsonSchema } from './compatibility.ts';

const plain = (schema: TSchema): JsonSchema => JSON.parse(JSON.stringify(schema)) as JsonSchema;
const between = (before: TSchema, after: TSchema): readonly string[] => breaksBetween(plain(before), plain(after));
const object = (properties: Record<string, TSchema>): TSchema =>
  Type.Object(properties, { additionalProperties: false });

const text = Type.String();
const held = object({ reason: text });

test.each<[string, TSchema, TSchema]>([
  ['an optional field', held, object({ reason: text, until: Type.Optional(text) })],
  ['a value of an enum', Type.Enum(['low']), Type.Enum(['low', 'high'])],
  ['a choice', Type.Union([text, Type.Null()]), Type.Union([text, Type.Null(), Type.Integer()])],
  ['a better description', text, Type.String({ description: 'Why.' })],
  ['a shorter least length', Type.String({ minLength: 2 }), Type.String({ minLength: 1 })],
  ['a longer greatest length', Type.String({ maxLength: 2 }), Type.String({ maxLength: 3 })],
  ['no bound', Type.Integer({ minimum: 1 }), Type.Integer()],
  ['an optional field of items', Type.Array(held), Type.Array(object({ reason: text, by: Type.Optional(text) }))],
])('%s may be added', (_, before, after) => {
  expect(between(before, after)).toEqual([]);
});

test.each<[string, TSchema, TSchema, string]>([
  ['a field that is removed', held, object({}), '/reason was removed'],
  ['a required field', held, object({ reason: text, by: text }), '/by became required'],
  ['an optional field made required', object({ by: Type.Optional(text) }), object({ by: text }), '/by became required'],
  ['a field that may be absent', held, object({ reason: Type.Optional(text) }), '/reason may be absent now'],
  ['another type', held, object({ reason: Type.Integer() }), '/reason: type was "string" and is "integer"'],
  ['an enum in place of a text', text, Type.Enum(['a']), '/: type was "string" and is not there'],
  ['a value taken away', Type.Enum(['low', 'high']), Type.Enum(['low']), '/: "high" is no value any more'],
  ['a choice taken away', Type.Union([text, Type.Null()]), Type.Union([text]), 'is no choice any more'],
  ['a pattern', text, Type.String({ pattern: 'Z$' }), '/: pattern was not there and is "Z$"'],
  ['another pattern', Type.String({ pattern: 'a' }), Type.String({ pattern: 'b' }), 'pattern was "a"'],
  ['a bound', text, Type.String({ maxLength: 5 }), 'maxLength was not there and is 5'],
  ['a narrower bound', Type.Integer({ minimum: 1 }), Type.Integer({ minimum: 2 }), 'minimum was 1 and is 2'],
  ['items narrowed', Type.Array(held), Type.Array(object({})), '/[]/reason was removed'],
  ['a field of a record', Type.Record(text, held), Type.Record(text, object({})), '/reason was removed'],
  ['an open object closed', Type.Object({}), object({}), 'additionalProperties was not there and is false'],
])('%s is a break', (_, before, after, how) => {
  expect(between(before, after)).toContainEqual(expect.stringContaining(how));
});

// Small schemas over few values, so that both outcomes come up often.
const leaf = fc.constantFrom<TSchema>(
  Type.String({ maxLength: 1 }),
  Type.String({ maxLength: 3 }),
  Type.Integer({ minimum: 0 }),
  Type.Integer({ minimum: 2 }),
  Type.Enum(['a']),
  Type.Enum(['a', 'b']),
  Type.Union([Type.Null(), Type.Enum(['a'])]),
);
const field = fc.tuple(leaf, fc.boolean()).map(([schema, optional]) => (optional ? Type.Optional(schema) : schema));
const schemas = fc.dictionary(fc.constantFrom('x', 'y'), field).map(object);
const datum = fc.constantFrom<unknown>('', 'a', 'b', 'abc', 0, 1, 2, null);
const data = fc.dictionary(fc.constantFrom('x', 'y'), datum);

test('what is no break leaves every value valid that was', () => {
  let kept = 0;
  fc.assert(
    fc.property(schemas, schemas, fc.array(data, { minLength: 20, maxLength: 20 }), (before, after, all) => {
      if (between(before, after).length > 0) return true;
      kept += 1;
      return all.every(each => !Check(before, each) || Check(after, each));
    }),
    { numRuns: 2_000 },
  );
  expect(kept).toBeGreaterThan(50);
});
