import type { ThresholdTerms } from '@slipway/contracts';
import type { Service } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';
import type { Cause } from './touches.ts';

type Queries = Pick<Service['dataSource'], 'query'>;

/** A threshold that nobody else judges until the lease ends. */
export type Claimed = Readonly<{
  id: string;
  lease: string;
  revision: number;
  terms: ThresholdTerms;
  causes: readonly Cause[];
}>;

// What was touched after the position that is shown waits until the facts are there, too.
const CLAIM = `
  WITH due AS (
    SELECT id FROM threshold_evaluations_v1
    WHERE (leased_until IS NULL OR leased_until <= clock_timestamp()) AND (first_touched <= $1 OR due_at <= $2)
    ORDER BY coalesce(waiting_since, due_at) LIMIT $3 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE threshold_evaluations_v1 SET lease = $4, leased_until = clock_timestamp() + $5 * interval '1 ms'
    WHERE id IN (SELECT id FROM due) RETURNING id, lease, causes
  )
  SELECT claimed.id, claimed.lease, claimed.causes, watch.revision, watch.terms
  FROM claimed JOIN threshold_watch_v1 AS watch ON watch.id = claimed.id`;

type Wanted = Readonly<{ position: number; at: Date; most: number; leaseMs: number }>;

/** Thresholds that wait to be judged on what is known at a position, or are due at a moment. */
export const claim = (queries: Queries, { position, at, most, leaseMs }: Wanted): Promise<readonly Claimed[]> =>
  queries.query<readonly Claimed[]>(CLAIM, [position, at.toISOString(), most, uuidv7(), leaseMs]);

// Whose lease ended meanwhile was perhaps overtaken by a later verdict: it is judged once more.
const SETTLE = `
  WITH settled AS (
    UPDATE threshold_evaluations_v1 SET
      lease = NULL, leased_until = NULL, evaluated_position = $3, due_at = $4,
      first_touched = CASE WHEN last_touched > $3 THEN $3 + 1 END,
      last_touched = CASE WHEN last_touched > $3 THEN last_touched END,
      waiting_since = CASE WHEN last_touched > $3 THEN clock_timestamp() END,
      causes = (
        SELECT coalesce(jsonb_agg(cause ORDER BY nth), '[]')
        FROM jsonb_array_elements(causes) WITH ORDINALITY AS all_of (cause, nth)
        WHERE (cause ->> 'position')::bigint > $3
      )
    WHERE id = $1 AND lease = $2
  ), overtaken AS (
    UPDATE threshold_evaluations_v1 SET
      first_touched = coalesce(first_touched, $3), last_touched = coalesce(last_touched, $3),
      waiting_since = coalesce(waiting_since, clock_timestamp())
    WHERE id = $1 AND lease IS DISTINCT FROM $2
  )
  SELECT 1 AS settled`;

/** It was judged on what was known at this position, and is to be judged again then, or when a fact touches it. */
export const settle = async (
  queries: Queries,
  { id, lease }: Pick<Claimed, 'id' | 'lease'>,
  { position, due }: Readonly<{ position: number; due: Date }>,
): Promise<void> => {
  await queries.query(SETTLE, [id, lease, position, due.toISOString()]);
};

const STANDING = `
  SELECT extract(epoch FROM clock_timestamp() - min(waiting_since))::float8 AS waiting,
    extract(epoch FROM min(due_at) - clock_timestamp())::float8 * 1000 AS due
  FROM threshold_evaluations_v1`;

/** For how many seconds the oldest one has waited, 0 when none does; and in how many milliseconds the next one is due. */
export const standing = async (queries: Queries): Promise<Readonly<{ waitingSeconds: number; dueMs: number }>> => {
  const [row] = await queries.query<readonly { waiting: number | null; due: number | null }[]>(STANDING);
  return { waitingSeconds: row?.waiting ?? 0, dueMs: row?.due ?? Number.POSITIVE_INFINITY };
};
