import type pg from 'pg';
import type { Delivery } from './subscription.ts';

export type Fault = Readonly<{
  cause: 'failed' | 'unknown-type';
  /** Without payload: see `describeFault`. */
  error: string;
  attempts: number;
}>;

const PARK = `
  INSERT INTO parked_streams AS parked (consumer, stream, cause, error, attempts) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (consumer, stream) DO UPDATE
  SET cause = excluded.cause, error = excluded.error, attempts = parked.attempts + excluded.attempts`;

/** From now on the stream waits for this consumer. */
export const parkStream = async (
  client: pg.ClientBase,
  consumer: string,
  stream: string,
  fault: Fault,
): Promise<void> => {
  await client.query(PARK, [consumer, stream, fault.cause, fault.error, fault.attempts]);
};

const QUEUE = `
  INSERT INTO parked_events (consumer, stream, position)
  SELECT $1, stream, position FROM unnest($2::text[], $3::bigint[]) AS waiting (stream, position)
  ON CONFLICT DO NOTHING`;

/** Positions only; the events stay where they are, in the log. Their streams are parked already. */
export const queueBehind = async (
  client: pg.ClientBase,
  consumer: string,
  waiting: readonly Delivery[],
): Promise<void> => {
  if (waiting.length === 0) return;
  await client.query(QUEUE, [consumer, waiting.map(event => event.stream), waiting.map(event => event.position)]);
};

/** The first position that waits, with its stream locked for us; undefined when the stream is not parked or nothing waits. */
export const firstWaiting = async (
  client: pg.ClientBase,
  consumer: string,
  stream: string,
): Promise<number | undefined> => {
  await client.query('SELECT FROM parked_streams WHERE (consumer, stream) = ($1, $2) FOR UPDATE', [consumer, stream]);
  const { rows } = await client.query<{ position: string }>(
    'SELECT position FROM parked_events WHERE (consumer, stream) = ($1, $2) ORDER BY position LIMIT 1',
    [consumer, stream],
  );
  return rows[0] && Number(rows[0].position);
};

/** Takes one event out of the queue, and the stream out of parking when it was the last. */
export const takeOut = async (
  client: pg.ClientBase,
  consumer: string,
  stream: string,
  position: number,
): Promise<void> => {
  await client.query('DELETE FROM parked_events WHERE (consumer, stream, position) = ($1, $2, $3)', [
    consumer,
    stream,
    position,
  ]);
  await client.query(
    `DELETE FROM parked_streams AS parked WHERE (consumer, stream) = ($1, $2)
     AND NOT EXISTS (SELECT FROM parked_events AS waiting WHERE (waiting.consumer, waiting.stream) = (parked.consumer, parked.stream))`,
    [consumer, stream],
  );
};
