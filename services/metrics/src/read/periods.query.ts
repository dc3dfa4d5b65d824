import type { Ask } from '@slipway/service';

/** A period whose figures hold, but for what is restated. Milliseconds since 1970. */
export type ClosedPeriod = Readonly<{ period: string; from: number; to: number; closedAt: string; position: number }>;

const CLOSED = `
  SELECT period, extract(epoch FROM from_at)::float8 * 1000 AS "from", extract(epoch FROM to_at)::float8 * 1000 AS "to",
    to_char(closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "closedAt", position::float8 AS position
  FROM closed_periods_v1 WHERE zone = $1 ORDER BY period`;

/** The first one first. */
export const closedPeriods = (ask: Ask, zone: string): Promise<readonly ClosedPeriod[]> =>
  ask<ClosedPeriod>(CLOSED, [zone]);

/** A month that has figures. */
export type KeptPeriod = Readonly<{ period: string; from: number; to: number }>;

const KEPT = `
  SELECT DISTINCT period, extract(epoch FROM from_at)::float8 * 1000 AS "from", extract(epoch FROM to_at)::float8 * 1000 AS "to"
  FROM cells_v1 WHERE zone = $1`;

export const keptPeriods = (ask: Ask, zone: string): Promise<readonly KeptPeriod[]> => ask<KeptPeriod>(KEPT, [zone]);
