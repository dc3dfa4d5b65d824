import type { DataSource } from 'typeorm';
import { ProblemRow } from './problem.entity.ts';

export type KnownError = Readonly<{ id: string; number: string; title: string; serviceIds: readonly string[] }>;

const MOST = 200;

/** Problems of these services that are analyzed, not resolved, and can be lived with; the oldest first. */
export const knownErrorsOf = async (
  source: DataSource,
  serviceIds: readonly string[],
): Promise<readonly KnownError[]> => {
  const rows = await source
    .getRepository(ProblemRow)
    .createQueryBuilder('problem')
    .where(`problem.state = 'known-error' AND problem.hasWorkaround`)
    .andWhere('problem.serviceIds && :services', { services: [...new Set(serviceIds)] })
    .orderBy('problem.id')
    .limit(MOST)
    .getMany();
  return rows.map(({ id, number, title, serviceIds: of }) => ({ id, number: number ?? id, title, serviceIds: of }));
};
