import {
  In,
  type DataSource,
  type EntityTarget,
  type FindOptionsWhere,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';

type Wanted<Entity extends ObjectLiteral> = Readonly<{
  source: DataSource;
  entity: EntityTarget<Entity>;
  /** The instant that the rows are ordered by, and then by their id. */
  at: keyof Entity & string;
  /** The rows that meet the filter, called `list`. */
  matching: () => SelectQueryBuilder<Entity>;
  /** Where the page before ended. */
  after?: Readonly<{ at: string; id: string }> | undefined;
  limit: number;
}>;

/** Looked through in their order first. */
const NEAR = 2_000;
/** Found by the filter's own indexes, and sorted. */
const MOST_SORTED = 20_000;

/**
 * The newest rows that match. The planner cannot know how often a word or a label occurs that is not among the commonest,
 * and takes it to be common: it would look through all rows for the one that is. So the nearest rows are looked through;
 * when they do not fill the page, what matches is found by the filter's indexes, if it is not too much to be sorted; and
 * what is common but not near is looked for in the order of the rows.
 */
export const newestMatching = async <Entity extends ObjectLiteral & Readonly<{ id: string }>>(
  wanted: Wanted<Entity>,
): Promise<readonly Entity[]> => {
  const edge = await edgeOfNear(wanted);
  if (!edge) return inOrder(wanted);
  const near = await inOrder(wanted, edge);
  if (near.length === wanted.limit) return near;
  const ids = (await sorted(wanted)) ?? (await idsInOrder(wanted));
  return rowsOf(wanted, ids);
};

type Edge = Readonly<{ at: Date; id: string }>;

const edgeOfNear = async <Entity extends ObjectLiteral>(wanted: Wanted<Entity>): Promise<Edge | undefined> => {
  const { source, entity, at } = wanted;
  const all = source.getRepository(entity).createQueryBuilder('list');
  const rows = continued(all, wanted).select(`list.${at}`, 'at').addSelect('list.id', 'id');
  return newestFirst(rows, at)
    .offset(NEAR - 1)
    .limit(1)
    .getRawOne<Edge>();
};

// That the instant is not before the edge's follows from the second condition. Said apart it makes the rows few for the
// planner, which then goes through them and not through all that match.
const NOT_BEYOND = 'list.$at >= :edgeAt::timestamptz AND (list.$at, list.id) >= (:edgeAt::timestamptz, :edgeId)';

const inOrder = <Entity extends ObjectLiteral>(wanted: Wanted<Entity>, edge?: Edge): Promise<Entity[]> => {
  const { at, matching, limit } = wanted;
  const rows = newestFirst(continued(matching(), wanted), at).limit(limit);
  if (edge) rows.andWhere(NOT_BEYOND.replaceAll('$at', at), { edgeAt: edge.at, edgeId: edge.id });
  return rows.getMany();
};

/** Undefined when more match than are sorted. */
const sorted = async <Entity extends ObjectLiteral>(wanted: Wanted<Entity>): Promise<readonly string[] | undefined> => {
  const { source, at, matching, limit } = wanted;
  const [found, values] = continued(matching(), wanted)
    .select('list.id', 'id')
    .addSelect(`list.${at}`, 'at')
    .limit(MOST_SORTED + 1)
    .getQueryAndParameters();
  const first = await source.query<readonly Readonly<{ id: string; count: number }>[]>(
    `WITH found AS MATERIALIZED (${found})
     SELECT id, (SELECT count(*)::int FROM found) AS count FROM found ORDER BY at DESC, id DESC LIMIT ${limit}`,
    values,
  );
  return (first[0]?.count ?? 0) > MOST_SORTED ? undefined : first.map(({ id }) => id);
};

/** Ids alone: an index of the order that includes what is asked for answers it without the rows that it passes by. */
const idsInOrder = async <Entity extends ObjectLiteral>(wanted: Wanted<Entity>): Promise<readonly string[]> => {
  const { at, matching, limit } = wanted;
  const query = continued(matching(), wanted).select('list.id', 'id');
  const found = await newestFirst(query, at).limit(limit).getRawMany<{ id: string }>();
  return found.map(({ id }) => id);
};

const rowsOf = async <Entity extends ObjectLiteral & Readonly<{ id: string }>>(
  { source, entity }: Wanted<Entity>,
  ids: readonly string[],
): Promise<readonly Entity[]> => {
  const rows = await source.getRepository(entity).findBy({ id: In(ids) } as FindOptionsWhere<Entity>);
  const byId = new Map(rows.map(row => [row.id, row]));
  return ids.flatMap(id => byId.get(id) ?? []);
};

const continued = <Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  { at, after }: Pick<Wanted<Entity>, 'at' | 'after'>,
): SelectQueryBuilder<Entity> =>
  after
    ? query.andWhere(`(list.${at}, list.id) < (:cursorAt::timestamptz, :cursorId)`, {
        cursorAt: after.at,
        cursorId: after.id,
      })
    : query;

const newestFirst = <Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  at: string,
): SelectQueryBuilder<Entity> => query.orderBy(`list.${at}`, 'DESC').addOrderBy('list.id', 'DESC');
