import type { DataSource } from 'typeorm';
import { RunningRow } from './running.entity.ts';
import { answered } from './row.ts';

/** Of each service that was ever deployed there, by name. */
export const runningIn = async (source: DataSource, environmentId: string): Promise<readonly object[]> => {
  const rows = await source.getRepository(RunningRow).find({ where: { environmentId }, order: { serviceId: 'ASC' } });
  const names = await source.query<{ id: string; name: string }[]>(
    'SELECT id, name FROM known_services_v1 WHERE id = ANY ($1)',
    [rows.map(({ serviceId }) => serviceId)],
  );
  const named = new Map(names.map(({ id, name }) => [id, name]));
  return rows
    .map(row => ({
      service: named.get(row.serviceId) ?? row.serviceId,
      ...answered(row, 'environmentId'),
      position: Number(row.position),
    }))
    .toSorted((a, b) => (a.service < b.service ? -1 : 1));
};
