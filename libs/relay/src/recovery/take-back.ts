import type pg from 'pg';
import { type Epochs, holdEpochs } from './alone.ts';
import type { Progress } from './options.ts';
import type { Tail } from './tail.ts';

const AT_ONCE = 5_000;

// Of the positions in ($1, $2]. What waited for its position when the backup was made has it from now on.
const STATEMENTS = [
  `INSERT INTO store.streams (stream, version)
   SELECT stream, max(version) FROM tail WHERE position > $1 AND position <= $2 GROUP BY stream ORDER BY stream
   ON CONFLICT (stream) DO UPDATE SET version = excluded.version WHERE streams.version < excluded.version`,
  `INSERT INTO store.numbers (stream, number)
   SELECT stream, number FROM tail WHERE position > $1 AND position <= $2 AND number IS NOT NULL
   ON CONFLICT DO NOTHING`,
  `INSERT INTO store.events (stream, version, id, type, data, envelope)
   SELECT stream, version, id, type, data::json, envelope::json FROM tail
   WHERE position > $1 AND position <= $2 ORDER BY position
   ON CONFLICT DO NOTHING`,
  `INSERT INTO store.event_log (position, stream, version, sequenced_at)
   SELECT position, stream, version, sequenced_at FROM tail WHERE position > $1 AND position <= $2 ORDER BY position`,
  `WITH rest AS (
     SELECT seq, array_agg(each.stream ORDER BY nth) FILTER (WHERE tail.position IS NULL) AS streams,
       array_agg(each.version ORDER BY nth) FILTER (WHERE tail.position IS NULL) AS versions
     FROM store.pending, unnest(streams, versions) WITH ORDINALITY AS each (stream, version, nth)
     LEFT JOIN tail ON tail.stream = each.stream AND tail.version = each.version AND position > $1 AND position <= $2
     GROUP BY seq HAVING count(tail.position) > 0
   ), gone AS (
     DELETE FROM store.pending USING rest WHERE pending.seq = rest.seq AND rest.streams IS NULL
   )
   UPDATE store.pending SET streams = rest.streams, versions = rest.versions
   FROM rest WHERE pending.seq = rest.seq AND rest.streams IS NOT NULL`,
];

/** Writes the tail behind the log, in order, some thousand positions a transaction: a next time goes on where this one ended. */
export const takeBack = async (
  client: pg.ClientBase,
  { head, through }: Tail,
  epochs: Epochs,
  onProgress: Progress = () => undefined,
): Promise<void> => {
  for (let after = head; after < through; after += AT_ONCE) {
    const last = Math.min(after + AT_ONCE, through);
    await client.query('BEGIN');
    try {
      await holdEpochs(client, epochs);
      for (const statement of STATEMENTS) await client.query(statement, [after, last]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
    onProgress('taken back', last - head, through - head);
  }
};
