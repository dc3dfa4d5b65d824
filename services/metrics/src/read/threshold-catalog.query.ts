import type { DataSource } from 'typeorm';

export type KnownInCatalog = Readonly<{ id: string; serviceIds: readonly string[] }>;

const NAMED = `
  SELECT substring(stream FROM length($1) + 2) AS id, service_ids AS "serviceIds"
  FROM threshold_reach_v1
  WHERE name IS NOT NULL AND stream LIKE $1 || '-%' AND (stream = $1 || '-' || $2 OR name = $2)
  ORDER BY stream = $1 || '-' || $2 DESC
  LIMIT 1`;

/** A service or an application by its id or name. */
export const namedInCatalog = async (
  source: DataSource,
  category: 'service' | 'application',
  idOrName: string,
): Promise<KnownInCatalog | undefined> =>
  (await source.query<readonly KnownInCatalog[]>(NAMED, [category, idOrName]))[0];

const OWNED = `
  SELECT array_agg(substring(stream FROM length('service-') + 1) ORDER BY stream) AS "serviceIds"
  FROM threshold_reach_v1 WHERE owner_team = $1 AND stream LIKE 'service-%'`;

/** The services that a team owns; undefined when it owns none. */
export const ownedInCatalog = async (source: DataSource, team: string): Promise<KnownInCatalog | undefined> => {
  const [row] = await source.query<readonly { serviceIds: readonly string[] | null }[]>(OWNED, [team]);
  return row?.serviceIds ? { id: team, serviceIds: row.serviceIds } : undefined;
};
