import type { Service } from '@slipway/service';
import { serviceIdOf } from '../domain/service.ts';
import { dependencyGraph } from '../read/dependency-graph.query.ts';
import type { Imported } from './record-import.ts';
import type { RegisterServiceDto } from './services.dto.ts';
import { serviceStatement } from './statements.ts';

/** Circles in which the services of a document stand, once it is applied: one for each that no other has shown. */
export const cyclesAfter = async (
  service: Service,
  stated: readonly RegisterServiceDto[],
  retired: readonly Imported[],
): Promise<readonly (readonly string[])[]> => {
  if (!stated.some(({ dependencies = [] }) => dependencies.length > 0)) return [];
  const { graph, names } = await dependencyGraph(service.dataSource, {
    stated: stated.map(dto => ({ id: serviceIdOf(dto.name), name: dto.name, ...serviceStatement(dto) })),
    retired: retired.filter(({ record }) => record === 'service').map(({ name }) => serviceIdOf(name)),
  });
  const cycles: (readonly string[])[] = [];
  const shown = new Set<string>();
  for (const { name } of stated) {
    const cycle = shown.has(name) ? [] : graph.cycleThrough(serviceIdOf(name)).map(id => names.get(id) ?? id);
    if (cycle.length > 0) cycles.push(cycle);
    for (const each of cycle) shown.add(each);
  }
  return cycles;
};
