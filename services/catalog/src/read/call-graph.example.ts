import { readFileSync } from 'node:fs';
import type { Dependencies } from './dependency-graph.ts';

/** Who calls whom, by name. */
export const callers = (calls: Readonly<Record<string, readonly string[]>>): readonly Dependencies[] =>
  Object.entries(calls).map(([id, called]) => ({ id, dependencies: called.map(serviceId => ({ serviceId })) }));

type Boutique = Readonly<{
  services: readonly Readonly<{ name: string }>[];
  edges: readonly Readonly<{ from: string; to: string }>[];
}>;

/** The shop of fixtures/online-boutique.json. */
export const boutique = (): readonly Dependencies[] => {
  const file = new URL('../../fixtures/online-boutique.json', import.meta.url);
  const { services, edges } = JSON.parse(readFileSync(file, 'utf8')) as Boutique;
  return callers(
    Object.fromEntries(
      services.map(({ name }) => [name, edges.filter(({ from }) => from === name).map(({ to }) => to)]),
    ),
  );
};

// Mulberry32 of Tommy Ettinger (public domain): the same numbers for the same seed.
const randomOf = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const stirred = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((stirred ^ (stirred >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * So many services and calls, each call once. Services stand in layers and call downwards, but for one call in `back`, which
 * goes a few layers up and so closes circles.
 */
export const generated = (services: number, calls: number, back: number, seed = 1): readonly Dependencies[] => {
  const random = randomOf(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const called = Array.from({ length: services }, () => new Set<number>());
  for (let made = 0; made < calls;) {
    const one = below(services - 1);
    const other = one + 1 + below(Math.min(services - one - 1, services / 10));
    const [from, to] = made % back === 0 ? [other, one] : [one, other];
    if (called[from]?.has(to)) continue;
    called[from]?.add(to);
    made += 1;
  }
  return called.map((all, id) => ({ id: `s${id}`, dependencies: [...all].map(to => ({ serviceId: `s${to}` })) }));
};

const callsOf = (all: readonly Dependencies[]): readonly (readonly [string, string])[] =>
  all.flatMap(({ id, dependencies }) => dependencies.map(({ serviceId }) => [id, serviceId] as const));

/** By brute force: every call is relaxed until nothing gets nearer. */
export const distancesTo = (to: string, all: readonly Dependencies[]): ReadonlyMap<string, number> => {
  const calls = callsOf(all);
  const distances = new Map([[to, 0]]);
  for (let before = -1; before !== sumOf(distances);) {
    before = sumOf(distances);
    for (const [from, called] of calls) {
      const through = (distances.get(called) ?? Infinity) + 1;
      if (through < (distances.get(from) ?? Infinity)) distances.set(from, through);
    }
  }
  return distances;
};

// A new one adds to the sum, a nearer one takes from the sum of those that were there: told apart by the size.
const sumOf = (distances: ReadonlyMap<string, number>): number =>
  [...distances.values()].reduce((sum, distance) => sum + distance, 0) + distances.size * 1e9;

type Reach = Readonly<{ ids: readonly string[]; reaches: (from: string, to: string) => boolean }>;

/** By brute force: whatever a service calls, and all that those reach, until nothing is added. Itself only over a circle. */
const reachIn = (all: readonly Dependencies[]): Reach => {
  const calls = callsOf(all);
  const ids = [...new Set([...all.map(({ id }) => id), ...calls.flat()])].sort();
  const at = new Map(ids.map((id, nth) => [id, nth]));
  const width = Math.ceil(ids.length / 32);
  const bits = new Uint32Array(ids.length * width);
  const rows = calls.map(([from, to]) => [at.get(from) ?? 0, at.get(to) ?? 0] as const);
  for (const [from, to] of rows) add(bits, from * width + (to >>> 5), 1 << (to & 31));
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const [from, to] of rows)
      for (let word = 0; word < width; word += 1)
        isNew = add(bits, from * width + word, bits[to * width + word] ?? 0) || isNew;
  }
  const has = (from: number, to: number): boolean => ((bits[from * width + (to >>> 5)] ?? 0) & (1 << (to & 31))) !== 0;
  return { ids, reaches: (from, to) => has(at.get(from) ?? 0, at.get(to) ?? 0) };
};

const add = (bits: Uint32Array, at: number, more: number): boolean => {
  const before = bits[at] ?? 0;
  bits[at] = before | more;
  return bits[at] !== before;
};

/** By brute force: each group of services that all reach each other, in the order of their ids. */
export const circlesIn = (all: readonly Dependencies[]): readonly ReadonlySet<string>[] => {
  const { ids, reaches } = reachIn(all);
  const seen = new Set<string>();
  return ids.flatMap(id => {
    if (seen.has(id) || !reaches(id, id)) return [];
    const group = ids.filter(other => reaches(id, other) && reaches(other, id));
    for (const each of group) seen.add(each);
    return [new Set(group)];
  });
};

/** Whether each calls the next. */
export const chainsIn = (all: readonly Dependencies[]): ((chain: readonly string[]) => boolean) => {
  const calls = new Set(callsOf(all).map(call => call.join(' ')));
  return chain => chain.every((id, nth) => nth === 0 || calls.has(`${chain[nth - 1]} ${id}`));
};
