import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

/** A query that takes longer is taken for a connection that is dead: the server ends the transaction after 1.5 s too. */
const ANSWER_WITHIN_MS = 2_000;

/** A direct connection for one leader: no pool, and nothing between it and PostgreSQL, since its session holds a lock. */
export const leaderConnection = async (
  url: string,
  name: string,
  onLost: () => void,
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: answerWithinMs,
    application_name: name,
  });
  client.on('error', onLost);
  client.on('end', onLost);
  await client.connect();
  return client;
};

/** Says goodbye; to a server that does not answer, only for so long. */
export const closed = async (client: pg.Client): Promise<void> => {
  await Promise.race([client.end().catch(() => undefined), pause(ANSWER_WITHIN_MS, undefined, { ref: false })]);
};
