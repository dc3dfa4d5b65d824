import type { DataSource } from 'typeorm';

export type Category = 'service' | 'environment';

const FIND = `
  SELECT wanted, (
    SELECT id FROM catalog_v1 WHERE category = $1 AND (id = wanted OR name = wanted) ORDER BY id <> wanted LIMIT 1
  ) AS id FROM unnest($2::text[]) AS wanted`;

/** The ids of what is asked for by id or name. What is not known is absent. */
export const idsInCatalog = async (
  source: DataSource,
  category: Category,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await source.query<readonly { wanted: string; id: string | null }[]>(FIND, [category, wanted]);
  return new Map(rows.flatMap(row => (row.id === null ? [] : [[row.wanted, row.id]])));
};
