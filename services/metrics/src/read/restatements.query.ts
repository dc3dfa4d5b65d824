import type { Page, Row } from '@slipway/edge';
import type { Ask } from '@slipway/service';
import type { Span } from '../periods/calendar.ts';

/** That figures of a closed period changed: shown beside every report that the period is a part of. */
export type RestatedPeriod = Readonly<{
  id: string;
  period: string;
  from: number;
  to: number;
  at: string;
  position: number;
  services: readonly string[];
  figures: number;
}>;

const BETWEEN = `
  SELECT id, period, extract(epoch FROM from_at)::float8 * 1000 AS "from", extract(epoch FROM to_at)::float8 * 1000 AS "to",
    to_char(restated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
    restated.position::float8 AS position, service_ids AS services, figure_count AS figures
  FROM restatements_v1 AS restated JOIN closed_periods_v1 AS closed USING (period)
  WHERE from_at < to_timestamp($2 / 1000.0) AND to_at > to_timestamp($1 / 1000.0) AND restated.position <= $3
  ORDER BY restated.position`;

/** What was restated of the closed periods that a span touches, as it was known at a position. */
export const restatementsBetween = (
  ask: Ask,
  from: number,
  to: number,
  position: number,
): Promise<readonly RestatedPeriod[]> => ask<RestatedPeriod>(BETWEEN, [from, to, position]);

export type RestatedShown = Readonly<{ id: string; period: string; at: string; position: number; figures: number }>;

/** Those of some services, or of all, within a span. */
export const restatedWithin = (
  restatements: readonly RestatedPeriod[],
  { from, to }: Span,
  serviceIds: readonly string[] | undefined,
): readonly RestatedShown[] =>
  restatements
    .filter(each => each.from < to && each.to > from)
    .filter(({ services }) => serviceIds === undefined || services.some(id => serviceIds.includes(id)))
    .map(({ id, period, at, position, figures }) => ({ id, period, at, position, figures }));

type Listed = Readonly<{ position: number; cursor: string } & Record<string, unknown>>;

const LIST = `
  SELECT id, period, to_char(restated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
    position::float8 AS position, correction, from_position::float8 AS "positionBefore",
    through_position::float8 AS "positionAfter", causes, cause_count AS "causeCount", figures, figure_count AS "figureCount"
  FROM restatements_v1
  WHERE ($1::text IS NULL OR period = $1) AND ($2::text IS NULL OR $2 = ANY (service_ids))
    AND ($3::timestamptz IS NULL OR restated_at >= $3) AND ($4::timestamptz IS NULL OR restated_at < $4)
    AND ($5::bigint IS NULL OR position < $5)
  ORDER BY position DESC LIMIT $6`;

export type RestatementFilter = Readonly<{ period?: string; service?: string; from?: string; to?: string }>;

/** The last one first. */
export const listRestatements = async (
  ask: Ask,
  { period, service, from, to }: RestatementFilter,
  { after, limit }: Page,
): Promise<readonly Row[]> => {
  const [cursor = ''] = after ?? [];
  const before = /^\d{1,15}$/.test(cursor) ? cursor : null;
  const values = [period ?? null, service ?? null, from ?? null, to ?? null, before, limit];
  return (await ask<Listed>(LIST, values)).map(item => ({ cursor: [String(item.position)], item }));
};
