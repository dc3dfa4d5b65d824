import type pg from 'pg';

type Work<Result> = (client: pg.PoolClient) => Promise<Result>;

/** Commits what `work` wrote through the client, or nothing of it. */
export const inTransaction = <Result>(pool: pg.Pool, work: Work<Result>): Promise<Result> =>
  transaction(pool, 'BEGIN', work);

/**
 * The same without waiting for the disk, for what is made again when it is lost: should the server of the database crash,
 * the commits of its last half second may be gone, each with the watermark that it moved.
 */
export const inRepeatableTransaction = <Result>(pool: pg.Pool, work: Work<Result>): Promise<Result> =>
  transaction(pool, 'BEGIN; SET LOCAL synchronous_commit = off', work);

const transaction = async <Result>(pool: pg.Pool, begin: string, work: Work<Result>): Promise<Result> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that is cut between two queries says so here, and nobody listening would end the process.
  const cut = (error: Error): void => void (broken = error);
  client.on('error', cut);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(cut);
    throw error;
  } finally {
    client.off('error', cut);
    client.release(broken);
  }
};
