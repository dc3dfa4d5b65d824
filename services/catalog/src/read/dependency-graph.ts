import { DirectedGraph } from 'graphology';
import { stronglyConnectedComponents } from 'graphology-components';
import { bidirectional, singleSource } from 'graphology-shortest-path/unweighted.js';

/** What a service calls, by id. */
export type Dependencies = Readonly<{ id: string; dependencies: readonly Readonly<{ serviceId: string }>[] }>;

/** A service that feels it when another one fails: how many calls away, and over whom, from the one that fails on. */
export type Affected = Readonly<{ serviceId: string; distance: number; path: readonly string[] }>;

/** Who calls whom. Services that are only named as a dependency are in it, too. */
export class DependencyGraph {
  /** Edges from the one that is called to its callers: the way in which a failure spreads. */
  readonly #callers = new DirectedGraph();

  constructor(services: readonly Dependencies[]) {
    for (const { id } of services) this.#callers.mergeNode(id);
    for (const { id, dependencies } of services)
      for (const { serviceId } of dependencies) this.#callers.mergeEdge(serviceId, id);
  }

  has(serviceId: string): boolean {
    return this.#callers.hasNode(serviceId);
  }

  /** All that depend on it, directly or not, the nearest first, each with a shortest path that explains it. */
  blastRadius(serviceId: string): readonly Affected[] {
    if (!this.#callers.hasNode(serviceId)) return [];
    return Object.entries(singleSource(this.#callers, serviceId))
      .map(([id, path]) => ({ serviceId: id, distance: path.length - 1, path }))
      .filter(({ distance }) => distance > 0)
      .sort((a, b) => a.distance - b.distance || (a.serviceId < b.serviceId ? -1 : 1));
  }

  /** A shortest chain of calls from one to the other, both included; undefined: it does not depend on it. */
  path(from: string, to: string): readonly string[] | undefined {
    if (!this.#callers.hasNode(from) || !this.#callers.hasNode(to)) return undefined;
    return bidirectional(this.#callers, to, from)?.toReversed();
  }

  /** One shortest cycle of calls through the first service, by id, of each group of services that all depend on each other. */
  cycles(): readonly (readonly string[])[] {
    return stronglyConnectedComponents(this.#callers)
      .filter(group => group.length > 1)
      .map(group => this.cycleThrough(group.toSorted()[0] ?? ''))
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  }

  /** A shortest chain of calls that begins with a service and comes back to it; empty: there is none. */
  cycleThrough(serviceId: string): readonly string[] {
    if (!this.#callers.hasNode(serviceId)) return [];
    const back = this.#callers.inNeighbors(serviceId).flatMap(called => {
      const path = this.path(called, serviceId);
      return path ? [path] : [];
    });
    const [shortest] = back.sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
    return shortest ? [serviceId, ...shortest.slice(0, -1)] : [];
  }
}
