import type pg from 'pg';
import type { LogRow } from './record.ts';

type Row = Readonly<{
  position: string;
  sequenced_at: Date;
  stream: string;
  version: number;
  id: string;
  type: string;
  data: string;
  envelope: string;
  number: string | null;
}>;

/** The log after a position, in order, as role `slipway_relay`. */
export const readRows = async (client: pg.ClientBase, after: number, limit: number): Promise<readonly LogRow[]> =>
  (
    await client.query<Row>({
      name: 'relay-read',
      text: 'SELECT * FROM store.read_published($1, $2)',
      values: [after, limit],
    })
  ).rows.map(logRow);

// data and envelope as text: they are published, and compared, as they are stored, byte for byte. OFFSET 0 makes it look up
// row by row, whatever the planner takes a table for that was filled a moment ago.
const AT = `
  SELECT log.* FROM unnest($1::bigint[]) AS wanted (position), LATERAL (
    SELECT position, sequenced_at, stream, version, id, type, data::text, envelope::text,
      CASE WHEN version = 1 THEN (SELECT number FROM store.numbers WHERE numbers.stream = events.stream) END AS number
    FROM store.event_log JOIN store.events USING (stream, version) WHERE event_log.position = wanted.position OFFSET 0
  ) AS log`;

/** What the log has at these positions, as the owner of the database. */
export const rowsAt = async (
  client: pg.ClientBase,
  positions: readonly number[],
): Promise<ReadonlyMap<number, LogRow>> => {
  const { rows } = await client.query<Row>({ name: 'rows-at', text: AT, values: [positions] });
  return new Map(rows.map(row => [Number(row.position), logRow(row)]));
};

const logRow = ({ position, sequenced_at, number, ...row }: Row): LogRow => ({
  ...row,
  position: Number(position),
  sequencedAt: sequenced_at.toISOString(),
  ...(number && { number }),
});

export const headOf = async (client: pg.ClientBase): Promise<number> => {
  const { rows } = await client.query<{ head: string }>('SELECT store.head() AS head');
  return Number(rows[0]?.head);
};
