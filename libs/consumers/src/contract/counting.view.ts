import type pg from 'pg';
import type { Delivery, Projection } from '../subscription.ts';
import { countedViews, type Stage } from './stage.ts';

/** Called with what is about to be written, within its transaction. */
export type Before = (events: readonly Delivery[], client: pg.ClientBase) => Promise<void> | void;

let taken = 0;

const writing = (table: string): string => `
  INSERT INTO ${table} AS kept (stream, count, versions)
  SELECT stream, count(*), array_agg(version ORDER BY nth)
  FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS seen (stream, version, nth) GROUP BY stream
  ON CONFLICT (stream) DO UPDATE SET count = kept.count + excluded.count, versions = kept.versions || excluded.versions`;

type Counting = Readonly<{ view: Projection; table: string }>;

/** A view of its own table that counts the events of each stream by adding, and keeps the order in which they came. */
export const countingBySet = (before: Before = () => undefined): Counting => {
  const table = freshTable();
  const applyAll = async (events: readonly Delivery[], client: pg.ClientBase): Promise<void> => {
    await before(events, client);
    const values = [events.map(({ stream }) => stream), events.map(({ version }) => version)];
    await client.query(writing(table), values);
  };
  return { table, view: { ...named(table), independent: true, applyAll } };
};

/** The same, event by event, in one lane. */
export const countingByHandler = (before: Before = () => undefined): Counting => {
  const table = freshTable();
  const otherwise = async (event: Delivery, client: pg.ClientBase): Promise<void> => {
    await before([event], client);
    await client.query({ name: table, text: writing(table), values: [[event.stream], [event.version]] });
  };
  return { table, view: { ...named(table), handlers: {}, otherwise } };
};

const named = (table: string) => ({ consumer: `planning.${table}`, categories: ['release'], tables: [table] });

const freshTable = (): string => {
  const table = countedViews[taken++];
  if (!table) throw new Error('every table has its view: make more of them');
  return table;
};

export type Counts = Readonly<Record<string, readonly number[]>>;

/** The versions of each stream in the order in which they came. Throws when the count is another one. */
export const countsIn = async ({ pool }: Pick<Stage, 'pool'>, table: string): Promise<Counts> => {
  const { rows } = await pool.query<{ stream: string; count: number; versions: number[] }>(`SELECT * FROM ${table}`);
  for (const { stream, count, versions } of rows)
    if (count !== versions.length) throw new Error(`${stream} was counted ${count} times`);
  return Object.fromEntries(rows.map(({ stream, versions }) => [stream, versions]));
};
