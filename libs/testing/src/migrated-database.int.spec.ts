import pg from 'pg';
import { migratedDatabase, type MigratedDatabase } from './migrated-database.ts';

let database: MigratedDatabase;

beforeAll(async () => {
  database = await migratedDatabase();
});
afterAll(() => database.drop());

const ask = async (url: string, question: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ answer: unknown }>(question);
  await client.end();
  return rows[0]?.answer;
};

test.each(['catalog', 'change-approval', 'deployment-execution'])(
  'lets %s in as its own role, with its rights',
  async service => {
    expect(await ask(database.urlOf(service), 'SELECT session_user AS answer')).toBe(
      `slipway_${service.replaceAll('-', '_')}`,
    );
    expect(await ask(database.urlOf(service), 'SELECT store.head() AS answer')).toBe('0');
  },
);

test('ends the session of a leader that does nothing', async () => {
  for (const leader of ['sequencer', 'relay'])
    expect(await ask(database.urlOf(leader), "SELECT current_setting('idle_session_timeout') AS answer")).toBe('1s');
});

test('has a store that nobody wrote to', async () => {
  expect(await ask(database.url, 'SELECT count(*)::int AS answer FROM store.events')).toBe(0);
});
