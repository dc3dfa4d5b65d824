import type { DataSource } from 'typeorm';
import { type Dependencies, DependencyGraph } from './dependency-graph.ts';
import { ServiceRow } from './service-list.entity.ts';

type Foreseen = Readonly<{
  /** In place of what the view has of them. */
  stated: readonly (Dependencies & Readonly<{ name: string }>)[];
  /** Ids. */
  retired: readonly string[];
}>;

/** The graph of all services that are in use, and the names of all by id. What a retired one called is no call any more. */
export const dependencyGraph = async (
  source: DataSource,
  { stated, retired }: Foreseen = { stated: [], retired: [] },
): Promise<Readonly<{ graph: DependencyGraph; names: ReadonlyMap<string, string> }>> => {
  const services = await source
    .getRepository(ServiceRow)
    .find({ select: { id: true, name: true, dependencies: true, state: true } });
  const gone = new Set([...retired, ...services.filter(({ state }) => state === 'Retired').map(({ id }) => id)]);
  for (const { id } of stated) gone.delete(id);
  const inUse = new Map<string, Dependencies>([...services, ...stated].map(each => [each.id, each]));
  return {
    graph: new DependencyGraph([...inUse.values()].filter(({ id }) => !gone.has(id))),
    names: new Map([...services, ...stated].map(({ id, name }) => [id, name])),
  };
};
