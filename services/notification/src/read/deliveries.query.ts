import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';

export type DeliveriesWanted = Readonly<{
  subscription: string;
  state?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Those only of which something was sent: whether the others may be told is not known. */
  isTried: boolean;
}>;

type Listed = Readonly<{
  id: string;
  event_id: string;
  type: string;
  stream: string;
  position: string;
  state: string;
  recipient: string | null;
  digest: string | null;
  next_at: Date;
  created_at: Date;
  attempts: number;
  last_at: Date | null;
  last_status: number | null;
  last_error: string | null;
  answer_digest: string | null;
}>;

const LIST = `
  SELECT delivery.id, delivery.event_id, message.type, message.stream, delivery.position, delivery.state, delivery.recipient,
    CASE WHEN delivery.recipient IS NULL THEN message.digest ELSE delivery.content_digest END AS digest,
    delivery.next_at, delivery.created_at, tried.attempts,
    last.at AS last_at, last.status AS last_status, last.error AS last_error, last.answer_digest
  FROM deliveries_v1 AS delivery
  JOIN messages_v1 AS message ON message.event_id = delivery.event_id
  CROSS JOIN LATERAL (SELECT count(*)::int AS attempts FROM attempts_v1 WHERE attempts_v1.delivery = delivery.id) AS tried
  LEFT JOIN LATERAL (
    SELECT at, status, error, answer_digest FROM attempts_v1 WHERE attempts_v1.delivery = delivery.id
    ORDER BY at DESC LIMIT 1
  ) AS last ON true
  WHERE delivery.subscription = $1 AND ($2::text IS NULL OR delivery.state = $2)
    AND ($3::timestamptz IS NULL OR delivery.created_at >= $3) AND ($4::timestamptz IS NULL OR delivery.created_at < $4)
    AND ($5::bigint IS NULL OR delivery.position < $5 OR (delivery.position = $5 AND delivery.id > $6))
    AND (NOT $8::boolean OR tried.attempts > 0)
  ORDER BY delivery.position DESC, delivery.id LIMIT $7`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The last event first. */
export const listDeliveries = async (
  source: DataSource,
  { subscription, state, from, to, isTried }: DeliveriesWanted,
  page: Page,
): Promise<readonly Row[]> => {
  const [position = '', id = ''] = page.after ?? [];
  const after = /^\d{1,15}$/.test(position) ? [position, UUID.test(id) ? id : LAST] : [null, LAST];
  const values = [subscription, state ?? null, from ?? null, to ?? null, ...after, page.limit, isTried];
  const rows = await source.query<readonly Listed[]>(LIST, values);
  return rows.map(row => ({ cursor: [row.position, row.id], item: itemOf(row) }));
};

const itemOf = (row: Listed) => ({
  id: row.id,
  ...(row.recipient === null ? { webhookId: `msg_${row.id}` } : { recipient: row.recipient }),
  event: row.event_id,
  type: row.type,
  subject: row.stream,
  position: Number(row.position),
  state: row.state,
  ...(row.digest !== null && { contentDigest: row.digest }),
  attemptCount: row.attempts,
  ...(row.state === 'waiting' && { nextAttemptAt: row.next_at.toISOString() }),
  ...(row.state === 'delivered' && { receipt: receiptOf(row) }),
  ...(row.state !== 'delivered' && row.attempts > 0 && { lastError: row.last_error ?? `answered-${row.last_status}` }),
  createdAt: row.created_at.toISOString(),
});

const receiptOf = ({ last_at: at, last_status: status, answer_digest: answerDigest }: Listed) => ({
  at: at?.toISOString(),
  status,
  ...(answerDigest !== null && { answerDigest }),
});

const EXISTS = 'SELECT FROM deliveries_v1 WHERE subscription = $1 AND id = $2';

export const deliveryExists = async (source: DataSource, subscription: string, delivery: string): Promise<boolean> =>
  (await source.query<readonly unknown[]>(EXISTS, [subscription, delivery])).length > 0;

type Tried = Readonly<{
  nth: number;
  at: Date;
  duration_ms: number;
  status: number | null;
  error: string | null;
  answer_digest: string | null;
}>;

const ATTEMPTS = `
  SELECT * FROM (
    SELECT row_number() OVER (ORDER BY at)::int AS nth, at, duration_ms, status, error, answer_digest
    FROM attempts_v1 WHERE delivery = $1
  ) AS tried WHERE nth > $2 ORDER BY nth LIMIT $3`;

/** The first first. */
export const attemptsOf = async (source: DataSource, delivery: string, page: Page): Promise<readonly Row[]> => {
  const after = /^\d{1,9}$/.test(page.after?.[0] ?? '') ? page.after?.[0] : 0;
  const rows = await source.query<readonly Tried[]>(ATTEMPTS, [delivery, after, page.limit]);
  return rows.map(row => ({
    cursor: [String(row.nth)],
    item: {
      nth: row.nth,
      at: row.at.toISOString(),
      durationMs: row.duration_ms,
      ...(row.status !== null && { status: row.status }),
      ...(row.error !== null && { error: row.error }),
      ...(row.answer_digest !== null && { answerDigest: row.answer_digest }),
    },
  }));
};
