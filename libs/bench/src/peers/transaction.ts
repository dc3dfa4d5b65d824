import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { HeldAppend } from './held.ts';

/** Does it in a transaction that stays open for a while, and commits it or not. */
export const heldTransaction = async (
  pool: pg.Pool,
  { heldMs, rolledBack }: HeldAppend,
  work: (client: pg.PoolClient) => Promise<unknown>,
): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    if (heldMs > 0) await pause(heldMs);
    await client.query(rolledBack ? 'ROLLBACK' : 'COMMIT');
  } finally {
    client.release();
  }
};
