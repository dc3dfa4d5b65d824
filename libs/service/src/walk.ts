import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Adds a condition to a query of the table, called `list`. */
export type Narrowing<Entity extends ObjectLiteral> = (query: SelectQueryBuilder<Entity>) => void;

/** Through the rows of a table, the newest first. */
export type Walk<Entity extends ObjectLiteral> = Readonly<{
  /** The instant that they are ordered by, and then by their id. */
  at: keyof Entity & string;
  /** What is met on the way, so that rows that fail it are not read. */
  along: readonly Narrowing<Entity>[];
  /** `along` is about a range that is in one GiST index with the place of a row, and not about `at`. */
  byPlace: boolean;
  /** Where the page before ended. */
  after?: Readonly<{ at: string; id: string }> | undefined;
}>;

/** A query with its parameters by their names. */
export type Text = Readonly<{ text: string; parameters: ObjectLiteral }>;

/** The first rows on the way. Of places that are the same there are all, so that they may be more. */
export const walked = <Entity extends ObjectLiteral>(
  table: SelectQueryBuilder<Entity>,
  walk: Walk<Entity>,
  first: number,
): Text => {
  const { at, along, byPlace, after } = walk;
  const rows = continued(narrowed(table, along), walk).select('list.*');
  if (!byPlace) return textOf(newestFirst(rows, at).limit(first));
  if (after) rows.andWhere(`${placeOf(`list.${at}`)} << ${placeOf(`(:cursorAt::timestamptz + interval '1 second')`)}`);
  const { text, parameters } = textOf(rows.orderBy(`${placeOf(`list.${at}`)} <-> ${END_OF_TIME}`));
  return { text: `${text} FETCH FIRST ${first} ROWS WITH TIES`, parameters };
};

// A range has no order that an index could be walked in, and no other index would prune by it. A point has: by its distance to
// another that is further than all. GiST then opens the page that may have the newest row whose range is right. A double
// has milliseconds apart until the year 2200.
const placeOf = (instant: string): string => `point(extract(epoch FROM ${instant} AT TIME ZONE 'UTC'), 0)`;
const END_OF_TIME = 'point(7258118400, 0)';

export const textOf = <Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>): Text => ({
  text: query.getQuery(),
  parameters: query.getParameters(),
});

/** A query of those rows in place of the table's. */
export const over = <Entity extends ObjectLiteral>(
  table: SelectQueryBuilder<Entity>,
  { text, parameters }: Text,
): SelectQueryBuilder<Entity> => {
  if (table.expressionMap.mainAlias) table.expressionMap.mainAlias.subQuery = `(${text})`;
  return table.setParameters(parameters);
};

export const narrowed = <Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  narrowings: readonly Narrowing<Entity>[],
): SelectQueryBuilder<Entity> => {
  for (const narrow of narrowings) narrow(query);
  return query;
};

export const continued = <Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  { at, after }: Pick<Walk<Entity>, 'at' | 'after'>,
): SelectQueryBuilder<Entity> =>
  after
    ? query.andWhere(`(list.${at}, list.id) < (:cursorAt::timestamptz, :cursorId)`, {
        cursorAt: after.at,
        cursorId: after.id,
      })
    : query;

export const newestFirst = <Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  at: string,
): SelectQueryBuilder<Entity> => query.orderBy(`list.${at}`, 'DESC').addOrderBy('list.id', 'DESC');
