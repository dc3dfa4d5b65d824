import type { DataSource } from 'typeorm';

const SERVICES = `
  SELECT asked.name, array_agg(known.id ORDER BY known.id) AS ids
  FROM unnest($1::text[]) AS asked (name) JOIN known_services_v1 AS known
    ON known.id = asked.name OR known.name = asked.name OR known.aliases @> ARRAY[asked.name]
      OR known.repositories @> ARRAY[asked.name]
  GROUP BY asked.name`;
const ENVIRONMENTS = `
  SELECT asked.name, array_agg(known.id ORDER BY known.id) AS ids
  FROM unnest($1::text[]) AS asked (name) JOIN known_environments_v1 AS known
    ON known.id = asked.name OR known.name = asked.name OR known.aliases @> ARRAY[asked.name]
  GROUP BY asked.name`;

/** The ids of what is named by id, name, alias or, of a service, repository; several where a name could mean several. */
export const idsNamed = async (
  source: DataSource,
  kind: 'service' | 'environment',
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rows: readonly { name: string; ids: readonly string[] }[] = await source.query(
    kind === 'service' ? SERVICES : ENVIRONMENTS,
    [[...new Set(names)]],
  );
  return new Map(rows.map(({ name, ids }) => [name, ids]));
};

/** Which of these environments are production ones. */
export const productionAmong = async (source: DataSource, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows: readonly { id: string }[] = await source.query(
    'SELECT id FROM known_environments_v1 WHERE id = ANY ($1) AND production',
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
};
