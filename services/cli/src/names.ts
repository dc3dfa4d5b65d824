import type { Client, Json, JsonObject } from './client.ts';
import { Problem, Unreachable } from './failures.ts';

const PSEUDONYM = /^person-[0-9a-f-]{36}$/;
const ASKED_AT_ONCE = 40;
const MOST = 2_000;

/** Names for the ids in an answer, as far as the one who asks may know them. For people only; machines get ids. */
export const withNames = async <Value extends Json>(client: Client, value: Value): Promise<Value> => {
  const texts = textsIn(value);
  const names = new Map([
    ...(await recordNames(client, texts)),
    ...(await peopleNames(client, [...texts].filter(isPseudonym))),
  ]);
  return named(value, names) as Value;
};

const isPseudonym = (text: string): boolean => PSEUDONYM.test(text);

const textsIn = (value: Json, texts = new Set<string>()): Set<string> => {
  if (typeof value === 'string') texts.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) textsIn(each as Json, texts);
  return texts;
};

const recordNames = async (
  client: Client,
  texts: ReadonlySet<string>,
): Promise<readonly (readonly [string, string])[]> => {
  if (texts.size === 0) return [];
  const [services, environments] = await Promise.all(
    ['/v1/services', '/v1/environments'].map(path => readable(client.items(path, {}, MOST))),
  );
  return [...namesOf('service', services), ...namesOf('environment', environments)];
};

// By id, and by stream.
const namesOf = (category: string, items: readonly JsonObject[] = []): readonly (readonly [string, string])[] =>
  items
    .flatMap(pairOf('id'))
    .flatMap(([id, name]) => [[id, name] as const, [`${category}-${id}`, `${category} ${name}`] as const]);

const peopleNames = async (
  client: Client,
  pseudonyms: readonly string[],
): Promise<readonly (readonly [string, string])[]> => {
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at < pseudonyms.length; at += ASKED_AT_ONCE) {
    const asked = pseudonyms.slice(at, at + ASKED_AT_ONCE).join(',');
    const people = await readable(client.items('/v1/people', { pseudonyms: asked }, ASKED_AT_ONCE));
    pairs.push(...people.flatMap(pairOf('pseudonym')));
  }
  return pairs;
};

// Who may not read names, or cannot now, sees ids.
const readable = (items: Promise<readonly JsonObject[]>): Promise<readonly JsonObject[]> =>
  items.catch((error: unknown) => {
    if (error instanceof Problem || error instanceof Unreachable) return [];
    throw error;
  });

const pairOf =
  (key: string) =>
  (item: JsonObject): readonly (readonly [string, string])[] => {
    const { [key]: id, name } = item;
    return typeof id === 'string' && typeof name === 'string' ? [[id, name]] : [];
  };

const named = (value: Json, names: ReadonlyMap<string, string>): Json => {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map(each => named(each as Json, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, named(each as Json, names)]));
};
