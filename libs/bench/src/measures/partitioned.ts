import type pg from 'pg';
import { withClient } from '../stage.ts';

export type Partitioning = Readonly<{
  /** Of the events, by the hash of their stream. */
  parts: number;
  /** Of the log: how many positions each part holds, and up to which position there are parts. */
  positionsAPart: number;
  positions: number;
}>;

/**
 * Makes partitioned tables of the two that grow, which MUST be empty. Nothing else changes: the same names, keys, checks,
 * indexes, triggers and functions.
 */
export const partitionTables = (databaseUrl: string, partitioning: Partitioning): Promise<void> =>
  withClient(databaseUrl, async client => {
    const bound = await boundFunctions(client);
    await client.query('BEGIN');
    await replaced(client, 'events', 'HASH (stream)');
    await replaced(client, 'event_log', 'RANGE (position)');
    for (const statement of partsOf(partitioning)) await client.query(statement);
    for (const definition of bound) await client.query(definition);
    await client.query('DROP TABLE store.plain_events, store.plain_event_log');
    await client.query('COMMIT');
  });

// Functions with a parsed body hold on to the table, not to its name.
const boundFunctions = async (client: pg.Client): Promise<readonly string[]> => {
  const { rows } = await client.query<{ definition: string }>(`
    SELECT pg_get_functiondef(objid) AS definition FROM pg_depend
    WHERE classid = 'pg_proc'::regclass AND refobjid IN ('store.events'::regclass, 'store.event_log'::regclass)
    GROUP BY objid`);
  return rows.map(({ definition }) => definition);
};

const replaced = async (client: pg.Client, table: string, by: string): Promise<void> => {
  await client.query(`ALTER TABLE store.${table} RENAME TO plain_${table}`);
  await client.query(`CREATE TABLE store.${table} (LIKE store.plain_${table} INCLUDING ALL) PARTITION BY ${by}`);
  await client.query(`
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON store.${table}
    FOR EACH STATEMENT EXECUTE FUNCTION store.refuse_change()`);
  await client.query(`ALTER TABLE store.${table} ENABLE ALWAYS TRIGGER append_only`);
};

const partsOf = ({ parts, positionsAPart, positions }: Partitioning): readonly string[] => [
  ...Array.from(
    { length: parts },
    (_, part) => `
    CREATE TABLE store.events_${part} PARTITION OF store.events FOR VALUES WITH (MODULUS ${parts}, REMAINDER ${part})`,
  ),
  ...Array.from({ length: Math.ceil(positions / positionsAPart) }, (_, part) => {
    const [from, to] = [part * positionsAPart + 1, (part + 1) * positionsAPart + 1];
    return `CREATE TABLE store.event_log_${part} PARTITION OF store.event_log FOR VALUES FROM (${from}) TO (${to})`;
  }),
];
