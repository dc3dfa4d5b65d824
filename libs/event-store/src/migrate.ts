import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { registerCategories } from './register-categories.ts';

/** A directory of `0000NN.sql`, one statement a file, applied in the order of their names, each once. */
export type MigrationSet = Readonly<{
  directory: URL;
  /** Whose they are: the name under which they are recorded. For ever. */
  ledger: string;
  /** The schema that unqualified names mean. */
  searchPath?: string;
}>;

/** The store's own: schemas `store` and `directory`, the roles, a schema for each service. */
export const storeMigrations: MigrationSet = { directory: new URL('../migrations/', import.meta.url), ledger: 'store' };

/** The explicit step before anything starts. Needs a role that may create roles. Once or many times: the same. */
export const migrate = async (url: string, ...sets: readonly MigrationSet[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await alone(client, async () => {
      for (const { directory, ...options } of [storeMigrations, ...sets])
        await applyMigrations(client, directory, options);
      await registerCategories(client);
    });
  } finally {
    await client.end();
  }
};

const LOCK = "hashtextextended('slipway migrations', 0)";

// A session may take it again while it has it.
const alone = async (client: pg.ClientBase, work: () => Promise<void>): Promise<void> => {
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await work();
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
  }
};

/**
 * Applies what is new, each file in a transaction of its own, one migrator at a time. Forward only: throws when an applied
 * file was changed or is gone, or when a new one stands before an applied one.
 */
export const applyMigrations = async (
  client: pg.ClientBase,
  directory: URL,
  { ledger, searchPath }: Omit<MigrationSet, 'directory'>,
): Promise<void> => {
  const files = await filesOf(directory);
  await alone(client, async () => {
    await createLedger(client);
    const applied = await appliedOf(client, ledger);
    for (const file of pending(ledger, files, applied)) await applyOne(client, ledger, file, searchPath);
  });
};

type File = Readonly<{ name: string; statement: string; sha256: string }>;

const filesOf = async (directory: URL): Promise<readonly File[]> => {
  const folder = directory.href.endsWith('/') ? directory : new URL(`${directory.href}/`);
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async name => {
      const statement = await readFile(new URL(name, folder), 'utf8');
      return { name, statement, sha256: createHash('sha256').update(statement).digest('hex') };
    }),
  );
};

const createLedger = async (client: pg.ClientBase): Promise<void> => {
  await client.query('CREATE SCHEMA IF NOT EXISTS store');
  await client.query(`CREATE TABLE IF NOT EXISTS store.migrations (
    name text, file text, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (name, file))`);
};

const appliedOf = async (client: pg.ClientBase, ledger: string): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await client.query<{ file: string; sha256: string }>(
    'SELECT file, sha256 FROM store.migrations WHERE name = $1',
    [ledger],
  );
  return new Map(rows.map(({ file, sha256 }) => [file, sha256]));
};

const pending = (ledger: string, files: readonly File[], applied: ReadonlyMap<string, string>): readonly File[] => {
  const sums = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of applied) {
    if (!sums.has(name)) throw new Error(`${ledger}/${name} was applied and is gone`);
    if (sums.get(name) !== sha256) throw new Error(`${ledger}/${name} was changed after it was applied`);
  }
  const last = [...applied.keys()].sort().at(-1) ?? '';
  const fresh = files.filter(({ name }) => !applied.has(name));
  const late = fresh.find(({ name }) => name < last);
  if (late) throw new Error(`${ledger}/${late.name} is new, but ${last} was applied before it`);
  return fresh;
};

const applyOne = async (client: pg.ClientBase, ledger: string, file: File, searchPath?: string): Promise<void> => {
  await client.query('BEGIN');
  try {
    if (searchPath) await client.query("SELECT set_config('search_path', $1, true)", [searchPath]);
    await client.query(file.statement);
    await client.query('INSERT INTO store.migrations (name, file, sha256) VALUES ($1, $2, $3)', [
      ledger,
      file.name,
      file.sha256,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`${ledger}/${file.name}: ${(error as Error).message}`, { cause: error });
  }
};
