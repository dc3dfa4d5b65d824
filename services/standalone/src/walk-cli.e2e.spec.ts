import { type BoundProcess, freePort, startBound } from '@slipway/embedded';
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tell } from './story/story.ts';
import type { Reply, Stage } from './story/teller.ts';

// What people and pipelines do from a command line, against the one process that a newcomer starts.

const ROOT = new URL('../../../', import.meta.url);
const pathOf = (file: string): string => fileURLToPath(new URL(file, ROOT));
const CATALOG = pathOf('services/standalone/story/catalog.yaml');

type Ran = Readonly<{ exitCode: number; out: string; err: string }>;

/** Of the database, and of the files that are written. */
let data: string;
let directory: string;
let standalone: BoundProcess;
let url: string;
const secrets = { github: randomUUID(), alertmanager: randomUUID() };
const tokens = new Map<string, string>();

/** The program itself, as its own process, in the name of somebody who has a token. */
const slipway = (who: string, ...words: string[]): Promise<Ran> =>
  new Promise(resolve => {
    const env = { PATH: process.env['PATH'], SLIPWAY_URL: url, SLIPWAY_TOKEN: tokens.get(who) ?? '' };
    const program = ['--no-warnings', pathOf('services/cli/bin/slipway.js'), ...words];
    execFile(process.execPath, program, { env, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) =>
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });

const json = async (who: string, ...words: string[]): Promise<Reply['body']> =>
  JSON.parse((await slipway(who, ...words, '--json')).out) as Reply['body'];

const tokenFor = async (subject: string, roles: readonly string[]): Promise<string> => {
  const { out } = await slipway('nobody', 'token', '--as', subject, ...roles.flatMap(role => ['--role', role]));
  return out.trim();
};

beforeAll(async () => {
  [data, directory] = [await mkdtemp(join(tmpdir(), 'slipway-data-')), await mkdtemp(join(tmpdir(), 'slipway-walk-'))];
  const [http, grpc] = [await freePort(), await freePort()];
  url = `http://localhost:${http}`;
  standalone = await startBound({
    command: process.execPath,
    args: [
      '--no-warnings',
      '--import',
      pathOf('libs/telemetry/dist/start.js'),
      pathOf('services/standalone/dist/main.js'),
    ],
    ready: 'serving on',
    stopSignal: 'TERM',
    env: {
      PORT: String(http),
      GRPC_PORT: String(grpc),
      SLIPWAY_DATA: data,
      GITHUB_WEBHOOK_SECRET: secrets.github,
      ALERTMANAGER_WEBHOOK_TOKEN: secrets.alertmanager,
    },
  });
  for (const [who, subject, role] of [
    ['ada', 'ada@boutique.example', 'administrator'],
    ['rita', 'rita@boutique.example', 'release-manager'],
    ['ci', 'boutique-ci', 'deployer'],
    ['audrey', 'audrey@boutique.example', 'auditor'],
    ['vera', 'vera@boutique.example', 'viewer'],
  ] as const)
    tokens.set(who, await tokenFor(subject, [role]));
});
afterAll(async () => {
  await standalone?.stop();
  for (const each of [data, directory]) await rm(each, { recursive: true, force: true });
});

test('the catalog: what would be, what is, and the same again', async () => {
  const dry = await slipway('ada', 'apply', '-f', CATALOG, '--dry-run');
  expect(dry).toMatchObject({ exitCode: 0, out: expect.stringContaining('dry run: nothing was written') });
  expect((await json('ada', 'apply', '-f', CATALOG)).records).toContainEqual(
    expect.objectContaining({ record: 'service', name: 'checkoutservice', outcome: 'added' }),
  );
  const again = (await json('ada', 'apply', '-f', CATALOG)).records as { outcome: string }[];
  expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
  const exported = join(directory, 'catalog.yaml');
  const { out } = await slipway('ada', 'export');
  await writeFile(exported, out);
  expect((await slipway('ada', 'apply', '-f', exported)).out).toMatch(/^\d+ unchanged\n$/);
});

test('who may not is told so', async () => {
  const { exitCode, out, err } = await slipway('vera', 'apply', '-f', CATALOG);
  expect({ exitCode, out, err }).toEqual({ exitCode: 1, out: '', err: expect.stringContaining('(not-permitted)') });
});

const digest = (content: string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;
const TARGET = ['--service', 'checkoutservice', '--environment', 'production', '--deployer', 'sub:boutique-ci'];
const gate = (who: string, version: string, ...more: string[]): Promise<Ran> =>
  slipway(who, 'gate', ...TARGET, '--digest', digest(`checkoutservice ${version}`), ...more);

test('before anything is approved the gate is shut, and says why', async () => {
  const { exitCode, out } = await gate('ci', '2.3.0');
  expect([exitCode, out]).toEqual([3, expect.stringContaining('change-authorized')]);
});

test('two releases are planned, approved, deployed; one is rolled back', async () => {
  const stage: Stage = { url, tokenFor, secrets, say: () => undefined };
  const { trail } = await tell(stage);
  expect(trail['record']).toMatchObject({ number: 'REL-2' });
});

test('what is live may run once more, and something else may not', async () => {
  expect(await gate('ci', '2.3.0', '--kind', 'redeploy')).toMatchObject({ exitCode: 0 });
  expect(await gate('ci', '2.4.1', '--kind', 'redeploy')).toMatchObject({
    exitCode: 3,
    out: expect.stringContaining('redeploys-live-content'),
  });
  expect(await gate('nobody', '2.3.0', '--kind', 'redeploy')).toMatchObject({ exitCode: 4, out: '' });
});

test('the records are listed and shown, with the names of people and services', async () => {
  expect((await slipway('rita', 'release', 'list')).out).toMatch(/REL-2 .*Express checkout/);
  expect(await json('rita', 'change', 'list', '--release', 'REL-2', '--state', 'Closed')).toMatchObject([
    { state: 'Closed', closeCode: 'unsuccessful' },
  ]);
  expect(await json('rita', 'deployment', 'list', '--release', 'REL-2', '--state', 'RolledBack')).toHaveLength(1);
  const { out } = await slipway('rita', 'incident', 'show', 'INC-1');
  expect(out).toContain('state: Resolved');
  expect(out).toContain('checkoutservice');
});

test('the trail is whole, as a table and as CSV', async () => {
  const { items } = (await json('audrey', 'trail', 'REL-2')) as { items: readonly { type: string }[] };
  expect(items.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'ReleaseDrafted',
      'ApprovalVoided',
      'DeploymentStarted',
      'CauseConfirmed',
      'DeploymentRolledBack',
      'ChangeClosed',
    ]),
  );
  const { out: csv } = await slipway('audrey', 'trail', 'REL-2', '--csv');
  expect(csv.trimEnd().split('\r\n').length).toBeGreaterThan(items.length);
  expect((await slipway('audrey', 'trail', 'REL-2')).out).toContain('DeploymentRolledBack');
});

test('the report counts one of two roll-outs of checkout as failed', async () => {
  const { measures } = await json('audrey', 'report', '--service', 'checkoutservice', '--environment', 'production');
  expect(measures).toContainEqual(
    expect.objectContaining({
      measure: 'change-fail-rate',
      figures: [expect.objectContaining({ numerator: 1, denominator: 2 })],
    }),
  );
  expect((await slipway('audrey', 'report', '--service', 'checkoutservice')).out).toContain('Change fail rate');
});
