import pg from 'pg';
import { ELSEWHERE } from '../system/system.ts';
import type { End, Fault } from './fault.ts';

/** A transaction that writes, in another database of the cluster: it holds back whoever orders by the oldest one running. */
export const foreignTransaction: Fault = {
  kind: 'foreign-transaction',
  touches: 'nothing',
  lengthMs: [60_000, 60_000],
  shortMs: [12_000, 12_000],
  isAlone: true,
  begin: ({ system: { database } }) => {
    const elsewhere = new URL(database.url);
    elsewhere.pathname = `/${ELSEWHERE}`;
    return held(elsewhere.href, 'BEGIN', 'CREATE TABLE IF NOT EXISTS held AS SELECT 1', 'INSERT INTO held SELECT 1');
  },
};

/** As pg_dump has one, at full rate: nothing can be vacuumed meanwhile. */
export const snapshot: Fault = {
  kind: 'snapshot',
  touches: 'nothing',
  lengthMs: [60_000, 60_000],
  shortMs: [8_000, 8_000],
  isAlone: true,
  begin: async ({ system: { database, rate: setRate }, rate }) => {
    const end = await held(database.url, 'BEGIN ISOLATION LEVEL REPEATABLE READ', 'SELECT count(*) FROM store.streams');
    setRate(FULL_RATE);
    return async () => {
      setRate(rate);
      await end();
    };
  },
};

/** More than two cores can do. */
const FULL_RATE = 50_000;

const held = async (url: string, ...statements: readonly string[]): Promise<End> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  return async () => {
    await client.query('COMMIT');
    await client.end();
  };
};
