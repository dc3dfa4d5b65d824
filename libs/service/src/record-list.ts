import { afterInstant, type PageWithin, type Row } from '@slipway/edge';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { newestMatching } from './newest-matching.ts';
import { narrowed, type Narrowing } from './walk.ts';

/** SQL that a row must meet, with the value as `:name`; the table is called `list`. Or what adds it to a query. */
type Condition<Entity extends ObjectLiteral, Value> =
  string | ((query: SelectQueryBuilder<Entity>, value: Value) => void);

type Definition<Entity extends ObjectLiteral, Filter extends object> = Readonly<{
  entity: EntityTarget<Entity>;
  /** The instant that it is ordered by, and then by its id: an index of both makes every page cost the same. */
  at: keyof Entity & string;
  /** By the name of a filter. */
  conditions: { readonly [Name in keyof Filter]-?: Condition<Entity, NonNullable<Filter[Name]>> };
  /**
   * Filters about a range, which has a GiST index together with the place of a row in the order:
   * `gist (<range>, point(extract(epoch FROM <at> AT TIME ZONE 'UTC'), 0))`.
   */
  ranged?: readonly (keyof Filter)[];
  /** A select of (service, environment) for each place of a row, '' where it does not matter: what grants are held against. */
  places: string;
  item: (row: Entity) => object;
}>;

/**
 * That every word of `q` begins a word of a text, which needs a GIN index of
 * `to_tsvector('simple', translate(<text>, '/', ' '))`: with its slashes, a name like owner/repository would be one word.
 */
export const wordsMatch = (
  text: string,
  q: string,
): Readonly<{ condition: string; parameters: { words: string } }> => ({
  condition: `to_tsvector('simple', translate(${text}, '/', ' ')) @@ to_tsquery('simple', :words)`,
  parameters: { words: beginnings(q) },
});

/** For the condition of a filter: `wordsMatch` of its value. */
export const wordsIn =
  <Entity extends ObjectLiteral>(text: string): Condition<Entity, string> =>
  (query, q) => {
    const { condition, parameters } = wordsMatch(text, q);
    query.andWhere(condition, parameters);
  };

const MOST_WORDS = 20;

const beginnings = (q: string): string =>
  q
    .split(/[\s/]+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MOST_WORDS)
    .map(word => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}':*`)
    .join(' & ');

type Within = Pick<PageWithin, 'within'>;
/** `{ total: 3, byState: { Draft: 2, Closed: 1 } }` */
export type Counts = Readonly<{ total: number } & Record<string, number | Readonly<Record<string, number>>>>;

export type RecordList<Filter> = Readonly<{
  /** A page of the rows that meet a filter, the newest first. */
  page: (source: DataSource, filter: Filter, page: PageWithin) => Promise<readonly Row[]>;
  /** How many meet it: together, and for each value of some properties. */
  counts: (source: DataSource, filter: Filter, by: readonly string[], within: Within) => Promise<Counts>;
}>;

/**
 * A list of records. Its cursor is an instant and an id, so that what is written meanwhile neither repeats nor hides a row.
 * Rows that the asker's grants do not reach are left out.
 */
export const recordList = <Entity extends ObjectLiteral & Readonly<{ id: string }>, Filter extends object>({
  entity,
  at,
  conditions,
  ranged = [],
  places,
  item,
}: Definition<Entity, Filter>): RecordList<Filter> => {
  const asked = (filter: Filter, { within }: Within): Asked<Entity> => {
    const all = askedOf<Entity>(conditions, filter);
    return within ? [...all, { narrow: query => query.andWhere(shownWithin(places), { within }) }] : all;
  };
  const matching = (source: DataSource, filter: Filter, within: Within): SelectQueryBuilder<Entity> =>
    narrowed(
      source.getRepository(entity).createQueryBuilder('list'),
      asked(filter, within).map(({ narrow }) => narrow),
    );
  return {
    page: async (source, filter, page) => {
      const way = wayOf(asked(filter, page), ranged as readonly string[], at);
      const rows = await newestMatching({ source, entity, at, ...way, after: afterInstant(page), limit: page.limit });
      return rows.map(row => ({ cursor: [(row[at] as Date).toISOString(), row.id], item: item(row) }));
    },
    counts: async (source, filter, by, within) => {
      const groups = await Promise.all(by.map(property => countedBy(matching(source, filter, within), property)));
      const named = by.map((property, nth) => [
        `by${property.charAt(0).toUpperCase()}${property.slice(1)}`,
        groups[nth],
      ]);
      return { total: summed(groups[0] ?? {}), ...Object.fromEntries(named) };
    },
  };
};

type Asked<Entity extends ObjectLiteral> = readonly Readonly<{
  /** Of the filter, and its SQL; the asker's grants have neither. */
  name?: string;
  condition?: Condition<Entity, never>;
  narrow: Narrowing<Entity>;
}>[];

const askedOf = <Entity extends ObjectLiteral>(
  conditions: Readonly<Record<string, Condition<Entity, never>>>,
  filter: object,
): Asked<Entity> =>
  Object.entries(conditions).flatMap(([name, condition]) => {
    const value = (filter as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) return [];
    const narrow: Narrowing<Entity> = query =>
      typeof condition === 'string' ? query.andWhere(condition, { [name]: value }) : condition(query, value as never);
    return [{ name, condition, narrow }];
  });

/** Which of them are met on the way through the rows: those about a range, or else those about the instant of the order. */
const wayOf = <Entity extends ObjectLiteral>(asked: Asked<Entity>, ranged: readonly string[], at: string) => {
  const inRange = asked.filter(({ name }) => name !== undefined && ranged.includes(name));
  const inTime = asked.filter(({ condition }) => typeof condition === 'string' && boundsOf(at).test(condition));
  const along = inRange.length > 0 ? inRange : inTime;
  return {
    along: along.map(({ narrow }) => narrow),
    byPlace: inRange.length > 0,
    besides: asked.filter(each => !along.includes(each)).map(({ narrow }) => narrow),
  };
};

const boundsOf = (at: string): RegExp => new RegExp(String.raw`^list\.${at} (?:>=|<) :\w+$`);

/** The same as `tokensOf` of edge and `&&`, of what a row says of its places. */
const shownWithin = (places: string): string => `
  coalesce((
    SELECT bool_or(ARRAY[service || '/' || environment, service || '/*', '*/' || environment] && :within::text[])
    FROM (${places}) AS place (service, environment)), true)`;

const countedBy = async <Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  property: string,
): Promise<Readonly<Record<string, number>>> => {
  const rows = await query
    .select(`list.${property}`, 'value')
    .addSelect('count(*)::int', 'count')
    .groupBy(`list.${property}`)
    .getRawMany<{ value: unknown; count: number }>();
  return Object.fromEntries(rows.map(({ value, count }) => [String(value), count]));
};

const summed = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
