import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './postgres.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-postgres-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('a database that cannot be set up says why in one line, and all of it in a file', async () => {
  await mkdir(join(directory, 'data'));
  await writeFile(join(directory, 'data', 'somebody-elses.txt'), 'mine');
  const log = join(directory, 'postgres-failure.log');
  const message = await startPostgres({ directory }).then(
    () => 'it started',
    (error: Error) => error.message,
  );
  expect(message).toBe(
    `PostgreSQL could not be set up in ${directory}: directory "${join(directory, 'data')}" exists but is not empty. What it said is in ${log}`,
  );
  expect(await readFile(log, 'utf8')).toContain('initdb: error: directory');
});

test('one that does not start does, too', async () => {
  await mkdir(join(directory, 'data'));
  await writeFile(join(directory, 'data', 'PG_VERSION'), '9\n');
  await expect(startPostgres({ directory })).rejects.toThrow(
    /^PostgreSQL did not start in \S+: .+\. What it said is in \S+postgres-failure\.log$/,
  );
});
