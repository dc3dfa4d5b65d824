import type { Kafka } from 'kafkajs';
import type pg from 'pg';
import { headOf, rowsAt } from '../log-reader.ts';
import type { LogRow } from '../record.ts';
import { restored, type Restored, sameRow } from '../restored.ts';
import { readSpans, type Span, spansOf } from '../spans.ts';
import { administered, topicsOf } from '../topics.ts';
import type { Progress } from './options.ts';

/** What Kafka has of this log and the database has not; the rows themselves are in the session's table `tail`. */
export type Tail = Readonly<{
  incarnation: string;
  /** Where the log ends. */
  head: number;
  /** The last position on Kafka; that of the log when Kafka has no more. */
  last: number;
  /** All up to here can be had back: behind it a position is missing that never got to Kafka. */
  through: number;
  /** Positions of the log under which Kafka has another event. A few of them. */
  differing: readonly number[];
  /** Logs that records on these topics belong to, other than this one. */
  otherLogs: readonly string[];
}>;

type Found = { otherLogs: Set<string>; differing: number[] };

const AT_ONCE = 1_000;
/** By how much the clocks of the relay and of the database may differ before all of Kafka is read. */
const CLOCKS_DIFFER_MS = 600_000;

const TABLE = `
  CREATE TEMP TABLE IF NOT EXISTS tail (
    position bigint PRIMARY KEY, stream text COLLATE "C", version int, id uuid, type text, data text, envelope text,
    sequenced_at timestamptz, number text COLLATE "C"
  )`;

// What was sent twice is the same twice.
const ADD = `
  INSERT INTO tail
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::text[])
  ON CONFLICT DO NOTHING`;

// position - nth never falls: it is the head for as long as nothing is missing.
const REACH = `
  SELECT coalesce(max(position), $1) AS last, coalesce(max(position) FILTER (WHERE position - nth = $1), $1) AS through
  FROM (SELECT position, row_number() OVER (ORDER BY position) AS nth FROM tail) AS placed`;

/** Reads into the session's table what Kafka has behind the head, and compares a little of what is before it. */
export const readTail = async (
  client: pg.ClientBase,
  kafka: Kafka,
  prefix: string,
  onProgress: Progress = () => undefined,
): Promise<Tail> => {
  await client.query(TABLE);
  const head = await headOf(client);
  const { rows } = await client.query<{ incarnation: string; at: Date | null }>(
    'SELECT store.incarnation() AS incarnation, (SELECT sequenced_at FROM store.event_log WHERE position = $1) AS at',
    [head],
  );
  const { incarnation = '', at = null } = rows[0] ?? {};
  const all = await spansOf(kafka, topicsOf(prefix));
  const late = at ? await spansSince(kafka, all, at.getTime() - CLOCKS_DIFFER_MS) : all;
  let found: Found = { otherLogs: new Set(), differing: [] };
  let reach = { last: head, through: head };
  // A second time from the beginning when the clocks differed by more.
  for (const spans of late === all ? [all] : [late, all]) {
    found = await collect(client, kafka, spans, { head, incarnation, onProgress });
    reach = await reachOf(client, head);
    if (reach.through === reach.last) break;
  }
  return { incarnation, head, ...reach, differing: found.differing, otherLogs: [...found.otherLogs] };
};

const reachOf = async (client: pg.ClientBase, head: number) => {
  const { rows } = await client.query<{ last: string; through: string }>(REACH, [head]);
  return { last: Number(rows[0]?.last), through: Number(rows[0]?.through) };
};

// From the last record before that moment on: with it what comes is tied to what the log has.
const spansSince = (kafka: Kafka, spans: readonly Span[], since: number): Promise<readonly Span[]> =>
  administered(kafka, async admin => {
    const later: Span[] = [];
    for (const topic of new Set(spans.map(span => span.topic))) {
      const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, since);
      const first = new Map(offsets.map(({ partition, offset }) => [partition, BigInt(offset) - 1n]));
      for (const span of spans.filter(each => each.topic === topic)) {
        const from = first.get(span.partition) ?? span.from;
        later.push(from > span.from && from < span.to ? { ...span, from } : span);
      }
    }
    return later;
  });

type Known = Readonly<{ head: number; incarnation: string; onProgress: Progress }>;

const collect = async (
  client: pg.ClientBase,
  kafka: Kafka,
  spans: readonly Span[],
  { head, incarnation, onProgress }: Known,
): Promise<Found> => {
  await client.query('TRUNCATE tail');
  const found: Found = { otherLogs: new Set(), differing: [] };
  const total = spans.reduce((sum, { from, to }) => sum + Number(to - from), 0);
  let done = 0;
  await readSpans(kafka, spans, async (_place, records) => {
    const all = records.flatMap(record => restored(record) ?? []);
    for (const each of all) if (each.incarnation !== incarnation) found.otherLogs.add(each.incarnation);
    const own = all.filter(each => each.incarnation === incarnation).map(({ row }: Restored) => row);
    for (let first = 0; first < own.length; first += AT_ONCE) {
      const some = own.slice(first, first + AT_ONCE);
      await compare(
        client,
        found,
        some.filter(({ position }) => position <= head),
      );
      await add(
        client,
        some.filter(({ position }) => position > head),
      );
    }
    done += records.length;
    onProgress('read from Kafka', done, total);
  });
  return found;
};

const compare = async (client: pg.ClientBase, found: Found, rows: readonly LogRow[]): Promise<void> => {
  if (rows.length === 0 || found.differing.length > 0) return;
  const stored = await rowsAt(
    client,
    rows.map(({ position }) => position),
  );
  const others = rows.filter(row => {
    const log = stored.get(row.position);
    return !log || !sameRow(log, row);
  });
  found.differing.push(...others.slice(0, 5).map(({ position }) => position));
};

const add = async (client: pg.ClientBase, rows: readonly LogRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const column = <Value>(of: (row: LogRow) => Value): Value[] => rows.map(of);
  await client.query(ADD, [
    column(row => row.position),
    column(row => row.stream),
    column(row => row.version),
    column(row => row.id),
    column(row => row.type),
    column(row => row.data),
    column(row => row.envelope),
    column(row => row.sequencedAt),
    column(row => row.number ?? null),
  ]);
};
