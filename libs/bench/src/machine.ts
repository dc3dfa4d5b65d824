import { execFileSync } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { pgbenchVersion } from './peers/pgbench/pgbench.ts';
import { withClient } from './stage.ts';
import { summaryOf } from './statistics.ts';

/** What a figure is worth nothing without. */
export type Machine = Readonly<{
  processors: string;
  memoryGiB: number;
  system: string;
  /** Milliseconds until 8 KiB at the end of a file are on the disk that the database is on. */
  fsyncMs: { median: number; p99: number };
}>;

export type Versions = Readonly<Record<string, string>>;

export const machineWith = async (directory: string): Promise<Machine> => ({
  processors: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()}`,
  fsyncMs: await fsyncTime(directory),
});

const FSYNCS = 300;
const PAGE_BYTES = 8_192;

const fsyncTime = async (directory: string): Promise<Machine['fsyncMs']> => {
  const file = await open(join(directory, 'fsync'), 'w');
  const page = Buffer.alloc(PAGE_BYTES, 1);
  const times: number[] = [];
  for (let nth = 0; nth < FSYNCS; nth += 1) {
    const began = performance.now();
    await file.write(page);
    await file.datasync();
    times.push(performance.now() - began);
  }
  await file.close();
  const sorted = times.toSorted((a, b) => a - b);
  return { median: summaryOf(times)?.median ?? 0, p99: sorted[Math.floor(FSYNCS * 0.99)] ?? 0 };
};

const PACKAGES = [
  '@event-driven-io/emmett',
  '@event-driven-io/emmett-postgresql',
  '@event-driven-io/emmett-expressjs',
  '@eventide/message-db',
  'pg',
  'kafkajs',
  'express',
];

export const versionsOf = async (postgresUrl: string): Promise<Versions> => ({
  node: process.version,
  postgresql: await withClient(postgresUrl, async client => {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? '';
  }),
  pgbench: pgbenchVersion() ?? 'not on this machine',
  java: javaVersion(),
  ...Object.fromEntries(await Promise.all(PACKAGES.map(async name => [name, await packageVersion(name)] as const))),
});

const javaVersion = (): string => {
  try {
    return execFileSync('java', ['--version'], { encoding: 'utf8' }).split('\n', 1)[0] ?? '';
  } catch {
    return 'not on this machine';
  }
};

// Not every package lets its package.json be asked for.
const packageVersion = async (name: string): Promise<string> => {
  for (const path of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const found = await readFile(join(path, name, 'package.json'), 'utf8').catch(() => undefined);
    if (found) return (JSON.parse(found) as { version: string }).version;
  }
  return 'unknown';
};
