import type { DataSource } from 'typeorm';
import { DependencyGraph } from './dependency-graph.ts';
import { ServiceRow } from './service-list.entity.ts';

/** The graph of all services, and their names by id. */
export const dependencyGraph = async (
  source: DataSource,
): Promise<Readonly<{ graph: DependencyGraph; names: ReadonlyMap<string, string> }>> => {
  const services = await source.getRepository(ServiceRow).find({ select: { id: true, name: true, dependencies: true } });
  return { graph: new DependencyGraph(services), names: new Map(services.map(({ id, name }) => [id, name])) };
};
