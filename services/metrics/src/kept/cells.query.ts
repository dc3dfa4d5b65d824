import type { Ask } from '@slipway/service';
import type { Cell } from './cells.ts';
import { COUNTED_BY } from './counted-by.ts';

/** A cell as it is kept: its measures are JSON that needs not be read to be sent on. */
export type KeptCell = Readonly<{
  serviceId: string;
  period: string;
  from: number;
  to: number;
  now: number | null;
  measures: string;
}>;

const KEPT = `
  SELECT service_id AS "serviceId", period, extract(epoch FROM from_at)::float8 * 1000 AS "from",
    extract(epoch FROM to_at)::float8 * 1000 AS "to", extract(epoch FROM now_at)::float8 * 1000 AS now,
    measures::text AS measures
  FROM cells_v1
  WHERE zone = $1 AND ($2::text[] IS NULL OR service_id = ANY ($2)) AND ($3::text[] IS NULL OR period = ANY ($3))`;

/** The kept figures of some services, or of all, in some months, or in all. */
export const keptCells = (
  ask: Ask,
  zone: string,
  { serviceIds, periods }: Readonly<{ serviceIds?: readonly string[] | undefined; periods?: readonly string[] }>,
): Promise<readonly KeptCell[]> => ask<KeptCell>(KEPT, [zone, serviceIds ?? null, periods ?? null]);

/** Of which services figures are kept, up to which month, and whether they were counted as they are today. */
export const countedServices = (
  ask: Ask,
  zone: string,
  serviceIds: readonly string[] | undefined,
): Promise<readonly Readonly<{ serviceId: string; until: string; isCurrent: boolean }>[]> =>
  ask(
    `SELECT service_id AS "serviceId", until, counted_by = $3 AS "isCurrent" FROM counted_v1
     WHERE zone = $1 AND ($2::text[] IS NULL OR service_id = ANY ($2))`,
    [zone, serviceIds ?? null, COUNTED_BY],
  );

const KEEP = `
  INSERT INTO cells_v1 (zone, service_id, period, from_at, to_at, now_at, measures)
  SELECT $1, $2, * FROM unnest($3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::json[])
  ON CONFLICT (zone, service_id, period) DO UPDATE SET now_at = excluded.now_at, measures = excluded.measures`;
const FORGET = 'DELETE FROM cells_v1 WHERE zone = $1 AND service_id = $2 AND period = ANY ($3)';
const COUNTED = `
  WITH counted AS (
    INSERT INTO counted_v1 AS known (zone, service_id, position, until, counted_by) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (zone, service_id) DO UPDATE
    SET position = excluded.position, until = excluded.until, counted_by = excluded.counted_by
    WHERE known.position <= excluded.position
    RETURNING 1
  ) SELECT count(*)::int AS count FROM counted`;

export type Counted = Readonly<{
  zone: string;
  serviceId: string;
  position: number;
  cells: readonly Cell[];
  /** What was kept of it before. */
  before: readonly KeptCell[];
}>;

/**
 * Takes the place of what was kept of a service: months whose figures are the same are not written again. Keeps nothing, and
 * says so, when somebody else has counted to a later position meanwhile.
 */
export const keepCells = async (ask: Ask, { zone, serviceId, position, cells, before }: Counted): Promise<boolean> => {
  const until = cells.at(-1)?.period ?? '';
  const [kept] = await ask<{ count: number }>(COUNTED, [zone, serviceId, position, until, COUNTED_BY]);
  if (kept?.count === 0) return false;
  const known = new Map(before.map(cell => [cell.period, cell]));
  const texts = cells.map(cell => ({ cell, text: JSON.stringify(cell.measures) }));
  const changed = texts.filter(({ cell, text }) => {
    const kept = known.get(cell.period);
    return kept?.measures !== text || kept.now !== null || cell.now !== undefined;
  });
  const gone = [...known.keys()].filter(period => !cells.some(cell => cell.period === period));
  if (gone.length > 0) await ask(FORGET, [zone, serviceId, gone]);
  if (changed.length > 0)
    await ask(KEEP, [
      zone,
      serviceId,
      changed.map(({ cell }) => cell.period),
      changed.map(({ cell }) => instant(cell.from)),
      changed.map(({ cell }) => instant(cell.to)),
      changed.map(({ cell }) => (cell.now === undefined ? null : instant(cell.now))),
      changed.map(({ text }) => text),
    ]);
  return true;
};

const instant = (at: number): string => new Date(at).toISOString();
