import type { DataSource } from 'typeorm';

const TABLES = { service: 'known_services_v1', environment: 'known_environments_v1' } as const;

/** The ids of what is named by id, name or alias; several where a name could mean several. */
export const idsNamed = async (
  source: DataSource,
  kind: 'service' | 'environment',
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rows: readonly { name: string; ids: readonly string[] }[] = await source.query(
    `SELECT asked.name, array_agg(known.id ORDER BY known.id) AS ids
     FROM unnest($1::text[]) AS asked (name) JOIN ${TABLES[kind]} AS known
       ON known.id = asked.name OR known.name = asked.name OR known.aliases @> ARRAY[asked.name]
     GROUP BY asked.name`,
    [[...new Set(names)]],
  );
  return new Map(rows.map(({ name, ids }) => [name, ids]));
};

/** Incidents that were imported, in the order of their ids, after one of them. */
export const importedIncidents = async (
  source: DataSource,
  after: string,
  most: number,
): Promise<readonly string[]> => {
  const rows: readonly { id: string }[] = await source.query(
    `SELECT id FROM incidents_v1 WHERE detected_by = 'import' AND state <> 'Canceled' AND id > $1 ORDER BY id LIMIT $2`,
    [after, most],
  );
  return rows.map(({ id }) => id);
};
