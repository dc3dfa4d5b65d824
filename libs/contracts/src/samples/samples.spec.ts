import { type Message } from '@slipway/event-sourcing';
import { Ajv } from 'ajv';
import { Check, Errors } from 'typebox/value';
import { categories, eventTypes, upcast } from '../registry.ts';
import { samples } from './index.ts';

const types = [...eventTypes.values()];

test('every type has a sample, and every sample a type', () => {
  expect(Object.keys(samples).sort()).toEqual([...eventTypes.keys()].sort());
});

test('a type has one name, one category and one CloudEvents type', () => {
  const named = categories.flatMap(category => Object.keys(category.facts));
  expect(new Set(named).size).toBe(named.length);
  expect(new Set(types.map(each => each.cloudEventType)).size).toBe(named.length);
  expect(new Set(categories.map(each => each.name)).size).toBe(categories.length);
  expect(new Set(categories.map(each => each.plural)).size).toBe(categories.length);
});

describe.each(types.map(each => [each.type, each] as const))('%s', (type, { schema }) => {
  const sample = samples[type] as Readonly<Record<string, unknown>>;

  test('its sample is what its schema says', () => {
    expect(Errors(schema, sample)).toEqual([]);
    // The published schema is plain JSON: a reader without typebox comes to the same.
    const published = new Ajv({ strict: true }).compile(JSON.parse(JSON.stringify(schema)) as object);
    expect([published(sample), published.errors]).toEqual([true, null]);
  });

  test('a field that is not said is refused, and so is one that lacks', () => {
    expect(Check(schema, { ...sample, surplus: true })).toBe(false);
    for (const field of schema.required ?? []) {
      const { [field]: _, ...rest } = sample;
      expect([field, Check(schema, rest)]).toEqual([field, false]);
    }
  });

  test('it is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(sample))).toEqual(sample);
  });

  test('it is understood today as it was stored', () => {
    const event: Message = { type, data: sample };
    expect(upcast(event)).toBe(event);
  });
});

describe('a retired type', () => {
  // Held without a reason at first; then the reason was a plain word; today it is sealed.
  const through = {
    ReleasePaused: (event: Message): Message => ({
      type: 'ReleaseHeldV2',
      data: { ...event.data, word: 'none given' },
    }),
    ReleaseHeldV2: ({ data }: Message): Message => {
      const { word, ...rest } = data as { word: string };
      return { type: 'ReleaseHeld', data: { ...rest, reason: `sealed:v1:${word}` } };
    },
  };

  test('is read as the type that took its place, over all versions between', () => {
    const { reason: _, ...stored } = samples['ReleaseHeld'] as { reason: string };
    const event = upcast({ type: 'ReleasePaused', data: stored }, through);
    expect(event).toEqual({ type: 'ReleaseHeld', data: { ...stored, reason: 'sealed:v1:none given' } });
    expect(Check(eventTypes.get(event.type)!.schema, event.data)).toBe(true);
  });

  test('leaves the others alone', () => {
    const event: Message = { type: 'ReleaseReady', data: samples['ReleaseReady']! };
    expect(upcast(event, through)).toBe(event);
  });
});
