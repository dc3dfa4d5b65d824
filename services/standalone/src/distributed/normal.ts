import type { Reply } from '../story/teller.ts';

// Two runs of one story differ in ids, numbers, digests over ids, instants and positions, and in the order of events of
// different streams. What is left must be the same.

type Json = Readonly<Record<string, unknown>>;
type Entry = Json &
  Readonly<{ stream: string; version: number; event: string; causationId?: string; correlationId: string }>;

/** Entries by record, in the order of the record. */
export type NormalTrail = Readonly<Record<string, readonly unknown[]>>;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const DIGEST = /sha256:[0-9a-f]{64}|^[0-9a-f]{64}$/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
/** Fields that say when, where in the log, or which of several equal instances. */
const LEFT_OUT = ['position', 'asOf', 'pageToken', 'url'];

export const normalTrail = (trail: Reply['body']): NormalTrail => {
  const items = trail['items'] as readonly Entry[];
  const records = trail['records'] as readonly { stream: string; number?: string }[];
  const names = new Names(records);
  const ordered = inOrderOfCause(items);
  for (const entry of ordered) names.learn(entry);
  const streams = Map.groupBy(ordered, ({ stream }) => stream);
  return Object.fromEntries(
    [...streams]
      .map(([stream, entries]) => [names.in(stream), entries.toSorted((a, b) => a.version - b.version)] as const)
      .map(([name, entries]) => [name, entries.map(entry => names.in(entry))] as const)
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

/** Ids get a name when they are first met. */
class Names {
  readonly #names = new Map<string, string>();
  readonly #streamsByNumber: ReadonlyMap<string, string>;

  constructor(records: readonly Readonly<{ stream: string; number?: string }>[]) {
    this.#streamsByNumber = new Map(records.flatMap(({ stream, number }) => (number ? [[number, stream]] : [])));
  }

  learn(value: unknown): void {
    this.in(value);
  }

  in<Value>(value: Value): Value {
    return mapped(value, text => this.#named(text)) as Value;
  }

  #named(text: string): string {
    const stream = this.#streamsByNumber.get(text) ?? text;
    return stream
      .replaceAll(INSTANT, '<instant>')
      .replaceAll(DIGEST, id => this.#nameOf('digest', id))
      .replaceAll(UUID, id => this.#nameOf('id', id));
  }

  #nameOf(kind: string, id: string): string {
    const name = this.#names.get(id) ?? `<${kind} ${this.#names.size + 1}>`;
    this.#names.set(id, name);
    return name;
  }
}

const blank = (value: unknown): unknown =>
  sortedSets(
    mapped(value, text =>
      text.replaceAll(INSTANT, '<instant>').replaceAll(DIGEST, '<digest>').replaceAll(UUID, '<id>'),
    ),
  );

const sortedSets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedSets).toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortedSets(inner)]));
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
      .map(([key, inner]) => [key, mapped(inner, of)]),
  );
};
