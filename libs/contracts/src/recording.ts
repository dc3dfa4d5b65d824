import type { Message } from '@slipway/event-sourcing';
import { Check } from 'typebox/value';
import { breaksBetween, type JsonSchema } from './compatibility.ts';
import { type EventType, eventTypes, upcast, upcasters } from './registry.ts';
import { samples } from './samples/index.ts';

/**
 * An event type as it was published: a file of `libs/contracts/recorded`, which is never changed. Revisions of a type differ by
 * what was added to it, from 1.
 */
export type Recording = Readonly<{
  type: string;
  revision: number;
  category: string;
  cloudEventType: string;
  schema: JsonSchema;
  sample: object;
}>;

type Today = Readonly<{ types: ReadonlyMap<string, EventType>; upcasters: typeof upcasters }>;

const TODAY: Today = { types: eventTypes, upcasters };

/** What today's contracts break of what was recorded, in words. */
export const brokenPromises = (recorded: readonly Recording[], today = TODAY): readonly string[] =>
  recorded.flatMap(recording => brokenBy(recording, today).map(how => `${nameOf(recording)}: ${how}`));

/** `ReleaseHeld.1`, which is the name of its file. */
export const nameOf = ({ type, revision }: Pick<Recording, 'type' | 'revision'>): string => `${type}.${revision}`;

const brokenBy = (recording: Recording, { types, upcasters: through }: Today): readonly string[] => {
  const event: Message = upcast({ type: recording.type, data: recording.sample }, through);
  const understoodAs = types.get(event.type);
  if (!understoodAs) return ['the type was recorded, and is neither there any more nor read as another one'];
  const unread = Check(understoodAs.schema, event.data) ? [] : [`its recorded sample is no ${event.type} any more`];
  const known = types.get(recording.type);
  return known ? [...unread, ...changesOf(recording, known)] : unread;
};

const changesOf = (recording: Recording, { category, cloudEventType, schema }: EventType): readonly string[] => [
  ...(category.name === recording.category ? [] : [`it was of ${recording.category} and is of ${category.name}`]),
  ...(cloudEventType === recording.cloudEventType ? [] : [`it was ${recording.cloudEventType} on the wire`]),
  ...breaksBetween(recording.schema, plain(schema)),
];

/** What is not recorded yet: new types, and what was added to known ones. */
export const unrecorded = (recorded: readonly Recording[], { types } = TODAY): readonly Recording[] =>
  [...types.values()].flatMap(eventType => {
    const own = recorded.filter(({ type }) => type === eventType.type).sort((a, b) => a.revision - b.revision);
    const last = own.at(-1);
    const schema = plain(eventType.schema);
    if (last && isSame(last.schema, schema)) return [];
    return [recordingOf(eventType, schema, (last?.revision ?? 0) + 1)];
  });

// The same in what it allows: a description may be said better.
const isSame = (before: JsonSchema, after: JsonSchema): boolean =>
  breaksBetween(before, after).length === 0 && breaksBetween(after, before).length === 0;

const recordingOf = (
  { type, category, cloudEventType }: EventType,
  schema: JsonSchema,
  revision: number,
): Recording => ({
  type,
  revision,
  category: category.name,
  cloudEventType,
  schema,
  sample: samples[type] ?? {},
});

const plain = (schema: object): JsonSchema => JSON.parse(JSON.stringify(schema)) as JsonSchema;
