import type pg from 'pg';

/**
 * Runs `work` while a session of this pool holds the lock of that name; at once back, with false, when another one does.
 * The session is ended after 5 s without a query, so that a frozen process does not lead for ever: `work` MUST keep it awake.
 */
export const leading = async (
  pool: pg.Pool,
  name: string,
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<boolean> => {
  const client = await pool.connect();
  client.on('error', ignore); // the query that meets it says so too
  try {
    await client.query("SET idle_session_timeout = '5s'");
    const { rows } = await client.query<{ leads: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS leads', [
      name,
    ]);
    if (!rows[0]?.leads) return false;
    await work(client);
    return true;
  } finally {
    client.off('error', ignore);
    client.release(true); // the lock goes with the session
  }
};

const ignore = (): void => undefined;
