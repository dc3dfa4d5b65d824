import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventData } from '../../event.ts';
import { withClient } from '../../stage.ts';

const run = promisify(execFile);

/** What an append costs at least: one row, one index. */
const TABLE = 'CREATE TABLE IF NOT EXISTS plain (id bigserial PRIMARY KEY, data json NOT NULL)';
const INSERT = 'INSERT INTO plain (data) VALUES (:data);';

export const preparePlain = (url: string): Promise<unknown> => withClient(url, client => client.query(TABLE));

/** `pgbench --version`; undefined where there is none. */
export const pgbenchVersion = (): string | undefined => {
  try {
    return execFileSync('pgbench', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
};

/** Rows a second of so many connections that insert as quickly as they can. */
export const runPgbench = async (
  url: string,
  inFlight: number,
  seconds: number,
): Promise<{ count: number; seconds: number }> => {
  const directory = await mkdtemp(join(tmpdir(), 'pgbench-'));
  const script = join(directory, 'insert.sql');
  await writeFile(script, INSERT);
  const threads = Math.min(inFlight, availableParallelism());
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    inFlight,
    '-j',
    threads,
    '-T',
    Math.max(1, Math.round(seconds)),
    '-f',
    script,
  ];
  try {
    const data = `data=${JSON.stringify(eventData(0))}`;
    const { stdout } = await run('pgbench', [...args.map(String), '-D', data, url]);
    return countIn(stdout);
  } finally {
    await rm(directory, { recursive: true });
  }
};

const countIn = (said: string): { count: number; seconds: number } => {
  const count = Number(/transactions actually processed: (\d+)/.exec(said)?.[1]);
  const rate = Number(/tps = ([\d.]+)/.exec(said)?.[1]);
  if (!(count > 0 && rate > 0)) throw new Error(`pgbench said something else:\n${said}`);
  return { count, seconds: count / rate };
};
