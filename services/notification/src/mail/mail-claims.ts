import type { MailTiming } from '@slipway/contracts';
import type { Ask } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';

/** A mail about one event, to one person, that nobody else is at until the lease ends. */
export type ClaimedMail = Readonly<{
  id: string;
  lease: string;
  subscription: string;
  /** Of the subscription. */
  name: string | null;
  recipient: string;
  failures: number;
  type: string;
  stream: string;
  /** Of the record, where it has one. */
  title: string | null;
  body: string;
  timing: MailTiming | null;
  templateId: string | null;
}>;

// That a subscription was disabled is told although it is; behind a communication there is none.
const CLAIM = `
  WITH due AS (
    SELECT delivery.id FROM deliveries_v1 AS delivery
    JOIN messages_v1 AS message ON message.event_id = delivery.event_id
    LEFT JOIN subscribers_v1 AS subscriber ON subscriber.id = delivery.subscription
    WHERE delivery.recipient IS NOT NULL AND delivery.state = 'waiting' AND delivery.next_at <= clock_timestamp()
      AND (delivery.leased_until IS NULL OR delivery.leased_until <= clock_timestamp())
      AND (subscriber.state = 'Active' OR message.type = 'dev.slipway.subscription-disabled.v1'
        OR delivery.subscription LIKE 'communication-%')
    ORDER BY delivery.next_at LIMIT $3 FOR UPDATE OF delivery SKIP LOCKED
  ), claimed AS (
    UPDATE deliveries_v1 SET lease = $1, leased_until = clock_timestamp() + $2 * interval '1 ms'
    WHERE id IN (SELECT id FROM due) RETURNING id, lease, subscription, recipient, event_id, position, failures
  )
  SELECT claimed.id, claimed.lease, claimed.subscription, claimed.recipient, claimed.failures, message.type, message.stream,
    message.body, subscriber.title AS name, subscriber.channel -> 'timing' AS timing,
    subscriber.channel ->> 'templateId' AS "templateId", known.subject ->> 'title' AS title
  FROM claimed
  JOIN messages_v1 AS message ON message.event_id = claimed.event_id
  LEFT JOIN subscribers_v1 AS subscriber ON subscriber.id = claimed.subscription
  LEFT JOIN subjects_v1 AS known ON known.stream = message.stream
  ORDER BY claimed.position`;

/** Takes the mail that is due, in the order of its events. */
export const claimMail = (ask: Ask, most: number, leaseMs: number): Promise<readonly ClaimedMail[]> =>
  ask<ClaimedMail>(CLAIM, [uuidv7(), leaseMs, most]);

const SETTLE = `
  WITH tried AS (
    INSERT INTO attempts_v1 (delivery, at, duration_ms, status, error)
    SELECT id, $3, $4, $5, $6 FROM unnest($1::uuid[]) AS id ON CONFLICT DO NOTHING
  ), settled AS (
    UPDATE deliveries_v1 SET state = $7, lease = NULL, leased_until = NULL, content_digest = $9,
      failures = failures + CASE WHEN $7 = 'delivered' THEN 0 ELSE 1 END,
      next_at = clock_timestamp() + coalesce($8::float8, 0) * interval '1 s',
      settled_at = CASE WHEN $7 = 'waiting' THEN NULL ELSE clock_timestamp() END
    WHERE id = ANY ($1::uuid[]) AND lease = $2
  )
  SELECT 1 AS settled`;

export type MailOutcome = Readonly<{
  state: 'delivered' | 'waiting' | 'failed';
  waitSeconds?: number;
  status?: number;
  error?: string;
  /** SHA-256 of what was said. */
  digest: string;
}>;

/** Keeps what became of a mail, for each event that it told of. */
export const settleMail = async (
  ask: Ask,
  mails: readonly ClaimedMail[],
  { at, durationMs }: Readonly<{ at: Date; durationMs: number }>,
  { state, waitSeconds, status, error, digest }: MailOutcome,
): Promise<void> => {
  const [ids, lease] = [mails.map(({ id }) => id), mails[0]?.lease];
  const tried = [at.toISOString(), durationMs, status ?? null, error ?? null];
  await ask(SETTLE, [ids, lease, ...tried, state, waitSeconds ?? null, digest]);
};

const NEXT_DUE = `
  SELECT extract(epoch FROM min(next_at) - clock_timestamp())::float8 * 1000 AS ms
  FROM deliveries_v1 WHERE state = 'waiting' AND recipient IS NOT NULL`;

/** In how many milliseconds mail is due that waits; infinite while none does. */
export const nextMailDueMs = async (ask: Ask): Promise<number> =>
  (await ask<{ ms: number | null }>(NEXT_DUE, []))[0]?.ms ?? Number.POSITIVE_INFINITY;
