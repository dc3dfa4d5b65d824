import type pg from 'pg';
import { correctionOf, isAboutAll } from '../facts/references.ts';
import type { Kept } from './facts.projection.ts';

/** Stands for every service. */
export const EVERY_SERVICE = '*';

// A record has a part in the figures of the services that it is about, and of those that records are about which it names or
// which name it; a release also through the changes that name it. One service too many costs a look, one too few a figure.
const TOUCH = `
  WITH told AS (
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
      AS told (position, stream, version, type, kind, correction)
  ), streams AS (SELECT DISTINCT stream FROM told),
  near AS (
    SELECT stream AS origin, stream FROM streams
    UNION SELECT stream, mentioned FROM streams JOIN mentions_v1 USING (stream)
    UNION SELECT streams.stream, m.stream FROM streams JOIN mentions_v1 AS m ON m.mentioned = streams.stream
  ), around AS (
    SELECT origin, stream FROM near
    UNION SELECT origin, m.stream FROM near JOIN mentions_v1 AS m ON m.mentioned = near.stream
    WHERE near.stream LIKE 'change-%' AND origin LIKE 'release-%'
  ), services AS (
    SELECT origin, service_id FROM around JOIN facts_v3 USING (stream) WHERE service_id IS NOT NULL
    UNION SELECT origin, service_id FROM around JOIN subjects_v1 USING (stream)
  )
  INSERT INTO touches_v1 (position, service_id, stream, version, type, correction_kind, correction)
  SELECT DISTINCT position, service_id, stream, version, type, kind, correction
  FROM told JOIN services ON services.origin = told.stream
  ON CONFLICT DO NOTHING`;
const TOUCH_ALL = `
  INSERT INTO touches_v1 (position, service_id, stream, version, type, correction_kind, correction)
  SELECT position, '*', stream, version, type, kind, correction
  FROM unnest($1::bigint[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
    AS told (position, stream, version, type, kind, correction)
  ON CONFLICT DO NOTHING`;

/** Writes down whose kept figures are older than these facts, after the facts themselves. */
export const keepTouches = async (kept: readonly Kept[], client: pg.ClientBase): Promise<void> => {
  const aboutAll = kept.filter(({ fact }) => isAboutAll(fact));
  const others = kept.filter(({ fact }) => !isAboutAll(fact));
  if (others.length > 0) await client.query(TOUCH, valuesOf(others));
  if (aboutAll.length > 0) await client.query(TOUCH_ALL, valuesOf(aboutAll));
};

const valuesOf = (kept: readonly Kept[]): unknown[][] => {
  const corrections = kept.map(({ event }) => correctionOf(event));
  return [
    kept.map(({ event }) => event.position),
    kept.map(({ event }) => event.stream),
    kept.map(({ event }) => event.version),
    kept.map(({ event }) => event.type),
    corrections.map(({ kind }) => kind),
    corrections.map(({ id }) => id),
  ];
};
