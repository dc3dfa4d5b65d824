import {
  type DataSource,
  type EntityTarget,
  type FindOptionsWhere,
  In,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';
import { continued, type Narrowing, narrowed, newestFirst, over, textOf, type Walk, walked } from './walk.ts';

export type Wanted<Entity extends ObjectLiteral> = Walk<Entity> &
  Readonly<{
    source: DataSource;
    entity: EntityTarget<Entity>;
    /** What else they must meet. */
    besides: readonly Narrowing<Entity>[];
    limit: number;
  }>;

type Identified = ObjectLiteral & Readonly<{ id: string }>;
type Ids = readonly string[];

/** Looked through in their order first. */
const NEAR = 2_000;
/** Found by the index of one filter, and looked through. */
const FEW = 5_000;
/** Found by the indexes of all filters, and sorted. */
const MOST_SORTED = 20_000;

/**
 * The newest rows that match. What is asked of the order's own index is met on the way, so that the first rows are those that
 * are wanted. With other filters the planner cannot know how often a word or a label occurs that is not among the
 * commonest, and takes it to be common: it would look through all rows for the one that is. So the nearest rows are looked
 * through; when they are not all and do not fill the page, those that meet one filter, if they are few; then what matches is
 * found by the indexes of all filters, if it is not too much to be sorted; and what is common but not near is looked for in
 * the order of the rows.
 */
export const newestMatching = async <Entity extends Identified>(wanted: Wanted<Entity>): Promise<readonly Entity[]> => {
  const { along, besides, limit } = wanted;
  if (besides.length === 0) return among(wanted, limit);
  const near = await among(wanted, NEAR);
  if (near.length === limit || (await areFewer(wanted, NEAR / 2))) return near;
  const ids = (await ofTheFewest(wanted)) ?? (await sorted(wanted));
  return ids ? rowsOf(wanted, ids) : among({ ...wanted, along: [...along, ...besides], besides: [] }, limit);
};

const tableOf = <Entity extends ObjectLiteral>({ source, entity }: Wanted<Entity>): SelectQueryBuilder<Entity> =>
  source.getRepository(entity).createQueryBuilder('list');

/** Those of the first rows on the way that meet what is asked besides. */
const among = <Entity extends ObjectLiteral>(wanted: Wanted<Entity>, first: number): Promise<Entity[]> => {
  const rows = over(tableOf(wanted), walked(tableOf(wanted), wanted, first));
  return newestFirst(narrowed(rows, wanted.besides), wanted.at).limit(wanted.limit).getMany();
};

/** Whether the way is so short that all were looked through: by far, since meanwhile rows may have left it. */
const areFewer = async <Entity extends ObjectLiteral>(wanted: Wanted<Entity>, than: number): Promise<boolean> => {
  const rows = over(tableOf(wanted), walked(tableOf(wanted), wanted, than)).select('count(*)::int', 'count');
  const counted = await rows.getRawOne<{ count: number }>();
  return (counted?.count ?? 0) < than;
};

/** A word and a label that are common take longer to find by their indexes than the rows of a service to be read. */
const ofTheFewest = async <Entity extends ObjectLiteral>(wanted: Wanted<Entity>): Promise<Ids | undefined> => {
  const { along, besides } = wanted;
  const all = [...along, ...besides];
  if (all.length < 2) return undefined;
  const estimates = await Promise.all(all.map(each => estimated(narrowed(tableOf(wanted), [each]))));
  const fewest = Math.min(...estimates);
  const nth = estimates.indexOf(fewest);
  const others = all.filter((_, other) => other !== nth);
  return fewest > FEW ? undefined : found(wanted, all.slice(nth, nth + 1), others, FEW);
};

type Explained = Readonly<{ 'QUERY PLAN': readonly Readonly<{ Plan: { readonly 'Plan Rows': number } }>[] }>;

/** How many rows the planner takes them to be. */
const estimated = async <Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>): Promise<number> => {
  const [text, values] = query.select('list.id').getQueryAndParameters();
  const rows = await query.connection.query<readonly Explained[]>(`EXPLAIN (FORMAT JSON) ${text}`, values);
  return rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? Infinity;
};

const sorted = <Entity extends ObjectLiteral>(wanted: Wanted<Entity>): Promise<Ids | undefined> =>
  found(wanted, [...wanted.along, ...wanted.besides], [], MOST_SORTED);

/** Of the rows that meet the first, those that meet the others. Undefined when too many meet the first. */
const found = async <Entity extends ObjectLiteral>(
  wanted: Wanted<Entity>,
  first: readonly Narrowing<Entity>[],
  others: readonly Narrowing<Entity>[],
  most: number,
): Promise<Ids | undefined> => {
  const { source, at, limit } = wanted;
  const rows = continued(narrowed(tableOf(wanted), first), wanted).limit(most + 1);
  const looked = textOf(others.length > 0 ? rows.select('list.*') : placesOf(rows, at));
  const rest = over(tableOf(wanted), { ...looked, text: 'TABLE looked' });
  const ids = textOf(newestFirst(narrowed(rest, others).select('list.id'), at).limit(limit));
  const [text, values] = source.driver.escapeQueryWithParameters(
    `WITH looked AS MATERIALIZED (${looked.text})
     SELECT (SELECT count(*)::int FROM looked) AS count, ARRAY(${ids.text}) AS ids`,
    ids.parameters,
  );
  const [answer] = await source.query<readonly Readonly<{ count: number; ids: Ids }>[]>(text, values);
  return answer && answer.count <= most ? answer.ids : undefined;
};

/** What they are sorted by, under the names of the columns: what is sorted stays small. */
const placesOf = <Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>, at: string): typeof query => {
  const column = query.expressionMap.mainAlias?.metadata.findColumnWithPropertyName(at);
  return query.select('list.id', 'id').addSelect(`list.${at}`, column?.databaseName);
};

const rowsOf = async <Entity extends Identified>(
  { source, entity }: Wanted<Entity>,
  ids: Ids,
): Promise<readonly Entity[]> => {
  const rows = await source.getRepository(entity).findBy({ id: In([...ids]) } as FindOptionsWhere<Entity>);
  const byId = new Map(rows.map(row => [row.id, row]));
  return ids.flatMap(id => byId.get(id) ?? []);
};
