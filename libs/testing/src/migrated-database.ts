import { migrate, type MigrationSet, roleOf, setPasswords, storeMigrations } from '@slipway/event-store';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { connected, databaseFrom, type TestDatabase, withPath } from './database.ts';

export type MigratedDatabase = TestDatabase & Readonly<{ urlOf: (service: string) => string }>;

const ROLES = [
  'catalog',
  'planning',
  'evidence',
  'change-approval',
  'deployment-execution',
  'incident-correlation',
  'metrics',
  'audit',
  'notification',
  'sequencer',
  'relay',
];
const PASSWORD = 'slipway';

/**
 * A database of this file's own, with the store in it and what these sets make: `migratedDatabase({ directory, ledger:
 * 'planning', searchPath: 'planning' })`. `url` is the administrator's, `urlOf('planning')` that of a service,
 * `urlOf('sequencer')` and `urlOf('relay')` those of the two leaders.
 */
export const migratedDatabase = async (...sets: readonly MigrationSet[]): Promise<MigratedDatabase> => {
  const database = await databaseFrom(await fingerprintOf([storeMigrations, ...sets]), async url => {
    await migrate(url, ...sets);
    await connected(url, client => setPasswords(client, Object.fromEntries(ROLES.map(role => [role, PASSWORD]))));
  });
  return { ...database, urlOf: service => urlAs(database.url, service) };
};

const urlAs = (database: string, service: string): string => {
  const url = withPath(database, new URL(database).pathname);
  url.username = roleOf(service);
  url.password = PASSWORD;
  return url.href;
};

const fingerprintOf = async (sets: readonly MigrationSet[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const { directory, ledger, searchPath = '' } of sets) {
    hash.update(JSON.stringify([ledger, searchPath]));
    for (const name of (await readdir(directory)).sort())
      hash.update(await readFile(new URL(name, `${directory.href}/`)));
  }
  return hash.digest('hex');
};
