import type { Message } from '@slipway/event-sourcing';
import { type TObject, Type } from 'typebox';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { brokenPromises, nameOf, type Recording, unrecorded } from './recording.ts';
import { type EventType, eventTypes } from './registry.ts';

const files = globSync(new URL('../recorded/*.json', import.meta.url).pathname);
const recorded = files.map(file => JSON.parse(readFileSync(file, 'utf8')) as Recording);

describe('what was published', () => {
  test('is kept: no type is gone, no sample is unreadable, no field is missing or new and required', () => {
    expect(brokenPromises(recorded)).toEqual([]);
  });

  test('is recorded: npm run contracts:record', () => {
    expect(unrecorded(recorded).map(nameOf)).toEqual([]);
  });

  test('has a file of its name for each revision, without a gap', () => {
    expect(files.map(file => basename(file, '.json')).sort()).toEqual(recorded.map(nameOf).sort());
    for (const { type, revision } of recorded)
      expect([type, recorded.some(each => each.type === type && each.revision === revision - 1)]).toEqual([
        type,
        revision > 1,
      ]);
  });
});

describe('a break', () => {
  const held = eventTypes.get('ReleaseHeld') as EventType;
  const recording = recorded.find(({ type }) => type === 'ReleaseHeld') as Recording;
  const today = (types: readonly EventType[], upcasters: Record<string, (event: Message) => Message> = {}) => ({
    types: new Map(types.map(each => [each.type, each])),
    upcasters,
  });
  const without = (field: string): TObject => {
    const { [field]: _, ...rest } = held.schema.properties;
    return Type.Object(rest, { additionalProperties: false });
  };
  const withField = (name: string, schema = Type.String()): EventType => ({
    ...held,
    schema: Type.Object({ ...held.schema.properties, [name]: schema }, { additionalProperties: false }),
  });
  const found = (now: ReturnType<typeof today>): readonly string[] => brokenPromises([recording], now);

  test('is no change, and no optional field', () => {
    expect(found(today([held]))).toEqual([]);
    expect(found(today([withField('until', Type.Optional(Type.String()) as never)]))).toEqual([]);
  });

  test('is a type that disappears', () => {
    expect(found(today([]))).toEqual([expect.stringContaining('ReleaseHeld.1: the type was recorded')]);
  });

  test('is a retired type that is read as one that its sample is none of', () => {
    const paused = { ...held, type: 'ReleasePaused' };
    const through = (data: (before: object) => object) => ({
      ReleaseHeld: (event: Message): Message => ({ type: 'ReleasePaused', data: data(event.data) }),
    });
    expect(
      found(
        today(
          [paused],
          through(before => before),
        ),
      ),
    ).toEqual([]);
    expect(
      found(
        today(
          [paused],
          through(() => ({})),
        ),
      ),
    ).toEqual([expect.stringContaining('no ReleasePaused any more')]);
  });

  test('is a required field', () => {
    expect(found(today([withField('word')]))).toContain('ReleaseHeld.1: /word became required');
  });

  test('is a field that is removed, or is something else', () => {
    expect(found(today([{ ...held, schema: without('reason') }]))).toContain('ReleaseHeld.1: /reason was removed');
    expect(found(today([withField('reason', Type.Integer() as never)]))).toContainEqual(
      expect.stringContaining('/reason: type was "string"'),
    );
  });

  test('is another topic, or another name on the wire', () => {
    const moved = { ...held, category: { ...held.category, name: 'hold' } };
    expect(found(today([moved]))).toEqual(['ReleaseHeld.1: it was of release and is of hold']);
    expect(found(today([{ ...held, cloudEventType: 'dev.slipway.held.v1' }]))).toHaveLength(1);
  });

  test('is recorded as nothing: an addition is, as the next revision', () => {
    const added = withField('until', Type.Optional(Type.String()) as never);
    expect(unrecorded([recording], today([held]))).toEqual([]);
    expect(unrecorded([recording], today([added]))).toMatchObject([{ type: 'ReleaseHeld', revision: 2 }]);
    expect(unrecorded([], today([held]))).toMatchObject([{ type: 'ReleaseHeld', revision: 1 }]);
  });
});
