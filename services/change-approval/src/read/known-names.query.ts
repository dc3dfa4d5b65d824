import type { DataSource } from 'typeorm';

const NAMED = `
  SELECT asked.name, array_agg(substr(known.stream, length($1) + 2) ORDER BY known.stream) AS ids
  FROM unnest($2::text[]) AS asked (name) JOIN copies_v1 AS known ON known.category = $1
    AND (known.stream = $1 || '-' || asked.name OR known.state ->> 'name' = asked.name OR known.state -> 'aliases' ? asked.name)
  GROUP BY asked.name`;

/** The ids of what is named by id, name or alias; several where a name could mean several. */
export const idsNamed = async (
  source: DataSource,
  kind: 'service' | 'environment',
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rows: readonly { name: string; ids: readonly string[] }[] = await source.query(NAMED, [
    kind,
    [...new Set(names)],
  ]);
  return new Map(rows.map(({ name, ids }) => [name, ids]));
};
