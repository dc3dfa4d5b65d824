import { type DataSource, In } from 'typeorm';
import { CatalogRow } from './catalog.entity.ts';

export type Known = Readonly<{ id: string; kind: string }>;
export type Category = 'service' | 'environment' | 'person';

/** By what they were asked for: an id, or the name. Who is not known is absent. */
export const knownInCatalog = async (
  source: DataSource,
  category: Category,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, Known>> => {
  const names = [...new Set(wanted)];
  const rows = await source.getRepository(CatalogRow).find({
    where: [
      { category, id: In(names) },
      { category, name: In(names) },
    ],
  });
  const find = (name: string) => rows.find(row => row.id === name) ?? rows.find(row => row.name === name);
  return new Map(
    names.flatMap((name): [string, Known][] => {
      const row = find(name);
      return row ? [[name, { id: row.id, kind: row.kind }]] : [];
    }),
  );
};

/** The names of those that have one, by id. */
export const namesInCatalog = async (
  source: DataSource,
  category: Category,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await source.getRepository(CatalogRow).find({ where: { category, id: In([...new Set(ids)]) } });
  return new Map(rows.flatMap(({ id, name }): [string, string][] => (name === null ? [] : [[id, name]])));
};

/** Ids of the services that a team owns. */
export const servicesOfTeam = async (source: DataSource, team: string): Promise<readonly string[]> => {
  const rows = await source.getRepository(CatalogRow).find({ where: { category: 'service', team } });
  return rows.map(({ id }) => id);
};
