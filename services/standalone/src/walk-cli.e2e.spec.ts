import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byCommandLine, type TypedStage } from './walk/by-command-line.ts';
import { type Cast, castOf, digestOf } from './walk/cast.ts';
import { catalog, look, roleGrants } from './walk/catalog.ts';
import { chapters } from './walk/chapters.ts';
import { ALERTMANAGER_TOKEN } from './walk/incident.ts';
import { type OneProcess, type Ran, startOneProcess } from './walk/one-process.ts';
import { Walk } from './walk/walker.ts';

// The same work, typed: what people and pipelines do from a command line, against the one process that a newcomer starts.

/** A chapter is up to sixty lines, each a process of its own. */
const CHAPTER_MS = 600_000;

const [ADA, RITA, DANA, AUDREY] = ['ada', 'rita', 'dana', 'audrey'].map(name => `${name}@shop.example`) as [
  string,
  string,
  string,
  string,
];
const PIPELINE = 'shop-pipeline';

let directory: string;
let running: OneProcess;
let stage: TypedStage;
let walk: Walk;
let cast: Cast;

const slipway = (who: string, ...words: string[]): Promise<Ran> => stage.slipway(who, ...words);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-walk-'));
  running = await startOneProcess({ ALERTMANAGER_WEBHOOK_TOKEN: ALERTMANAGER_TOKEN });
  stage = byCommandLine(running);
  walk = new Walk(stage);
  cast = await castOf(walk);
}, CHAPTER_MS);
afterAll(async () => {
  await running?.stop();
  await rm(directory, { recursive: true, force: true });
});

const fileOf = async (name: string, text: string): Promise<string> => {
  const file = join(directory, name);
  await writeFile(file, text);
  return file;
};

test('a token has roles that there are', async () => {
  const { exitCode, out, err } = await slipway('nobody', 'token', '--as', RITA, '--role', 'king');
  expect({ exitCode, out, err }).toEqual({
    exitCode: 1,
    out: '',
    err: expect.stringMatching(/^slipway: There is no role king; there are viewer, .+ \(unknown-role\)\n$/),
  });
});

test(
  'the catalog is applied: what would be, what is, and the same again',
  async () => {
    const file = await fileOf('catalog.yaml', JSON.stringify({ ...catalog, roleGrants }));
    const refused = await slipway(DANA, 'apply', '-f', file);
    expect(refused).toEqual({ exitCode: 1, out: '', err: expect.stringContaining('(not-permitted)') });
    const dry = await slipway(ADA, 'apply', '-f', file, '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, out: expect.stringContaining('dry run: nothing was written') });
    expect((await slipway(ADA, 'apply', '-f', file)).out).toContain('+ service checkout');
    await running.caughtUp();
    expect((await slipway(ADA, 'apply', '-f', file)).out).toMatch(/^\d+ unchanged\n$/);
    const exported = await fileOf('exported.yaml', (await slipway(ADA, 'export')).out);
    expect((await slipway(ADA, 'apply', '-f', exported)).out).toMatch(/^\d+ unchanged\n$/);
    await look(cast);
  },
  CHAPTER_MS,
);

test.each(chapters)('%s', (_title, chapter) => chapter(walk, cast), CHAPTER_MS);

const REDEPLOY = ['--service', 'cart', '--environment', 'production-eu', '--kind', 'redeploy'];
const gate = (who: string, version: string): Promise<Ran> =>
  slipway(who, 'gate', ...REDEPLOY, '--digest', digestOf(`cart ${version}`));

test('what is live may run once more, and something else may not', async () => {
  expect(await gate(PIPELINE, '1.8.0')).toMatchObject({ exitCode: 0 });
  expect(await gate(PIPELINE, '1.9.9')).toMatchObject({
    exitCode: 3,
    out: expect.stringContaining('redeploys-live-content'),
  });
  expect(await gate('nobody', '1.8.0')).toMatchObject({ exitCode: 4, out: '' });
});

test('people read names where machines read ids', async () => {
  expect((await slipway(RITA, 'release', 'list')).out).toMatch(/REL-2 .*Autumn checkout/);
  const { out } = await slipway(RITA, 'incident', 'show', 'INC-1');
  expect(out).toContain('state: Closed');
  expect(out).toContain('- checkout\n');
  expect((await slipway(RITA, 'release', 'show', 'REL-2')).out).toContain('manager: Rita Example\n');
});

test('the trail is whole, as a table and as CSV', async () => {
  const { items } = JSON.parse((await slipway(AUDREY, 'trail', 'REL-2', '--json')).out) as { items: unknown[] };
  const { out: csv } = await slipway(AUDREY, 'trail', 'REL-2', '--csv');
  expect(csv.trimEnd().split('\r\n').length).toBeGreaterThan(items.length);
  expect((await slipway(AUDREY, 'trail', 'REL-2')).out).toContain('DeploymentRolledBack');
});

test('the figures have their names', async () => {
  expect((await slipway(AUDREY, 'report', '--service', 'checkout')).out).toContain('Change fail rate');
});

/** The document that the help of a command shows. */
const exampleOf = async (...words: string[]): Promise<string> => {
  const { out } = await slipway('nobody', ...words, '--help');
  return /such as:\n((?: {2}.*\n?)+)/i.exec(out)?.[1] ?? '';
};

test(
  'what the help shows is accepted',
  async () => {
    const dry = ['apply', '--dry-run', '-f', await fileOf('apply.yaml', await exampleOf('apply'))];
    expect((await slipway(ADA, ...dry)).out).toMatch(/^4 added, 0 unchanged \(dry run/m);
    const { number } = JSON.parse((await slipway(RITA, 'release', 'draft', 'By the book', '--json')).out);
    for (const step of ['scope', 'plan']) {
      const file = await fileOf(`${step}.yaml`, await exampleOf('release', step));
      expect(await slipway(RITA, 'release', step, number, '-f', file)).toMatchObject({ exitCode: 0, err: '' });
    }
    const change = await fileOf('change.yaml', await exampleOf('change', 'raise'));
    expect(await slipway(RITA, 'change', 'raise', '-f', change)).toMatchObject({ exitCode: 0, err: '' });
  },
  CHAPTER_MS,
);

/** What the walk asks that is not typed: it is looked up, and nothing is done. */
const NO_LINE = [
  'get /v1/changes/counts',
  'get /v1/environments/production-eu/compare/production-us',
  'get /v1/environments/production-eu/running',
  'get /v1/events',
  'get /v1/incidents/counts',
  'get /v1/services',
  'get /v1/services/payment/blast-radius',
  'patch /v1/services/checkout',
  'post /v1/services/checkout/link-file',
];

test('all steps of a release, a change, a deployment, an incident, a problem and a review were typed', () => {
  const withoutQuery = stage.sent.map(request => request.replace(/\?.*/, ''));
  expect([...new Set(withoutQuery)].sort()).toEqual(NO_LINE);
  expect(new Set(stage.typed).size).toBeGreaterThanOrEqual(60);
  expect(stage.typed.length).toBeGreaterThanOrEqual(200);
});
