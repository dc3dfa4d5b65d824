import fc from 'fast-check';
import { boutique, callers, chainsIn, circlesIn, distancesTo, generated } from './call-graph.example.ts';
import { type Dependencies, DependencyGraph } from './dependency-graph.ts';

const shop = new DependencyGraph(
  callers({ frontend: ['checkout', 'cart'], checkout: ['cart', 'payment'], cart: ['redis'], payment: [] }),
);

test('the blast radius of a service is all that depend on it, the nearest first, with the path that explains it', () => {
  expect(shop.blastRadius('cart')).toEqual([
    { serviceId: 'checkout', distance: 1, path: ['cart', 'checkout'] },
    { serviceId: 'frontend', distance: 1, path: ['cart', 'frontend'] },
  ]);
  expect(shop.blastRadius('redis').map(({ serviceId, distance }) => [serviceId, distance])).toEqual([
    ['cart', 1],
    ['checkout', 2],
    ['frontend', 2],
  ]);
  expect(shop.blastRadius('frontend')).toEqual([]);
  expect(shop.blastRadius('nobody')).toEqual([]);
});

test('a path says how one service depends on another', () => {
  expect(shop.path('frontend', 'redis')).toEqual(['frontend', 'cart', 'redis']);
  expect(shop.path('redis', 'frontend')).toBeUndefined();
});

test('services that depend on each other are a cycle', () => {
  expect(shop.cycles()).toEqual([]);
  const circular = new DependencyGraph(callers({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['b'], e: ['a'] }));
  expect(circular.cycles()).toEqual([['a', 'b', 'c']]);
  expect(circular.cycleThrough('d')).toEqual(['d', 'b']);
  expect(circular.cycleThrough('e')).toEqual([]);
  expect(circular.cycleThrough('nobody')).toEqual([]);
});

/** Everything that the graph says, held against brute force. */
const agrees = (all: readonly Dependencies[], targets: readonly string[]): void => {
  const graph = new DependencyGraph(all);
  const circles = circlesIn(all);
  const isChain = chainsIn(all);
  for (const to of targets) {
    const distances = distancesTo(to, all);
    const radius = graph.blastRadius(to);
    expect(new Map([[to, 0], ...radius.map(each => [each.serviceId, each.distance] as const)])).toEqual(distances);
    expect(radius.map(({ distance }) => distance)).toEqual(radius.map(({ path }) => path.length - 1));
    expect(radius.filter(({ serviceId, path }) => path[0] !== to || path.at(-1) !== serviceId)).toEqual([]);
    expect(radius.filter(({ path }) => !isChain(path.toReversed()))).toEqual([]);
    for (const from of targets)
      expect([from, to, graph.path(from, to)?.length]).toEqual([from, to, lengthOf(distances.get(from))]);
  }
  expect(new Set(graph.cycles().map(([first]) => first))).toEqual(new Set(circles.map(group => [...group].sort()[0])));
  for (const cycle of graph.cycles()) {
    expect(isChain([...cycle, ...cycle.slice(0, 1)])).toBe(true);
    expect(cycle.length).toBe(shortestThrough(cycle[0] ?? '', all));
  }
};

const lengthOf = (distance: number | undefined): number | undefined =>
  distance === undefined ? undefined : distance + 1;

const shortestThrough = (id: string, all: readonly Dependencies[]): number => {
  const distances = distancesTo(id, all);
  const called = all.find(each => each.id === id)?.dependencies ?? [];
  return 1 + Math.min(...called.map(({ serviceId }) => distances.get(serviceId) ?? Infinity));
};

const graphs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 }).map(calls => {
  const called = Map.groupBy(
    calls.filter(([from, to]) => from !== to),
    ([from]) => from,
  );
  return callers(Object.fromEntries([...called].map(([from, all]) => [`s${from}`, all.map(([, to]) => `s${to}`)])));
});

describe('radius, paths and cycles are those of brute force', () => {
  test('whatever calls whom', () => {
    fc.assert(
      fc.property(graphs, all => {
        const graph = new DependencyGraph(all);
        agrees(
          all,
          Array.from({ length: 12 }, (_, nth) => `s${nth}`).filter(id => graph.has(id)),
        );
      }),
    );
  });

  test('in a real shop, which has no cycle', () => {
    const all = boutique();
    agrees(
      all,
      all.map(({ id }) => id),
    );
    const graph = new DependencyGraph(all);
    expect(graph.cycles()).toEqual([]);
    expect(graph.blastRadius('productcatalogservice').filter(({ distance }) => distance === 1)).toHaveLength(3);
  });

  test.each([
    ['in layers, with some hundred circles', 20_000, 200],
    ['in layers, with one great circle', 20_000, 10],
  ])(
    'among 5,000 services with 20,000 calls %s',
    (_name, calls, back) => {
      const all = generated(5_000, calls, back);
      expect(all.flatMap(({ dependencies }) => dependencies)).toHaveLength(20_000);
      agrees(
        all,
        Array.from({ length: 10 }, (_, nth) => `s${nth * 500}`),
      );
    },
    60_000,
  );
});
