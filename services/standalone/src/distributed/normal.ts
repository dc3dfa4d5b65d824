import type { Reply } from '../story/teller.ts';

// Two runs of one story differ in ids, numbers, digests over ids, instants and positions, and in the order of events of
// different streams. What is left must be the same.

type Json = Readonly<Record<string, unknown>>;
type Entry = Json &
  Readonly<{ stream: string; version: number; event: string; causationId?: string; correlationId: string }>;

/** Entries by record, in the order of the record. */
export type NormalTrail = Readonly<Record<string, readonly unknown[]>>;

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const UUID = new RegExp(ID, 'g');
const RECORD = new RegExp(`\\b([A-Za-z]+)-(${ID})`, 'g');
const DIGEST = /sha256:[0-9a-f]{64}|^[0-9a-f]{64}$/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
/** Fields whose items have no order, and stand in that of their ids. */
const SETS = ['refersTo', 'inputs', 'changes', 'candidates', 'artifacts', 'targets'];
/** Fields that say when, where in the log, or which of several equal instances. */
const LEFT_OUT = ['position', 'asOf', 'pageToken', 'url'];

export const normalTrail = (trail: Reply['body']): NormalTrail => {
  const records = trail['records'] as readonly { stream: string; number?: string }[];
  const entries = inOrderOfCause(trail['items'] as readonly Entry[]);
  const names = namesIn(entries, new Map(records.map(({ stream, number = stream }) => [number, stream])));
  const streams = Map.groupBy(entries, ({ stream }) => stream).values();
  return Object.fromEntries(
    [...streams]
      .map(own => own.toSorted((a, b) => a.version - b.version).map(entry => inSets(mapped(entry, names))))
      .map(own => [(own[0] as Entry).stream, own] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/** A report without ids, instants and positions; what is listed in it is a set. */
export const normalReport = (report: Reply['body']): unknown => blank(report);

/** Request after request (their ids are in the order of time), each with what followed from it. */
const inOrderOfCause = (entries: readonly Entry[]): readonly Entry[] => {
  const known = new Set(entries.map(({ event }) => event));
  const caused = Map.groupBy(entries, ({ causationId = '' }) => (known.has(causationId) ? causationId : ''));
  const withEffects = (entry: Entry): readonly Entry[] => [
    entry,
    ...alike(caused.get(entry.event)).flatMap(withEffects),
  ];
  const roots = Map.groupBy(caused.get('') ?? [], ({ correlationId }) => correlationId);
  return [...roots.keys()].sort().flatMap(request => alike(roots.get(request)).flatMap(withEffects));
};

/** In an order that does not depend on the run: of a stream as it is, of different ones by what they say. */
const alike = (entries: readonly Entry[] = []): readonly Entry[] =>
  [...Map.groupBy(entries, ({ stream }) => stream).values()]
    .map(own => own.toSorted((a, b) => a.version - b.version))
    .toSorted((a, b) => (JSON.stringify(a.map(blank)) < JSON.stringify(b.map(blank)) ? -1 : 1))
    .flat();

/** Names for texts: an event is called by its place, anything else by its kind and when it is first met. */
const namesIn = (
  entries: readonly Entry[],
  streamsByNumber: ReadonlyMap<string, string>,
): ((text: string) => string) => {
  const kinds = new Map<string, string>(entries.map(({ correlationId }) => [correlationId, 'request']));
  for (const [, kind = '', id = ''] of JSON.stringify(entries).matchAll(RECORD)) kinds.set(id, kind);
  const events = new Map(entries.map(({ event, stream, version }) => [event, { stream, version }]));
  const ordinals = new Map<string, number>();
  const names = new Map<string, string>();
  const nameOf = (id: string, kind = kinds.get(id) ?? 'id'): string => {
    const known = names.get(id);
    if (known) return known;
    const ordinal = (ordinals.get(kind) ?? 0) + 1;
    ordinals.set(kind, ordinal);
    const name = `<${kind} ${ordinal}>`;
    names.set(id, name);
    return name;
  };
  const named = (text: string): string => {
    const event = events.get(text);
    if (event) return `${named(event.stream)} @ ${event.version}`;
    return (streamsByNumber.get(text) ?? text)
      .replaceAll(INSTANT, '<instant>')
      .replaceAll(DIGEST, digest => nameOf(digest, 'digest'))
      .replaceAll(RECORD, (_, __, id: string) => nameOf(id))
      .replaceAll(UUID, id => nameOf(id));
  };
  for (const entry of entries) mapped(without(SETS, entry), named); // what stands in an order first
  for (const entry of entries) mapped(entry, named);
  return named;
};

const blank = (value: unknown): unknown =>
  sortedSets(
    mapped(value, text =>
      text.replaceAll(INSTANT, '<instant>').replaceAll(DIGEST, '<digest>').replaceAll(UUID, '<id>'),
    ),
  );

const sortedSets = (value: unknown, isSet: (field: string) => boolean = () => true, field = ''): unknown => {
  if (Array.isArray(value)) {
    const items = value.map(item => sortedSets(item, isSet));
    return isSet(field) ? items.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortedSets(inner, isSet, key)]));
};

const inSets = (value: unknown): unknown => sortedSets(value, field => SETS.includes(field));

const without = (fields: readonly string[], value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(item => without(fields, item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !fields.includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, without(fields, inner)]));
};

const text = (value: unknown): string => JSON.stringify(value) ?? '';

/** With its fields in the order of their names, so that ids are met in the same order. */
const mapped = (value: unknown, of: (text: string) => string): unknown => {
  if (typeof value === 'string') return of(value);
  if (Array.isArray(value)) return value.map(item => mapped(item, of));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !LEFT_OUT.includes(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, mapped(key === 'inputs' ? streamsIn(inner) : inner, of)]),
  );
};

/** What a decision was taken on; at which version each was by then is a matter of the moment. */
const streamsIn = (inputs: unknown): unknown =>
  Array.isArray(inputs) ? inputs.map((input: { stream: string }) => input.stream) : inputs;
