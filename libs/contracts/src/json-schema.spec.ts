import { Ajv2020 } from 'ajv/dist/2020.js';
import { dataSchemaOf, eventTypeOnWire, jsonSchemaOf } from './json-schema.ts';
import { eventTypes } from './registry.ts';
import { samples } from './samples/index.ts';

type Published = Readonly<{
  $schema: string;
  $id: string;
  title: string;
  description: string;
  examples: readonly object[];
}>;

describe.each([...eventTypes.values()].map(each => [each.cloudEventType, each] as const))('%s', (name, eventType) => {
  const schema = jsonSchemaOf(eventType) as Published;

  test('is published as JSON Schema 2020-12 under a name of its own', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: dataSchemaOf(name),
      title: eventType.type,
      description: expect.stringContaining(eventType.category.context),
    });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(eventTypeOnWire(name)).toBe(eventType);
  });

  test('its example is what it says, and the example with a field too many is not', () => {
    const [example] = schema.examples;
    expect(example).toEqual(samples[eventType.type]);
    const check = new Ajv2020({ strict: true }).compile(schema);
    expect([check(example), check.errors]).toEqual([true, null]);
    expect(check({ ...example, surplus: true })).toBe(false);
  });
});

test('names are absolute, locate nothing and are told apart', () => {
  const names = [...eventTypes.values()].map(({ cloudEventType }) => dataSchemaOf(cloudEventType));
  expect(new Set(names).size).toBe(eventTypes.size);
  for (const name of names) expect(new URL(name).protocol).toBe('urn:');
});

test('nothing has no schema', () => {
  expect(eventTypeOnWire('dev.slipway.release-exploded.v1')).toBeUndefined();
});
