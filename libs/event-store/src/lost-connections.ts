import type pg from 'pg';

/**
 * A connection that is lost fails the query that runs on it, and is replaced by the next one. pg says it a second time as an
 * `error` event, of the pool or of a client that is out of it, which ends the process when nobody listens.
 */
export const surviveLostConnections = (pool: pg.Pool): pg.Pool => {
  if (survivors.has(pool)) return pool;
  survivors.add(pool);
  return pool.on('error', heard).on('connect', client => client.on('error', heard));
};

const survivors = new WeakSet<pg.Pool>();

const heard = (): void => undefined;
