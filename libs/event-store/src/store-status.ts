import type pg from 'pg';

/** A session of a leader, of whoever is about to take its place, or of its vacuum. */
export type LeaderSession = Readonly<{
  application: string;
  pid: number;
  address: string | null;
  since: string;
  /** It has the lock: it leads, or is about to. */
  leads: boolean;
}>;

export type StoreStatus = Readonly<{
  head: number;
  /** When the last position was given; null when none was. */
  headAt: string | null;
  incarnation: Readonly<{
    id: string;
    nth: number;
    since: string;
    afterPosition: number;
    openedBy: string | null;
    reason: string | null;
  }>;
  /** What is committed and has no position yet; the age is in seconds. */
  pending: Readonly<{ calls: number; events: number; bytes: number; oldestSeconds: number }>;
  epochs: Readonly<Record<string, number>>;
  sessions: readonly LeaderSession[];
  /** In bytes; `rows` is the server's own estimate. */
  tables: readonly Readonly<{ table: string; rows: number; tableBytes: number; indexBytes: number }>[];
}>;

const HEAD = `
  SELECT coalesce(max(position), 0)::float8 AS head, (
    SELECT to_json(sequenced_at)#>>'{}' FROM store.event_log ORDER BY position DESC LIMIT 1
  ) AS "headAt" FROM store.event_log`;

const INCARNATION = `
  SELECT id::text, nth, to_json(made_at)#>>'{}' AS since, after_position::float8 AS "afterPosition", opened_by AS "openedBy", reason
  FROM store.incarnation ORDER BY nth DESC LIMIT 1`;

const PENDING = `
  SELECT count(*)::int AS calls, coalesce(sum(cardinality(streams)), 0)::int AS events,
    pg_relation_size('store.pending')::float8 AS bytes,
    coalesce(extract(epoch FROM clock_timestamp() - min(appended_at)), 0)::float8 AS "oldestSeconds"
  FROM store.pending`;

// An advisory lock of 64 bits stands there in two halves.
const SESSIONS = `
  SELECT application_name AS application, pid, host(client_addr) AS address, to_json(backend_start)#>>'{}' AS since,
    EXISTS (
      SELECT FROM pg_locks WHERE pg_locks.pid = activity.pid AND locktype = 'advisory' AND granted AND objsubid = 1
        AND ((classid::bigint << 32) | objid::bigint) = hashtextextended(replace(application_name, '-', ' '), 0)
    ) AS leads
  FROM pg_stat_activity AS activity
  WHERE datname = current_database()
    AND application_name IN ('slipway-sequencer', 'slipway-relay', 'slipway-sequencer-vacuum')
  ORDER BY application_name, leads DESC, backend_start`;

const TABLES = `
  SELECT format('%s.%s', nspname, relname) AS table, greatest(reltuples, 0)::float8 AS rows,
    pg_table_size(pg_class.oid)::float8 AS "tableBytes", pg_indexes_size(pg_class.oid)::float8 AS "indexBytes"
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE nspname = 'store' AND relname IN ('events', 'event_log', 'streams', 'pending', 'numbers') AND relkind IN ('r', 'p')
  ORDER BY pg_total_relation_size(pg_class.oid) DESC, relname`;

/** How the log is doing, and who leads. Reads only; as the owner of the database. */
export const storeStatus = async (client: pg.ClientBase): Promise<StoreStatus> => {
  const rowsOf = async <Row extends object>(statement: string): Promise<readonly Row[]> =>
    (await client.query<Row>(statement)).rows;
  const [head] = await rowsOf<Pick<StoreStatus, 'head' | 'headAt'>>(HEAD);
  const [incarnation] = await rowsOf<StoreStatus['incarnation']>(INCARNATION);
  const [pending] = await rowsOf<StoreStatus['pending']>(PENDING);
  if (!head || !incarnation || !pending) throw new Error('the store has no incarnation: run the migration');
  const epochs = await rowsOf<{ leader: string; epoch: number }>('SELECT leader, epoch::float8 FROM store.epoch');
  return {
    ...head,
    incarnation,
    pending,
    epochs: Object.fromEntries(epochs.map(({ leader, epoch }) => [leader, epoch])),
    sessions: await rowsOf<LeaderSession>(SESSIONS),
    tables: await rowsOf<StoreStatus['tables'][number]>(TABLES),
  };
};
