import pg from 'pg';
import { CATEGORY, EVENT_TYPE } from '../../event.ts';
import type { Held } from '../held.ts';
import { polling } from '../polling.ts';
import { heldTransaction } from '../transaction.ts';

const WRITE = 'SELECT write_message($1, $2, $3, $4, NULL, $5)';
const READ = 'SELECT id, stream_name, position, global_position FROM get_category_messages($1, $2, 1000)';

type Message = Readonly<{ id: string; stream_name: string; position: string; global_position: string }>;

/** Message DB, read by category from one global position to the next, as its consumers do. */
export const openMessageDb = async (url: string): Promise<Held> => {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  return {
    append: append => {
      const { id, stream, version } = append;
      return heldTransaction(pool, append, client => client.query(WRITE, [id, stream, EVENT_TYPE, '{}', version - 2]));
    },
    follow: async saw => {
      let from = 1;
      return polling(async () => {
        const { rows } = await pool.query<Message>(READ, [CATEGORY, from]);
        for (const { id, stream_name: stream, position } of rows) saw({ id, stream, version: Number(position) + 1 });
        from = Number(rows.at(-1)?.global_position ?? from - 1) + 1;
        return rows.length;
      });
    },
    close: () => pool.end(),
  };
};
