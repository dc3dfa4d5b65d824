import { invalidPageToken, type PageWithin, type Row } from '@slipway/edge';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

type List<Entity extends ObjectLiteral, Filter extends object> = Readonly<{
  entity: EntityTarget<Entity>;
  /** The instant that it is ordered by, and then by its id: an index of both makes every page cost the same. */
  at: keyof Entity & string;
  /** By the name of a filter: what a row must meet that has it as `:name`. The table is called `list`. */
  conditions: { readonly [Name in keyof Filter]-?: string };
  /** A select of (service, environment) for each place of a row, '' where it does not matter: what grants are held against. */
  places: string;
  item: (row: Entity) => object;
}>;

/** What a list answers: rows that meet a filter, a page of them. */
export type Listed<Filter> = (source: DataSource, filter: Filter, page: PageWithin) => Promise<readonly Row[]>;

/**
 * A list of records, the newest first. Its cursor is an instant and an id, so that what is written meanwhile neither repeats
 * nor hides a row. Rows that the asker's grants do not reach are left out.
 */
export const newestFirst =
  <Entity extends ObjectLiteral & Readonly<{ id: string }>, Filter extends object>({
    entity,
    at,
    conditions,
    places,
    item,
  }: List<Entity, Filter>): Listed<Filter> =>
  async (source, filter, page) => {
    const query = source
      .getRepository(entity)
      .createQueryBuilder('list')
      .orderBy(`list.${at}`, 'DESC')
      .addOrderBy('list.id', 'DESC')
      .limit(page.limit);
    narrow(query, conditions, filter);
    if (page.after) query.andWhere(`(list.${at}, list.id) < (:cursorAt::timestamptz, :cursorId)`, cursorOf(page.after));
    if (page.within) query.andWhere(shownWithin(places), { within: page.within });
    const rows = await query.getMany();
    return rows.map(row => ({ cursor: [(row[at] as Date).toISOString(), row.id], item: item(row) }));
  };

const narrow = <Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  conditions: Readonly<Record<string, string>>,
  filter: object,
): void => {
  for (const [name, value] of Object.entries(filter) as [string, unknown][]) {
    const condition = conditions[name];
    if (condition !== undefined && value !== undefined) query.andWhere(condition, { [name]: value });
  }
};

/** The same as `tokensOf` of edge and `&&`, of what a row says of its places. */
const shownWithin = (places: string): string => `
  coalesce((
    SELECT bool_or(ARRAY[service || '/' || environment, service || '/*', '*/' || environment] && :within::text[])
    FROM (${places}) AS place (service, environment)), true)`;

// A page token is the caller's: it may be of another list, or forged.
const cursorOf = ([at = '', id]: readonly string[]): object => {
  if (!INSTANT.test(at) || Number.isNaN(Date.parse(at)) || id === undefined) throw invalidPageToken();
  return { cursorAt: at, cursorId: id };
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
