import type pg from 'pg';
import type { Tail } from './tail.ts';

/** What stands against taking the tail back: `streams` are a few of those that it is about. */
export type Obstacle = Readonly<{ what: string; streams: readonly string[] }>;

type Check = Readonly<{ what: string; statement: string; values: (tail: Tail) => readonly number[] }>;

// What was committed and had no position yet when the backup was made is in the tail and in the store, the same in both.
const CHECKS: readonly Check[] = [
  {
    what: 'something else was appended to a stream after the restore',
    values: ({ through }) => [through],
    statement: `
      SELECT stream FROM tail JOIN store.events USING (stream, version)
      WHERE tail.position <= $1 AND (events.id, events.type, events.data::text, events.envelope::text)
        IS DISTINCT FROM (tail.id, tail.type, tail.data, tail.envelope)`,
  },
  {
    what: 'a stream does not go on in the tail where it ends in the log',
    values: ({ through, head }) => [through, head],
    statement: `
      SELECT stream FROM (
        SELECT stream, version, row_number() OVER (PARTITION BY stream ORDER BY position) AS nth FROM tail WHERE position <= $1
      ) AS placed
      WHERE version <> nth + coalesce(
        (SELECT max(version) FROM store.event_log WHERE event_log.stream = placed.stream AND event_log.position <= $2), 0)`,
  },
  {
    what: 'a number of the tail was given again after the restore',
    values: ({ through }) => [through],
    statement: `
      SELECT numbers.stream FROM tail JOIN store.numbers USING (stream)
      WHERE tail.position <= $1 AND tail.number <> numbers.number
      UNION ALL SELECT numbers.stream FROM tail JOIN store.numbers USING (number)
      WHERE tail.position <= $1 AND tail.stream <> numbers.stream`,
  },
];

/** Empty: the tail fits. Looks at the session's table `tail`. */
export const obstaclesTo = async (client: pg.ClientBase, tail: Tail): Promise<readonly Obstacle[]> => {
  const found: Obstacle[] = [];
  if (tail.differing.length > 0)
    found.push({ what: `Kafka has other events at position ${tail.differing.join(', ')} of the log`, streams: [] });
  for (const { what, statement, values } of CHECKS) {
    const some = `SELECT DISTINCT stream FROM (${statement}) AS found ORDER BY stream LIMIT 5`;
    const { rows } = await client.query<{ stream: string }>(some, [...values(tail)]);
    if (rows.length > 0) found.push({ what, streams: rows.map(({ stream }) => stream) });
  }
  return found;
};
