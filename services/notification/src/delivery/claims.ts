import type { SubscriptionChannel } from '@slipway/contracts';
import type { Ask } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';
import type { Sent } from '../webhooks/send.ts';
import type { Outcome } from './outcome.ts';
import type { SecretInUse } from './subscribers.ts';

/** A delivery that nobody else is at until the lease ends. */
export type Claimed = Readonly<{
  id: string;
  lease: string;
  subscription: string;
  failures: number;
  /** For how long nothing got through to its receiver. */
  failingHours: number;
  failingSince: string | null;
  body: string;
  channel: SubscriptionChannel;
  secrets: readonly SecretInUse[];
  /** Of the event. */
  stream: string;
  /** Whose grants it is cut to. */
  grantsOf: string | null;
}>;

// So many to one receiver at a time, whoever delivers; who said that it is too much is given time.
const CLAIM = `
  WITH due AS (
    SELECT due.id FROM subscribers_v1 AS subscriber
    LEFT JOIN endpoints_v1 AS endpoint ON endpoint.subscription = subscriber.id
    CROSS JOIN LATERAL (
      SELECT greatest($4 - count(*), 0) AS free FROM deliveries_v1
      WHERE subscription = subscriber.id AND state = 'waiting' AND recipient IS NULL AND leased_until > clock_timestamp()
    ) AS room
    CROSS JOIN LATERAL (
      SELECT id FROM deliveries_v1
      WHERE subscription = subscriber.id AND state = 'waiting' AND recipient IS NULL AND next_at <= clock_timestamp()
        AND (leased_until IS NULL OR leased_until <= clock_timestamp())
      ORDER BY next_at LIMIT room.free FOR UPDATE SKIP LOCKED
    ) AS due
    WHERE subscriber.state = 'Active' AND (endpoint.paced_until IS NULL OR endpoint.paced_until <= clock_timestamp())
    LIMIT $3
  ), claimed AS (
    UPDATE deliveries_v1 SET lease = $1, leased_until = clock_timestamp() + $2 * interval '1 ms'
    WHERE id IN (SELECT id FROM due) RETURNING id, lease, subscription, event_id, failures
  )
  SELECT claimed.id, claimed.lease, claimed.subscription, claimed.failures, message.body, message.stream,
    subscriber.channel, subscriber.secrets, subscriber.grants_of AS "grantsOf", endpoint.failing_since::text AS "failingSince",
    coalesce(extract(epoch FROM clock_timestamp() - endpoint.failing_since) / 3600, 0)::float8 AS "failingHours"
  FROM claimed
  JOIN messages_v1 AS message ON message.event_id = claimed.event_id
  JOIN subscribers_v1 AS subscriber ON subscriber.id = claimed.subscription
  LEFT JOIN endpoints_v1 AS endpoint ON endpoint.subscription = claimed.subscription`;

/** Takes what is due, at most so many; commits before anything is sent, so that it is known to have been tried. */
export const claim = (
  ask: Ask,
  { most, mostAReceiver, leaseMs }: Readonly<{ most: number; mostAReceiver: number; leaseMs: number }>,
): Promise<readonly Claimed[]> => ask<Claimed>(CLAIM, [uuidv7(), leaseMs, most, mostAReceiver]);

// Whose lease ended meanwhile has tried, and that is kept; what became of the delivery is said by who took it over.
const SETTLE = `
  WITH tried AS (
    INSERT INTO attempts_v1 (delivery, at, duration_ms, status, error, answer_digest)
    VALUES ($1, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
  ), settled AS (
    UPDATE deliveries_v1 SET state = $8, lease = NULL, leased_until = NULL,
      failures = failures + CASE WHEN $8 = 'delivered' THEN 0 ELSE 1 END,
      next_at = clock_timestamp() + coalesce($9::float8, 0) * interval '1 s',
      settled_at = CASE WHEN $8 = 'waiting' THEN NULL ELSE clock_timestamp() END
    WHERE id = $1 AND lease = $2
  ), standing AS (
    INSERT INTO endpoints_v1 AS known (subscription, failing_since, paced_until)
    VALUES ($10, CASE WHEN $8 = 'delivered' THEN NULL ELSE $3::timestamptz END,
      CASE WHEN $11::float8 > 0 THEN clock_timestamp() + $11::float8 * interval '1 s' END)
    ON CONFLICT (subscription) DO UPDATE SET
      failing_since = CASE WHEN $8 = 'delivered' THEN NULL ELSE coalesce(known.failing_since, excluded.failing_since) END,
      paced_until = coalesce(greatest(known.paced_until, excluded.paced_until), excluded.paced_until)
  )
  SELECT 1 AS settled`;

export type Attempt = Readonly<{ at: Date; durationMs: number; sent: Sent }>;

/** Keeps what was tried and what follows from it. */
export const settle = async (ask: Ask, claimed: Claimed, attempt: Attempt, outcome: Outcome): Promise<void> => {
  const { at, durationMs, sent } = attempt;
  await ask(SETTLE, [
    claimed.id,
    claimed.lease,
    at.toISOString(),
    durationMs,
    sent.status ?? null,
    sent.error ?? null,
    sent.answerDigest ?? null,
    outcome.state,
    outcome.waitSeconds ?? null,
    claimed.subscription,
    outcome.paceSeconds,
  ]);
};

const CUT = `
  WITH untold AS (
    DELETE FROM deliveries_v1 WHERE id = $1 AND lease = $2 AND NOT EXISTS (SELECT FROM attempts_v1 WHERE delivery = $1)
  ), ended AS (
    UPDATE deliveries_v1 SET state = 'failed', lease = NULL, leased_until = NULL, settled_at = clock_timestamp()
    WHERE id = $1 AND lease = $2 AND EXISTS (SELECT FROM attempts_v1 WHERE delivery = $1)
  )
  SELECT 1 AS cut`;

/** Nobody is to be told: what was never tried is gone, what was tried before is tried no more. */
export const cut = async (ask: Ask, { id, lease }: Claimed): Promise<void> => {
  await ask(CUT, [id, lease]);
};

const OLDEST = `
  SELECT extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS seconds
  FROM deliveries_v1 JOIN subscribers_v1 AS subscriber ON subscriber.id = subscription
  WHERE deliveries_v1.state = 'waiting' AND subscriber.state = 'Active' AND next_at <= clock_timestamp()`;

/** For how many seconds the oldest delivery has waited that could go out; 0 when there is none. */
export const oldestWaiting = async (ask: Ask): Promise<number> =>
  (await ask<{ seconds: number | null }>(OLDEST, []))[0]?.seconds ?? 0;

const NEXT_DUE = `
  SELECT extract(epoch FROM min(first.next_at) - clock_timestamp())::float8 * 1000 AS ms
  FROM subscribers_v1 AS subscriber
  CROSS JOIN LATERAL (
    SELECT next_at FROM deliveries_v1
    WHERE subscription = subscriber.id AND state = 'waiting' AND recipient IS NULL ORDER BY next_at LIMIT 1
  ) AS first
  WHERE subscriber.state = 'Active'`;

/** In how many milliseconds something is due that waits; infinite while nothing does. */
export const nextDueMs = async (ask: Ask): Promise<number> =>
  (await ask<{ ms: number | null }>(NEXT_DUE, []))[0]?.ms ?? Number.POSITIVE_INFINITY;
