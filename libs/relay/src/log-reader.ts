import type { EventEnvelope } from '@slipway/event-store';
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
  envelope: EventEnvelope;
}>;

// data as text: it is published as it is stored, byte for byte.
const READ = `
  SELECT position::text, sequenced_at, stream, version, id, type, data::text, envelope FROM store.read_log($1, $2)`;

export const readRows = async (client: pg.ClientBase, after: number, limit: number): Promise<readonly LogRow[]> => {
  const { rows } = await client.query<Row>({ name: 'relay-read', text: READ, values: [after, limit] });
  return rows.map(({ position, sequenced_at, ...row }) => ({
    ...row,
    position: Number(position),
    sequencedAt: sequenced_at.toISOString(),
  }));
};

export const headOf = async (client: pg.ClientBase): Promise<number> => {
  const { rows } = await client.query<{ head: string }>('SELECT store.head() AS head');
  return Number(rows[0]?.head);
};
