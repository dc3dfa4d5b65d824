import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { machineMs } from './clock.ts';
import { DIGEST, type Expected, writeRows } from './imports-file.ts';
import { type Server, startServer } from './imports-server.ts';
import type { Measure } from './measure.ts';
import { residentAlone } from './proc.ts';
import { rounded } from './quantile.ts';

const ROWS = 1_000_000;
const LOOK_MS = 500;
const CLI = fileURLToPath(new URL('../../../../services/cli/dist/main.js', import.meta.url));

/**
 * `slipway import` of many rows into everything in one process, as `npm start` runs it. The command is killed after a third, the
 * server after two thirds, and both are started again: what is there in the end must be what the file says.
 */
export const imports: Measure = async ({ scale = 1, rows = Math.ceil(ROWS * scale), say }) => {
  const directory = await mkdtemp(join(tmpdir(), 'bench-rows-'));
  const file = join(directory, 'deployments.jsonl');
  let server = await startServer();
  try {
    say(`Writing ${rows} rows …`);
    const expected = await writeRows(file, rows);
    const watch = watching();
    const began = machineMs();
    const first = started(server, file, watch);
    const undisturbed = await rowsDone(file, rows / 3, first);
    const rate = undisturbed / ((machineMs() - began) / 1_000);
    say(`${undisturbed} rows, ${Math.round(rate)} a second; the command is killed`);
    first.kill('SIGKILL');
    await once(first, 'close');
    const second = started(server, file, watch);
    const over = saidBy(second);
    await rowsDone(file, (rows * 2) / 3, second);
    say('the server is killed');
    server = await server.killed();
    watch.server = server.program.pid;
    const said = JSON.parse(await over) as { rows: number };
    if (said.rows !== rows) throw new Error(`the import ended after ${said.rows} rows`);
    const seconds = (machineMs() - began) / 1_000;
    const behind = await lagOf(server);
    const views = await caughtUp(server);
    say(`${rows} rows in ${Math.round(seconds)} s with both kills; views are there ${Math.round(views)} s later`);
    const found = await foundIn(server, file);
    refuseOther(found, expected);
    const figures = {
      rows,
      rowsPerSecond: Math.round(rate),
      secondsWithBothKills: Math.round(seconds),
      rowsPerSecondWithBothKills: Math.round(rows / seconds),
      eventsBehindAtItsEnd: behind,
      secondsUntilViewsAreThere: rounded(views, 1),
      megabytes: watch.figures(),
      found,
    };
    return { figures, lines: linesOf(figures) };
  } finally {
    await server.stop();
    await rm(directory, { recursive: true });
  }
};

