import { migratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { mutants } from './all.ts';

const inTheDatabase = mutants.flatMap(({ name, prepare }) => (prepare ? [{ name, prepare }] : []));

test.each(inTheDatabase)('$name replaces a function of the store', async ({ prepare }) => {
  const database = await migratedDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const functions = async (): Promise<string> => {
    const { rows } = await client.query<{ sources: string }>(
      "SELECT string_agg(prosrc, '' ORDER BY oid) AS sources FROM pg_proc WHERE pronamespace = 'store'::regnamespace",
    );
    return rows[0]?.sources ?? '';
  };
  const before = await functions();
  await prepare(client);
  expect(await functions()).not.toBe(before);
  await client.end();
  await database.drop();
});
