import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export type TestDatabase = Readonly<{ url: string; drop: () => Promise<void> }>;

/** A database of this file's own, copied from a template that is made once for these statements. */
export const testDatabase = (...statements: readonly string[]): Promise<TestDatabase> =>
  databaseFrom(createHash('sha256').update(statements.join(';')).digest('hex'), url =>
    connected(url, async client => {
      for (const statement of statements) await client.query(statement);
    }),
  );

/** The same from a template that `fill` makes once for all with this fingerprint. */
export const databaseFrom = async (
  fingerprint: string,
  fill: (url: string) => Promise<void>,
): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = await templateOf(`template_${fingerprint.slice(0, 32)}`, fill);
  await administer(client => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: urlOf(name),
    drop: async () => {
      await administer(async client => {
        await unused(client, name);
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      });
    },
  };
};

const LOOKS = 50;
const BETWEEN_LOOKS_MS = 20;

/** Waits a second at most: a pool that has ended may hold a connection that is closing yet, and would hear that it is cut off. */
const unused = async (client: pg.Client, name: string): Promise<void> => {
  for (let look = 0; look < LOOKS; look += 1) {
    const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1', [name]);
    if (rowCount === 0) return;
    await pause(BETWEEN_LOOKS_MS);
  }
};

// Test files run at the same time: the first makes the template, the others wait. One lock for all templates, since roles
// belong to the cluster.
const templateOf = (name: string, fill: (url: string) => Promise<void>): Promise<string> =>
  administer(async client => {
    await client.query("SELECT pg_advisory_lock(hashtext('test templates'))");
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`DROP DATABASE IF EXISTS ${name}_unfinished`);
      await client.query(`CREATE DATABASE ${name}_unfinished`);
      await fill(urlOf(`${name}_unfinished`));
      await client.query(`ALTER DATABASE ${name}_unfinished RENAME TO ${name}`);
    }
    return name;
  });

const urlOf = (database: string): string => withPath(process.env['DATABASE_URL'] ?? '', database).href;

export const withPath = (address: string, path: string): URL => {
  const url = new URL(address);
  url.pathname = path;
  return url;
};

const administer = <Result>(use: (client: pg.Client) => Promise<Result>): Promise<Result> =>
  connected(urlOf('postgres'), use);

export const connected = async <Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
};
