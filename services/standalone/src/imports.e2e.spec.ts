import 'reflect-metadata';
import { catalog } from '@slipway/catalog';
import { changeApproval } from '@slipway/change-approval';
import { deploymentExecution } from '@slipway/deployment-execution';
import { incidentCorrelation } from '@slipway/incident-correlation';
import { notification } from '@slipway/notification';
import { planning } from '@slipway/planning';
import { type Client, testService, type TestService } from '@slipway/service/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { services } from './services.ts';

const ROWS = Number(process.env['IMPORT_ROWS'] ?? 4_000);
const BAD = 97;
// Whatever the file has.
const MOST_MEGABYTES = 300;

let slipway: TestService;
let ci: Client;
let directory: string;

beforeAll(async () => {
  slipway = await testService(
    catalog,
    planning,
    changeApproval,
    deploymentExecution,
    incidentCorrelation,
    notification,
  );
  const admin = await slipway.as('ada@example.org', 'administrator');
  ci = await slipway.as('ci@example.org', 'integration');
  await admin.post('/v1/teams', { name: 'shop', title: 'Shop' }).expect(201);
  const told = { ownerTeam: 'shop', criticality: 'high' };
  await admin.post('/v1/services', { name: 'checkout', title: 'Checkout', ...told }).expect(201);
  const here = { tier: 'production', region: 'eu', timeZone: 'UTC' };
  await admin.post('/v1/environments', { name: 'production', title: 'Production', ...here }).expect(201);
  await slipway.caughtUp();
  directory = await mkdtemp(join(tmpdir(), 'slipway-imports-'));
});
afterAll(async () => {
  await slipway.stop();
  await rm(directory, { recursive: true });
});

const row = (nth: number): string => {
  const startedAt = new Date(Date.UTC(2024, 0, 1) + nth * 60_000).toISOString();
  const service = nth % BAD === 0 ? 'nobody' : 'checkout';
  return JSON.stringify({
    key: String(nth),
    service,
    environment: 'production',
    startedAt,
    finishedAt: startedAt,
    outcome: 'succeeded',
  });
};
const fileOf = async (name: string): Promise<string> => {
  const file = join(directory, name);
  await writeFile(file, Array.from({ length: ROWS }, (_, nth) => row(nth)).join('\n'));
  return file;
};

/** The command line as a process of its own. */
const started = (file: string, system: string): ChildProcess => {
  const main = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
  const words = ['--json', 'import', 'deployments', file, '--from', 'rows', '--system', system];
  return spawn(process.execPath, ['--no-warnings', main, ...words], {
    env: { SLIPWAY_URL: slipway.url, SLIPWAY_TOKEN: ci.token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
};
const ended = async (child: ChildProcess): Promise<string> => {
  let said = '';
  child.stdout?.on('data', (more: Buffer) => void (said += more.toString()));
  child.stderr?.resume();
  await once(child, 'close');
  return said;
};
const statusOf = (pid: number | undefined): string =>
  existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';

/** The most memory that a process had at once, in MB, where the system tells. */
const peakOf = (child: ChildProcess): (() => number) => {
  let peak = 0;
  const look = setInterval(() => {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(statusOf(child.pid)) ?? [];
    peak = Math.max(peak, Number(kilobytes) / 1_024);
  }, 200);
  child.once('exit', () => clearInterval(look));
  return () => Math.round(peak);
};
const rowsDone = async (file: string): Promise<number> => {
  const text = await readFile(`${file}.import`, 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { counts?: { rows: number } }).counts?.rows ?? 0;
};
const killedAfter = async (file: string, system: string, rows: number): Promise<void> => {
  const child = started(file, system);
  const over = ended(child);
  while ((await rowsDone(file)) < rows && child.exitCode === null) await pause(5);
  child.kill('SIGKILL');
  await over;
};
const asked = async <Row extends object>(
  service: string,
  text: string,
  ...values: unknown[]
): Promise<readonly Row[]> => {
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl(service), max: 1 });
  const { rows } = await pool.query<Row>(text, values);
  await pool.end();
  return rows;
};
const kept = (system: string) =>
  asked<{ key: string; version: number }>(
    'deployment-execution',
    'SELECT key, version FROM deployment_execution.imported_v1 WHERE system = $1 ORDER BY key',
    system,
  );
const refusedRows = async (file: string): Promise<readonly number[]> =>
  (await readFile(`${file}.rejects.jsonl`, 'utf8'))
    .trim()
    .split('\n')
    .map(line => (JSON.parse(line) as { row: number }).row);

test('killed in the middle and started again it comes to the same as one that was not', async () => {
  const [whole, killed] = [await fileOf('whole.jsonl'), await fileOf('killed.jsonl')];
  const before = performance.now();
  const child = started(whole, 'whole');
  const peak = peakOf(child);
  const said = JSON.parse(await ended(child)) as { imported: number; refused: number };
  const rate = Math.round(ROWS / ((performance.now() - before) / 1_000));
  process.stderr.write(`${ROWS} rows, ${rate} rows a second, ${peak()} MB\n`);
  expect(peak()).toBeLessThan(MOST_MEGABYTES);
  await killedAfter(killed, 'killed', 500);
  await killedAfter(killed, 'killed', ROWS / 2);
  const last = JSON.parse(await ended(started(killed, 'killed'))) as { rows: number };
  await slipway.caughtUp();
  expect(said).toMatchObject({ imported: ROWS - Math.ceil(ROWS / BAD), refused: Math.ceil(ROWS / BAD) });
  expect(last.rows).toBe(ROWS);
  expect(await kept('killed')).toEqual(await kept('whole'));
  expect((await kept('whole')).every(({ version }) => version === 1)).toBe(true);
  expect(await refusedRows(killed)).toEqual(await refusedRows(whole));
  expect((await readdir(directory)).filter(name => name.endsWith('.import'))).toEqual([]);
});

test('a second run changes nothing', async () => {
  const again = JSON.parse(await ended(started(join(directory, 'whole.jsonl'), 'whole'))) as object;
  expect(again).toMatchObject({ imported: 0, corrected: 0, unchanged: ROWS - Math.ceil(ROWS / BAD) });
});

test('history causes nothing, in no service', async () => {
  await slipway.caughtUp();
  for (const service of ['planning', 'change-approval', 'deployment-execution', 'incident-correlation', 'notification'])
    expect([
      service,
      await asked(service, 'SELECT name FROM ' + `${service.replaceAll('-', '_')}.instructions`),
    ]).toEqual([service, []]);
  expect(await asked('notification', 'SELECT FROM notification.deliveries_v1')).toEqual([]);
  expect(await asked('deployment-execution', 'SELECT FROM deployment_execution.running_v1')).toEqual([]);
});

test('the only process that hears of history looks for causes', () => {
  const hears = services.flatMap(({ processes }) =>
    (processes as readonly Readonly<{ name: string; events: readonly string[] }>[])
      .filter(({ events }) => events.some(type => /^(Deployment|Incident|Change)Imported$/.test(type)))
      .map(({ name }) => name),
  );
  expect(hears).toEqual(['propose-causes-when-incident-detected']);
});
