import { rounded } from './quantile.ts';
import { query } from './stage.ts';

/** Bytes of each part of the store. */
export type Sizes = Readonly<{ events: number; parts: Readonly<Record<string, number>>; bytesAnEvent: number }>;

// Of a partitioned table: of all its parts, under the name that the plain one has.
const SIZES = `
  WITH RECURSIVE grown (root, relation) AS (
    SELECT relname::text, oid FROM pg_class
    WHERE relnamespace = 'store'::regnamespace AND relname IN ('events', 'event_log', 'streams', 'pending')
    UNION ALL
    SELECT root, inhrelid FROM grown JOIN pg_inherits ON inhparent = relation
  ), held AS (
    SELECT root || ' rows' AS part, pg_relation_size(relation) + pg_relation_size(relation, 'fsm') + pg_relation_size(relation, 'vm') AS bytes
    FROM grown
    UNION ALL
    SELECT root || ' toast', pg_total_relation_size(reltoastrelid) FROM grown JOIN pg_class ON pg_class.oid = relation
    WHERE reltoastrelid <> 0
    UNION ALL
    SELECT root || ' index (' || (
      SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = indexrelid
    ) || ')', pg_relation_size(indexrelid)
    FROM grown JOIN pg_index ON indrelid = relation
  )
  SELECT part, sum(bytes)::bigint AS bytes FROM held GROUP BY part ORDER BY part`;

export const sizesOf = async (url: string): Promise<Sizes> => {
  const rows = await query<{ part: string; bytes: string }>(url, SIZES);
  const [counted] = await query<{ events: string }>(url, 'SELECT store.head() AS events');
  const events = Number(counted?.events);
  const parts = Object.fromEntries(rows.map(({ part, bytes }) => [part, Number(bytes)]));
  const bytes = Object.values(parts).reduce((sum, each) => sum + each, 0);
  return { events, parts, bytesAnEvent: rounded(bytes / events, 1) };
};