const started = (server: Server, file: string, watch: Watch): ChildProcess => {
  const words = ['--json', 'import', 'deployments', file, '--from', 'rows', '--system', 'bench'];
  const child = spawn(process.execPath, ['--no-warnings', CLI, ...words], {
    env: { ...process.env, SLIPWAY_URL: server.url, SLIPWAY_TOKEN: server.token },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  watch.command = child.pid;
  watch.server = server.program.pid;
  return child;
};

/** What it prints until it ends. */
const saidBy = async (child: ChildProcess): Promise<string> => {
  let said = '';
  child.stdout?.on('data', (more: Buffer) => void (said += more.toString()));
  await once(child, 'close');
  return said;
};

/** How many rows are done once it is so many. Throws when the command ends before. */
const rowsDone = async (file: string, wanted: number, child: ChildProcess): Promise<number> => {
  for (;;) {
    const text = await readFile(`${file}.import`, 'utf8').catch(() => '{}');
    const done = (JSON.parse(text) as { counts?: { rows: number } }).counts?.rows ?? 0;
    if (done >= wanted) return done;
    if (child.exitCode !== null) throw new Error(`the import ended with ${child.exitCode}`);
    await pause(20);
  }
};

type Seen = Readonly<{ least: number; most: number; inTheLastQuarter: number }>;
type Watch = {
  command: number | undefined;
  server: number | undefined;
  figures: () => Readonly<Record<'command' | 'server', Seen>>;
};

/** The memory of both while they run, in MB: of the server without its PostgreSQL. */
const watching = (): Watch => {
  const seen = { command: [] as number[], server: [] as number[] };
  const look = setInterval(() => {
    for (const name of ['command', 'server'] as const) {
      const pid = watch[name];
      const megabytes = pid === undefined ? 0 : ownOf(pid);
      if (megabytes > 0) seen[name].push(megabytes);
    }
  }, LOOK_MS);
  const spread = (values: readonly number[]): Seen => ({
    least: Math.min(...values),
    most: Math.max(...values),
    inTheLastQuarter: Math.max(...values.slice(Math.floor(values.length * 0.75))),
  });
  const watch: Watch = {
    command: undefined,
    server: undefined,
    figures: () => {
      clearInterval(look);
      return { command: spread(seen.command), server: spread(seen.server) };
    },
  };
  return watch;
};

const ownOf = (pid: number): number => Math.round(residentAlone(pid) / 1_048_576);

const lagOf = async (server: Server): Promise<number> => {
  const [row] = await server.sql<{ lag: string }>(LAG);
  return Number(row?.lag ?? 0);
};

const SCHEMAS = [
  'catalog',
  'planning',
  'change_approval',
  'deployment_execution',
  'incident_correlation',
  'metrics',
  'audit',
];
const LAG = `
  SELECT (SELECT count(*) FROM store.pending) + max(head - position) AS lag
  FROM (SELECT max(position) AS head FROM store.event_log) AS log, (
    ${SCHEMAS.map(schema => `SELECT min(position) AS position FROM ${schema}.watermarks`).join(' UNION ALL ')}) AS marks`;

/** Seconds until every view shows all of it. */
const caughtUp = async (server: Server): Promise<number> => {
  const began = machineMs();
  while ((await lagOf(server)) > 0) await pause(100);
  return (machineMs() - began) / 1_000;
};

type Found = Readonly<{
  events: number;
  records: number;
  lastVersion: number;
  rollouts: number;
  facts: number;
  refused: number;
  digest: string;
}>;

const FOUND = `
  SELECT (SELECT count(*) FROM store.events WHERE stream LIKE 'deployment-%')::int AS events,
    (SELECT count(*) FROM deployment_execution.imported_v1)::int AS records,
    (SELECT max(version) FROM deployment_execution.imported_v1) AS "lastVersion",
    (SELECT count(*) FROM incident_correlation.known_rollouts_v1)::int AS rollouts,
    (SELECT count(*) FROM metrics.records_v1 WHERE category = 'deployment')::int AS facts`;

const foundIn = async (server: Server, file: string): Promise<Found> => {
  const [counts] = await server.sql<Omit<Found, 'digest' | 'refused'>>(FOUND);
  const [said] = await server.sql<{ digest: string }>(DIGEST);
  const rejects = (await readFile(`${file}.rejects.jsonl`, 'utf8')).trim().split('\n');
  const rows = new Set(rejects.map(line => (JSON.parse(line) as { row: number }).row));
  if (!counts || !said || rows.size !== rejects.length) throw new Error('a row was rejected twice');
  return { ...counts, refused: rejects.length, digest: said.digest };
};

const refuseOther = (found: Found, { records, refused, digest }: Expected): void => {
  const wanted = { events: records, records, lastVersion: 1, rollouts: records, refused, digest };
  for (const [name, value] of Object.entries(wanted))
    if (found[name as keyof typeof wanted] !== value)
      throw new Error(`${name} is ${found[name as keyof typeof wanted]}, and must be ${value}`);
};

type Figures = Readonly<{
  rows: number;
  rowsPerSecond: number;
  rowsPerSecondWithBothKills: number;
  eventsBehindAtItsEnd: number;
  secondsUntilViewsAreThere: number;
  megabytes: Readonly<Record<'command' | 'server', Seen>>;
  found: Found;
}>;

const linesOf = (figures: Figures): readonly string[] => {
  const { rows, rowsPerSecond, rowsPerSecondWithBothKills, megabytes, found } = figures;
  const memory = ({ least, most, inTheLastQuarter }: Seen): string =>
    `${least} to ${most} MB, in the last quarter at most ${inTheLastQuarter} MB`;
  return [
    `${rows.toLocaleString('en-US')} rows: ${rowsPerSecond} a second, with both kills ${rowsPerSecondWithBothKills}`,
    `views: ${figures.eventsBehindAtItsEnd} events behind at its end, there ${figures.secondsUntilViewsAreThere} s later`,
    `memory of the command: ${memory(megabytes.command)}`,
    `memory of the server, without PostgreSQL: ${memory(megabytes.server)}`,
    `found: ${found.events} events, ${found.records} records, none with a second version; ${found.refused} refused`,
  ];
};
