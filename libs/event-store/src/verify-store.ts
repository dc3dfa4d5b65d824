import type pg from 'pg';

/** Of each rule, how often it is broken: all 0, or something is wrong. */
export type Violations = Readonly<Record<string, number>>;

type Check = Readonly<{ names: readonly string[]; statement: string }>;

// Each is one statement, and so one snapshot: what is being written meanwhile is in all of its tables or in none. Set-based,
// so that the server sorts on its disk what does not fit, and nothing is collected here.
const CHECKS: readonly Check[] = [
  {
    names: ['eventsWithoutPosition'],
    statement: `
      WITH waiting AS (SELECT stream, version FROM store.pending, unnest(streams, versions) AS each (stream, version))
      SELECT count(*) AS "eventsWithoutPosition" FROM store.events
      WHERE NOT EXISTS (SELECT FROM store.event_log AS log WHERE log.stream = events.stream AND log.version = events.version)
        AND NOT EXISTS (SELECT FROM waiting WHERE waiting.stream = events.stream AND waiting.version = events.version)`,
  },
  {
    names: ['positionsWithoutEvent'],
    statement: `
      SELECT count(*) AS "positionsWithoutEvent" FROM store.event_log AS log
      WHERE NOT EXISTS (SELECT FROM store.events WHERE events.stream = log.stream AND events.version = log.version)`,
  },
  {
    names: ['positionGaps', 'positionDuplicates', 'sequencedAtBackwards'],
    statement: `
      SELECT coalesce(sum(position - before - 1) FILTER (WHERE position > before), 0) AS "positionGaps",
        count(*) FILTER (WHERE position = before) AS "positionDuplicates",
        count(*) FILTER (WHERE sequenced_at < at_before) AS "sequencedAtBackwards"
      FROM (
        SELECT position, sequenced_at, lag(position, 1, 0::bigint) OVER log AS before, lag(sequenced_at) OVER log AS at_before
        FROM store.event_log WINDOW log AS (ORDER BY position)
      ) AS placed`,
  },
  {
    // Also not two positions for one event.
    names: ['positionDuplicates', 'streamInversions'],
    statement: `
      SELECT count(*) FILTER (WHERE version = version_before) AS "positionDuplicates",
        count(*) FILTER (WHERE position < position_before) AS "streamInversions"
      FROM (
        SELECT position, version, lag(position) OVER stream AS position_before, lag(version) OVER stream AS version_before
        FROM store.event_log WINDOW stream AS (PARTITION BY stream ORDER BY version, position)
      ) AS placed`,
  },
  {
    names: ['versionGaps'],
    statement: `
      SELECT coalesce(sum(version - before - 1), 0) AS "versionGaps"
      FROM (
        SELECT version, lag(version, 1, 0) OVER (PARTITION BY stream ORDER BY version) AS before FROM store.events
      ) AS placed`,
  },
  {
    names: ['streamVersionsWrong'],
    statement: `
      SELECT count(*) AS "streamVersionsWrong" FROM store.streams
      FULL JOIN (SELECT stream, max(version) AS version FROM store.events GROUP BY stream) AS stored USING (stream)
      WHERE streams.version IS DISTINCT FROM coalesce(stored.version, 0)`,
  },
  {
    names: ['pendingAgain'],
    statement: `
      WITH waiting AS (SELECT stream, version FROM store.pending, unnest(streams, versions) AS each (stream, version))
      SELECT count(*) - count(DISTINCT (stream, version)) + count(*) FILTER (WHERE EXISTS (
          SELECT FROM store.event_log AS log WHERE log.stream = waiting.stream AND log.version = waiting.version
        )) AS "pendingAgain"
      FROM waiting`,
  },
];

/**
 * Counts what breaks the promise of the store: a committed event has one position for ever, in the order of its stream.
 * Reads only, beside whatever is going on; as the owner of the database. `onCheck` hears what is looked for next.
 */
export const verifyStore = async (
  client: pg.ClientBase,
  onCheck: (names: readonly string[]) => void = () => undefined,
): Promise<Violations> => {
  const found: Record<string, number> = {};
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY');
  try {
    await client.query("SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true)");
    for (const { names, statement } of CHECKS) {
      onCheck(names);
      const { rows } = await client.query<Record<string, string>>(statement);
      for (const name of names) found[name] = (found[name] ?? 0) + Number(rows[0]?.[name]);
    }
    return found;
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
};
