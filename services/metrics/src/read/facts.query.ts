import type { Ask } from '@slipway/service';
import { type Fact, MEASURED_OF_RELEASES } from '../facts/facts.ts';
import { facts } from './facts.projection.ts';

const OF_CATALOG = `
  SELECT stream, version, type, data, position::float8 AS position
  FROM facts_v3
  WHERE position <= $1 AND category IN ('service', 'application', 'environment')`;

/** What the catalog said by a log position. */
export const catalogFactsAt = (ask: Ask, position: number): Promise<readonly Placed[]> =>
  ask<Placed>(OF_CATALOG, [position]);

// Of releases nothing but what figures need.
const IS_MEASURED = `(category <> 'release' OR type IN (${MEASURED_OF_RELEASES.map(type => `'${type}'`).join(', ')}))`;

// Deployments, what these name (changes, releases, what they mend) and what names them (incidents, hotfixes); the incidents,
// changes and releases that are about the services; and the releases of those changes.
const around = (own: string, about: string): string => `
  WITH own AS (${own}),
  near AS (
    SELECT stream FROM own
    UNION SELECT mentioned FROM own JOIN mentions_v1 USING (stream)
    UNION SELECT m.stream FROM own JOIN mentions_v1 AS m ON m.mentioned = own.stream
    UNION ${about}
  ), further AS (
    SELECT mentioned AS stream FROM near JOIN mentions_v1 USING (stream)
    WHERE near.stream LIKE 'change-%' AND mentioned LIKE 'release-%'
  ), streams AS (SELECT stream FROM near UNION SELECT stream FROM further)
  SELECT stream, version, type, data, position::float8 AS position
  FROM facts_v3 JOIN streams USING (stream)
  WHERE position <= $1 AND ${IS_MEASURED}`;
const OF_SERVICES = around(
  'SELECT DISTINCT stream FROM facts_v3 WHERE service_id = ANY ($2)',
  'SELECT stream FROM subjects_v1 WHERE service_id = ANY ($2)',
);
// What names a record, or is named by it, may be the service's only because of it.
const TOUCHED = 'SELECT DISTINCT stream FROM touches_v1 WHERE position <= $1 AND service_id = ANY ($2)';
const SINCE_COUNTED = around(TOUCHED, TOUCHED);
const OF_ALL = `
  SELECT stream, version, type, data, position::float8 AS position
  FROM facts_v3
  WHERE position <= $1 AND category IN ('deployment', 'incident', 'change', 'release') AND ${IS_MEASURED}`;

/** A fact, and when it came to be known. */
export type Placed = Fact & Readonly<{ position: number }>;

/** The facts that the figures of some services follow from, or of all, as they were at a log position. */
export const deliveryFactsAt = (
  ask: Ask,
  position: number,
  serviceIds: readonly string[] | undefined,
): Promise<readonly Placed[]> =>
  serviceIds ? ask<Placed>(OF_SERVICES, [position, [...serviceIds]]) : ask<Placed>(OF_ALL, [position]);

/** All facts of the records that something has happened to since the figures of the service were counted. */
export const deliveryFactsSince = (ask: Ask, position: number, serviceId: string): Promise<readonly Placed[]> =>
  ask<Placed>(SINCE_COUNTED, [position, [serviceId]]);

/** The facts of all services that one report is made of at most: more of them do not fit into a process. */
export const MOST_FACTS = 100_000;

/** Whether all facts together are more than one report is made of. */
export const areTooMany = async (ask: Ask): Promise<boolean> => {
  const [found] = await ask<{ more: boolean }>(`SELECT EXISTS (SELECT FROM facts_v3 OFFSET ${MOST_FACTS}) AS more`, []);
  return found?.more ?? false;
};

/** The position up to which the facts of this snapshot are there. */
export const factsShown = async (ask: Ask): Promise<number> => {
  const [found] = await ask<{ position: number }>(
    `SELECT position::float8 AS position FROM watermarks WHERE consumer = $1`,
    [facts.consumer],
  );
  return found?.position ?? 0;
};
