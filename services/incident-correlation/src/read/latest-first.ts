import { type Page, ProblemException } from '@slipway/edge';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Of a list that is sorted by an instant and then the id: where to go on. 400 for a token that nobody gave out. */
export const afterInstant = ({ after }: Page): Readonly<{ at: string; id: string }> | undefined => {
  if (!after) return undefined;
  const [at = '', id = ''] = after;
  // As this list wrote it: PostgreSQL does not know every instant that JavaScript does.
  if (/^[1-9]\d{3}-/.test(at) && !Number.isNaN(Date.parse(at)) && new Date(at).toISOString() === at) return { at, id };
  const detail = 'pageToken takes a nextPageToken as it came.';
  throw new ProblemException({ status: 400, code: 'invalid-page-token', detail });
};

/** `row` is the name of a row in its conditions, one for each field of a filter. */
export type Narrowing = Readonly<Record<string, string>>;

export const narrow = <Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  conditions: Narrowing,
  filter: Readonly<Record<string, unknown>>,
): SelectQueryBuilder<Row> =>
  Object.entries(conditions)
    .filter(([name]) => filter[name] !== undefined)
    .reduce((narrowed, [name, condition]) => narrowed.andWhere(condition, { [name]: filter[name] }), query);

type List<Row> = Readonly<{ entity: EntityTarget<Row>; instant: keyof Row & string; conditions: Narrowing }>;

/** A page of rows, the latest by an instant first. */
export const latestFirst = async <Row extends ObjectLiteral>(
  source: DataSource,
  { entity, instant, conditions }: List<Row>,
  filter: Readonly<Record<string, unknown>>,
  page: Page,
): Promise<readonly Row[]> => {
  const query = source
    .getRepository(entity)
    .createQueryBuilder('row')
    .orderBy(`row.${instant}`, 'DESC')
    .addOrderBy('row.id')
    .limit(page.limit);
  const after = afterInstant(page);
  if (after) query.andWhere(`(row.${instant} < :at OR (row.${instant} = :at AND row.id > :id))`, after);
  return narrow(query, conditions, filter).getMany();
};
