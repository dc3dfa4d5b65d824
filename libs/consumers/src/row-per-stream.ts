import { idOf, type Message } from '@slipway/event-sourcing';
import pg from 'pg';
import { type Delivery, type Projection, projection, type View } from './subscription.ts';

/** A row as its table keeps it and JSON shows it: instants are ISO 8601. */
export type RowOf<Entity> = {
  readonly [Column in keyof Entity]: Date extends Entity[Column]
    ? string | Exclude<Entity[Column], Date>
    : Entity[Column];
};

type Identified = Readonly<{ id: string }>;
type Numbered = Readonly<{ number: string | null }>;

type RowPerStream<Event extends Message, Row> = View &
  Readonly<{
    /** Its primary key is `id`, the stream's; its columns are the row's names in snake_case. */
    table: string;
    /** The row after the event, with all its columns, or nothing while there is nothing to show. */
    fold: (row: Row | undefined, event: Delivery<Event>) => Row | undefined;
    /** Whether the table has the record's number, which is given before its first event and filled in here. */
    numbered?: Row extends Numbered ? true : never;
  }>;

/**
 * A view with a row for each stream, which is the fold of its events: a batch is one look at the rows that it touches, and
 * one statement that writes them.
 */
export const rowPerStream = <Event extends Message, Row extends Identified>({
  table,
  fold,
  numbered,
  ...view
}: RowPerStream<Event, Row>): Projection =>
  projection<Event>({
    ...view,
    tables: [table],
    independent: true,
    applyAll: async (events, client) => {
      const rows = await rowsIn<Row>(client, table, [...new Set(events.map(({ stream }) => idOf(stream)))]);
      const fresh = new Map<string, string>();
      for (const event of events) {
        const id = idOf(event.stream);
        const row = fold(rows.get(id), event);
        if (row && !rows.has(id)) fresh.set(event.stream, id);
        if (row) rows.set(id, row);
      }
      const numbers = numbered ? await numbersOf(client, fresh) : new Map<string, string>();
      const kept = [...rows.values()].map(row => ({ ...row, ...numberIn(numbers, row.id) }));
      await keep(client, table, kept);
    },
  });

const rowsIn = async <Row extends Identified>(
  client: pg.ClientBase,
  table: string,
  ids: readonly string[],
): Promise<Map<string, Row>> => {
  const text = `SELECT to_jsonb(known) AS row FROM ${pg.escapeIdentifier(table)} AS known WHERE id = ANY ($1)`;
  const { rows } = await client.query<{ row: Readonly<Record<string, unknown>> }>(text, [ids]);
  return new Map(rows.map(({ row }) => renamed(row, camelCase) as Row).map(row => [row.id, row]));
};

const numbersOf = async (
  client: pg.ClientBase,
  ids: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> => {
  if (ids.size === 0) return new Map();
  type Found = { stream: string; number: string };
  const { rows } = await client.query<Found>('SELECT * FROM store.numbers_of($1)', [[...ids.keys()]]);
  return new Map(rows.map(({ stream, number }) => [ids.get(stream) ?? '', number]));
};

const numberIn = (numbers: ReadonlyMap<string, string>, id: string): object => {
  const number = numbers.get(id);
  return number === undefined ? {} : { number };
};

const keep = async (client: pg.ClientBase, table: string, rows: readonly object[]): Promise<void> => {
  const kept = rows.map(row => renamed(row, snakeCase));
  const [first] = kept;
  if (!first) return;
  const name = pg.escapeIdentifier(table);
  const columns = Object.keys(first).map(column => pg.escapeIdentifier(column));
  const changes = columns.map(column => `${column} = excluded.${column}`);
  const text = `
    INSERT INTO ${name} (${columns.join(', ')})
    SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${name}, $1)
    ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')}`;
  await client.query(text, [JSON.stringify(kept)]);
};

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
const camelCase = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const renamed = (row: object, rename: (name: string) => string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [rename(name), value]));
