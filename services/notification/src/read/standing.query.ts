import type { DataSource } from 'typeorm';

/** How a receiver is doing. */
export type Standing = Readonly<{
  waiting: number;
  delivered: number;
  failed: number;
  failingSince?: string;
  pacedUntil?: string;
  expressionFailures: number;
  expressionError?: string;
}>;

type Row = Readonly<{
  waiting: number;
  delivered: number;
  failed: number;
  failing_since: Date | null;
  paced_until: Date | null;
  expression_failures: string | null;
  expression_error: string | null;
}>;

const STANDING = `
  SELECT counted.*, endpoint.failing_since, endpoint.paced_until, endpoint.expression_failures, endpoint.expression_error
  FROM (
    SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
      count(*) FILTER (WHERE state = 'delivered')::int AS delivered,
      count(*) FILTER (WHERE state = 'failed')::int AS failed
    FROM deliveries_v1 WHERE subscription = $1
  ) AS counted LEFT JOIN endpoints_v1 AS endpoint ON endpoint.subscription = $1`;

export const standingOf = async (source: DataSource, subscription: string): Promise<Standing> => {
  const [row] = await source.query<readonly Row[]>(STANDING, [subscription]);
  const { waiting = 0, delivered = 0, failed = 0 } = row ?? {};
  return {
    waiting,
    delivered,
    failed,
    ...(row?.failing_since && { failingSince: row.failing_since.toISOString() }),
    ...(row?.paced_until && { pacedUntil: row.paced_until.toISOString() }),
    expressionFailures: Number(row?.expression_failures ?? 0),
    ...(row?.expression_error && { expressionError: row.expression_error }),
  };
};
