import type { DataSource } from 'typeorm';
import type { NextTo } from '../trail/closure.ts';
import { CONSIDERING } from '../trail/references.ts';

const OUT = `
  SELECT b.stream FROM entries_v1 a JOIN entries_v1 b ON b.causation_id = a.event_id::text
  WHERE a.stream = ANY ($1) AND a.position <= $2 AND b.position <= $2 AND b.type <> ALL ($3)
  UNION
  SELECT stream FROM references_v1 WHERE refers_to = ANY ($1) AND meaning = 'follows' AND position <= $2
  UNION
  SELECT refers_to FROM references_v1 WHERE stream = ANY ($1) AND meaning = 'leads' AND position <= $2`;

const INTO = `
  SELECT a.stream FROM entries_v1 b JOIN entries_v1 a ON a.event_id::text = b.causation_id
  WHERE b.stream = ANY ($1) AND a.position <= $2 AND b.position <= $2 AND b.type <> ALL ($3)
  UNION
  SELECT refers_to FROM references_v1 WHERE stream = ANY ($1) AND meaning = 'follows' AND position <= $2
  UNION
  SELECT stream FROM references_v1 WHERE refers_to = ANY ($1) AND meaning = 'leads' AND position <= $2`;

/** The records next to others: by what caused what, and by what their events say of each other; up to a log position. */
export const linksAt =
  (dataSource: DataSource, upTo: number): NextTo =>
  async (streams, direction) => {
    const found = await dataSource.query<readonly { stream: string }[]>(direction === 'out' ? OUT : INTO, [
      streams,
      upTo,
      CONSIDERING,
    ]);
    return found.map(row => row.stream);
  };

const WITH_ID = `
  SELECT DISTINCT stream FROM entries_v1 WHERE (record_id = $1 OR stream = $1) AND position <= $2 ORDER BY stream`;

/** The streams that have this id, or this name. */
export const streamsWith = async (dataSource: DataSource, id: string, upTo: number): Promise<readonly string[]> => {
  const found = await dataSource.query<readonly { stream: string }[]>(WITH_ID, [id, upTo]);
  return found.map(({ stream }) => stream);
};
