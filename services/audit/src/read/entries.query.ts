import type { Row } from '@slipway/edge';
import type { Stamp } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';

export type Entry = Readonly<{
  position: number;
  stream: string;
  version: number;
  event: string;
  type: string;
  data: Stamp & Readonly<Record<string, unknown>>;
  causationId: string | null;
  correlationId: string;
  refersTo: readonly string[];
  /** The streams of the changes under which it happened. */
  changes: readonly string[];
}>;

// Under a change: the event or its record names it, or the change names the record; of a target: those of the deployment it names.
const COLUMNS = `
  e.position::float8 AS position, e.stream, e.version, e.event_id AS event, e.type, e.data,
  e.causation_id AS "causationId", e.correlation_id AS "correlationId",
  ARRAY(SELECT r.refers_to FROM references_v1 r WHERE r.position = e.position ORDER BY 1) AS "refersTo",
  ARRAY(
    SELECT e.stream WHERE e.stream LIKE 'change-%'
    UNION
    SELECT r.refers_to FROM references_v1 r
    WHERE (r.stream = e.stream AND e.stream NOT LIKE 'target-%' OR r.position = e.position)
      AND r.refers_to LIKE 'change-%' AND r.meaning <> 'mentions' AND r.position <= $1
    UNION
    SELECT r.stream FROM references_v1 r
    WHERE r.refers_to = e.stream AND r.stream LIKE 'change-%' AND r.meaning <> 'mentions' AND r.position <= $1
    UNION
    SELECT under.refers_to FROM references_v1 named
    JOIN references_v1 under ON under.stream = named.refers_to AND under.refers_to LIKE 'change-%' AND under.meaning <> 'mentions'
    WHERE e.stream LIKE 'target-%' AND named.position = e.position AND named.refers_to LIKE 'deployment-%' AND under.position <= $1
    ORDER BY 1
  ) AS changes`;

const rows = (entries: readonly Entry[]): readonly Row[] =>
  entries.map(entry => ({ cursor: [String(entry.position)], item: entry }));

/** The entries after a position, up to another one, at most so many. */
export type Stretch = Readonly<{ after: number; upTo: number; limit: number }>;

// A target's events belong to the trail of the deployment that each names, and to no other.
const OF_STREAMS = `
  SELECT ${COLUMNS}
  FROM entries_v1 e
  WHERE e.position > $2 AND e.position <= $1
    AND (
      e.stream = ANY ($3)
      OR e.stream LIKE 'target-%' AND e.position IN (SELECT position FROM references_v1 WHERE refers_to = ANY ($3) AND stream LIKE 'target-%')
    )
  ORDER BY e.position
  LIMIT $4`;

/** What happened to these records, in log order. */
export const entriesOf = async (
  dataSource: DataSource,
  streams: readonly string[],
  { after, upTo, limit }: Stretch,
): Promise<readonly Row[]> => rows(await dataSource.query<readonly Entry[]>(OF_STREAMS, [upTo, after, streams, limit]));

/** Undefined: whatever it is. */
export type Filter = Readonly<{
  stream: string | undefined;
  type: string | undefined;
  actor: string | undefined;
  from: string | undefined;
  to: string | undefined;
  afterPosition: number | undefined;
}>;

const FILTERED = `
  SELECT ${COLUMNS}
  FROM entries_v1 e
  WHERE e.position > $2 AND e.position <= $1
    AND ($3::text IS NULL OR e.stream = $3)
    AND ($4::text IS NULL OR e.type = $4)
    AND ($5::text IS NULL OR e.actor = $5)
    AND ($6::float8 IS NULL OR e.recorded_at >= to_timestamp($6))
    AND ($7::float8 IS NULL OR e.recorded_at < to_timestamp($7))
  ORDER BY e.position
  LIMIT $8`;

/** Events in log order, by what they are and when they were recorded. */
export const entriesLike = async (
  dataSource: DataSource,
  { stream, type, actor, from, to, afterPosition = 0 }: Filter,
  { after, upTo, limit }: Stretch,
): Promise<readonly Row[]> => {
  const [since, before] = [from, to].map(instant => (instant === undefined ? undefined : Date.parse(instant) / 1000));
  const filters = [stream, type, actor, since, before].map(filter => filter ?? null);
  return rows(
    await dataSource.query<readonly Entry[]>(FILTERED, [upTo, Math.max(after, afterPosition), ...filters, limit]),
  );
};
