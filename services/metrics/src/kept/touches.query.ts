import type { Ask } from '@slipway/service';
import type { Touch } from '../restatements/corrections.ts';

type Row = Omit<Touch, 'correction'> & Readonly<{ kind: 'request' | 'import'; correction: string }>;

const OLDEST = `
  SELECT position::float8 AS position, service_id AS "serviceId", stream, version, type, correction_kind AS kind, correction
  FROM touches_v1 WHERE position <= $1 AND service_id = ANY ($3) ORDER BY position, service_id LIMIT $2`;

/** The oldest events that kept figures are older than, each with every one of these services that it touches. */
export const oldestTouches = async (
  ask: Ask,
  serviceIds: readonly string[],
  through: number,
  limit: number,
): Promise<readonly Touch[]> => {
  const rows = await ask<Row>(OLDEST, [through, limit, [...serviceIds]]);
  const last = rows.at(-1);
  // Of an event that was cut off in the middle, nothing; one that touches more services than that is taken in whole.
  const isCut = rows.length === limit && last && rows[0]!.position < last.position;
  const whole = isCut ? rows.filter(({ position }) => position < last.position) : rows;
  return whole.map(({ kind, correction, ...row }) => ({ ...row, correction: { kind, id: correction } }));
};

/** The services that something happened to up to a position which their kept figures do not have. */
export const touchedServices = async (ask: Ask, through: number): Promise<ReadonlySet<string>> => {
  const rows = await ask<{ id: string }>('SELECT DISTINCT service_id AS id FROM touches_v1 WHERE position <= $1', [
    through,
  ]);
  return new Set(rows.map(({ id }) => id));
};

/** The same, each with the position of the first event that did. */
export const firstTouchPositions = async (ask: Ask, through: number): Promise<ReadonlyMap<string, number>> => {
  const rows = await ask<{ id: string; first: number }>(
    'SELECT service_id AS id, min(position)::float8 AS first FROM touches_v1 WHERE position <= $1 GROUP BY service_id',
    [through],
  );
  return new Map(rows.map(({ id, first }) => [id, first]));
};

/** Their figures are kept as of that position. */
export const forgetTouches = async (ask: Ask, serviceIds: readonly string[], through: number): Promise<void> => {
  await ask('DELETE FROM touches_v1 WHERE position <= $1 AND service_id = ANY ($2)', [through, [...serviceIds]]);
};
