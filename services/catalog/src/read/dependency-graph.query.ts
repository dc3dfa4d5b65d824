import type { DataSource } from 'typeorm';
import { DependencyGraph } from './dependency-graph.ts';
import { ServiceRow } from './service-list.entity.ts';

/** The graph of all services that are in use, and the names of all by id. What a retired one called is no call any more. */
export const dependencyGraph = async (
  source: DataSource,
): Promise<Readonly<{ graph: DependencyGraph; names: ReadonlyMap<string, string> }>> => {
  const services = await source
    .getRepository(ServiceRow)
    .find({ select: { id: true, name: true, dependencies: true, state: true } });
  return {
    graph: new DependencyGraph(services.filter(({ state }) => state === 'Registered')),
    names: new Map(services.map(({ id, name }) => [id, name])),
  };
};
