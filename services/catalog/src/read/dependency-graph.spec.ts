import fc from 'fast-check';
import { type Dependencies, DependencyGraph } from './dependency-graph.ts';

const services = (calls: Readonly<Record<string, readonly string[]>>): readonly Dependencies[] =>
  Object.entries(calls).map(([id, called]) => ({ id, dependencies: called.map(serviceId => ({ serviceId })) }));

const boutique = new DependencyGraph(
  services({ frontend: ['checkout', 'cart'], checkout: ['cart', 'payment'], cart: ['redis'], payment: [] }),
);

test('the blast radius of a service is all that depend on it, the nearest first, with the path that explains it', () => {
  expect(boutique.blastRadius('cart')).toEqual([
    { serviceId: 'checkout', distance: 1, path: ['cart', 'checkout'] },
    { serviceId: 'frontend', distance: 1, path: ['cart', 'frontend'] },
  ]);
  expect(boutique.blastRadius('redis').map(({ serviceId, distance }) => [serviceId, distance])).toEqual([
    ['cart', 1],
    ['checkout', 2],
    ['frontend', 2],
  ]);
  expect(boutique.blastRadius('frontend')).toEqual([]);
  expect(boutique.blastRadius('nobody')).toEqual([]);
});

test('a path says how one service depends on another', () => {
  expect(boutique.path('frontend', 'redis')).toEqual(['frontend', 'cart', 'redis']);
  expect(boutique.path('redis', 'frontend')).toBeUndefined();
});

test('services that depend on each other are a cycle', () => {
  expect(boutique.cycles()).toEqual([]);
  const circular = services({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['b'], e: ['a'] });
  expect(new DependencyGraph(circular).cycles()).toEqual([['a', 'b', 'c']]);
});

// By brute force: relax every call until nothing gets nearer.
const distancesTo = (to: string, all: readonly Dependencies[]): ReadonlyMap<string, number> => {
  const distances = new Map([[to, 0]]);
  for (let changed = true; changed;) {
    changed = false;
    for (const { id, dependencies } of all)
      for (const { serviceId } of dependencies) {
        const through = (distances.get(serviceId) ?? Infinity) + 1;
        if (through < (distances.get(id) ?? Infinity)) {
          distances.set(id, through);
          changed = true;
        }
      }
  }
  return distances;
};

const graphs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 }).map(calls => {
  const called = Map.groupBy(
    calls.filter(([from, to]) => from !== to),
    ([from]) => from,
  );
  return services(Object.fromEntries([...called].map(([from, all]) => [`s${from}`, all.map(([, to]) => `s${to}`)])));
});

test('radius, paths and cycles are those of brute force, whatever calls whom', () => {
  fc.assert(
    fc.property(graphs, fc.nat(11), fc.nat(11), (all, one, other) => {
      const graph = new DependencyGraph(all);
      const calls = new Set(
        all.flatMap(({ id, dependencies }) => dependencies.map(({ serviceId }) => `${id} ${serviceId}`)),
      );
      const [to, from] = [`s${one}`, `s${other}`];
      const distances = distancesTo(to, all);
      const radius = graph.blastRadius(to);
      expect(new Map(radius.map(({ serviceId, distance }) => [serviceId, distance]))).toEqual(
        new Map([...distances].filter(([id]) => id !== to)),
      );
      const isChain = (chain: readonly string[]): boolean =>
        chain.every((id, nth) => nth === 0 || calls.has(`${chain[nth - 1]} ${id}`));
      for (const { path } of radius) expect(isChain(path.toReversed())).toBe(true);
      if (from !== to)
        expect(graph.path(from, to)?.length).toBe(distances.has(from) ? (distances.get(from) ?? 0) + 1 : undefined);
      for (const cycle of graph.cycles()) expect(isChain([...cycle, cycle[0] ?? ''])).toBe(true);
      const inCycles = new Set(
        all
          .filter(({ id }) => all.some(each => each.id !== id && graph.path(id, each.id) && graph.path(each.id, id)))
          .map(({ id }) => id),
      );
      expect(
        graph
          .cycles()
          .flat()
          .every(id => inCycles.has(id)),
      ).toBe(true);
      expect(graph.cycles().length > 0).toBe(inCycles.size > 0);
    }),
  );
});
