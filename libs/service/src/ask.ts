import type pg from 'pg';

/** Asks the service's own tables, in whatever transaction there is. */
export type Ask = <Row extends object>(sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

export const asking =
  (client: pg.ClientBase): Ask =>
  async <Row extends object>(sql: string, values: readonly unknown[]) =>
    (await client.query<Row>(sql, [...values])).rows;

/** Of TypeORM; statements MUST begin as queries do (`WITH`, `SELECT`), since it answers others in another shape. */
type Queries = Readonly<{ query: (sql: string, values: unknown[]) => Promise<unknown> }>;

export const askingThrough =
  (queries: Queries): Ask =>
  async <Row extends object>(sql: string, values: readonly unknown[]) =>
    (await queries.query(sql, [...values])) as readonly Row[];
