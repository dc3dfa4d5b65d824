import { idOf } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import type { Fact } from '../definitions/facts.ts';
import type { Scope } from '../definitions/known.ts';

// Incidents are all read: which service one is about does not say which one caused it.
const FACTS = `
  SELECT stream, version, type, data
  FROM facts_v1
  WHERE position <= $1
    AND (
      category IN ('environment', 'incident')
      OR (category = 'release' AND ($2::text IS NULL OR service_id = $2))
      OR (category = 'deployment' AND stream IN (
        SELECT stream FROM facts_v1
        WHERE category = 'deployment' AND service_id IS NOT NULL AND ($2::text IS NULL OR service_id = $2)
      ))
    )`;

/** The facts that a scope's figures follow from, as they were at a log position. */
export const factsAt = (dataSource: DataSource, position: number, { serviceId }: Scope): Promise<readonly Fact[]> =>
  dataSource.query<readonly Fact[]>(FACTS, [position, serviceId ?? null]);

const NAMED = `
  SELECT stream, data ->> 'name' AS name
  FROM facts_v1
  WHERE category = $1 AND position <= $3
    AND stream IN (SELECT stream FROM facts_v1 WHERE category = $1 AND (stream = $1 || '-' || $2 OR data ->> 'name' = $2))
  ORDER BY stream, version DESC
  LIMIT 1`;

export type Named = Readonly<{ id: string; name: string }>;

/** A service or an environment by its id or its name, as the catalog said it. */
export const named = async (
  dataSource: DataSource,
  category: 'service' | 'environment',
  idOrName: string,
  position: number,
): Promise<Named | undefined> => {
  const [found] = await dataSource.query<readonly { stream: string; name: string }[]>(NAMED, [
    category,
    idOrName,
    position,
  ]);
  return found && { id: idOf(found.stream), name: found.name };
};
