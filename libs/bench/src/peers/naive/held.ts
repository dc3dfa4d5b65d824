import pg from 'pg';
import type { Held, Seen } from '../held.ts';
import { withClient } from '../../stage.ts';
import { polling } from '../polling.ts';
import { heldTransaction } from '../transaction.ts';

const TABLE = `
  CREATE TABLE naive (
    position bigserial PRIMARY KEY, id uuid NOT NULL, stream text NOT NULL, version int NOT NULL, UNIQUE (stream, version))`;
const INSERT = 'INSERT INTO naive (id, stream, version) VALUES ($1, $2, $3)';
const READ = 'SELECT * FROM naive WHERE position > $1 ORDER BY position LIMIT 1000';

export const prepareNaive = (url: string): Promise<unknown> => withClient(url, client => client.query(TABLE));

/** A table with a sequence, read by what is above the last number seen: how many stores began. */
export const openNaive = async (url: string): Promise<Held> => {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  return {
    append: append => {
      const { id, stream, version } = append;
      return heldTransaction(pool, append, client => client.query(INSERT, [id, stream, version]));
    },
    follow: async saw => {
      let last = 0;
      return polling(async () => {
        const { rows } = await pool.query<Seen & { position: string }>(READ, [last]);
        rows.forEach(saw);
        last = Number(rows.at(-1)?.position ?? last);
        return rows.length;
      });
    },
    close: () => pool.end(),
  };
};
