import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, type Peer, peer, type Reply } from '../peer.example.ts';

let answer: (asked: Asked) => Reply | undefined;
let server: Peer;
let directory: string;

beforeAll(async () => {
  server = await peer(asked => answer(asked));
  directory = await mkdtemp(join(tmpdir(), 'slipway-release-'));
});
afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  answer = () => ({ body: planned });
});

const planned = {
  number: 'REL-1',
  state: 'Planned',
  held: false,
  window: { start: '2026-03-03T20:00:00.000Z', end: '2026-03-03T22:00:00.000Z' },
};
const asked = (from = server.asked.length - 1) =>
  server.asked.slice(from).map(({ method, path, body }) => [method, path, body === '' ? undefined : JSON.parse(body)]);
const fileOf = async (text: string): Promise<string> => {
  const file = join(directory, `${crypto.randomUUID()}.yaml`);
  await writeFile(file, text);
  return file;
};
const digest = `sha256:${'a'.repeat(64)}`;

test('a release is drafted, and told in one line or as it came', async () => {
  answer = () => ({ body: { number: 'REL-1', state: 'Draft', held: true } });
  const words = ['release', 'draft', 'Checkout 2.4', '--class', 'patch', '--owner', 'ann@example.org'];
  expect(await server.slipway(...words)).toEqual({ exitCode: 0, out: 'REL-1 Draft, on hold\n', err: '' });
  const body = { title: 'Checkout 2.4', class: 'patch', owner: 'ann@example.org' };
  expect(asked()).toEqual([['POST', '/v1/releases', body]]);
  expect(JSON.parse((await server.slipway(...words, '--json')).out)).toEqual({
    number: 'REL-1',
    state: 'Draft',
    held: true,
  });
});

test('or as a copy of an earlier one, whose class it keeps', async () => {
  await server.slipway('release', 'draft', 'Checkout 2.5', '--copy-of', 'REL-1');
  expect(asked()).toEqual([['POST', '/v1/releases/REL-1/copy', { title: 'Checkout 2.5' }]]);
  await server.slipway('release', 'draft', 'Checkout 2.5');
  expect(asked()).toEqual([['POST', '/v1/releases', { title: 'Checkout 2.5', class: 'minor' }]]);
});

test('an artifact is attached, with the commits of a file', async () => {
  const commits = [{ sha: 'c'.repeat(40), author: 'github:ann', committedAt: '2026-02-27T15:04:05Z' }];
  const file = await fileOf(JSON.stringify(commits));
  const artifact = ['--service', 'checkout', '--artifact-version', '2.4.0', '--purl', 'pkg:oci/checkout@2.4.0'];
  const from = ['--digest', digest, '--repository', 'example/checkout', '--commits', file];
  expect(await server.slipway('release', 'attach', 'REL-1', ...artifact, ...from)).toMatchObject({ exitCode: 0 });
  const body = {
    service: 'checkout',
    version: '2.4.0',
    purl: 'pkg:oci/checkout@2.4.0',
    digest,
    repository: 'example/checkout',
    commits,
  };
  expect(asked()).toEqual([['POST', '/v1/releases/REL-1/attach-artifact', body]]);
});

test('a scope is stated out of a file; what was refused makes the exit 1', async () => {
  const results = [
    { key: 'SHOP-1', outcome: 'added' },
    { key: 'SHOP-2', outcome: 'refused', code: 'key-taken' },
  ];
  answer = () => ({ body: { results } });
  const file = await fileOf('- { key: SHOP-1, kind: feature, title: Invoices }\n');
  const ran = await server.slipway('release', 'scope', 'REL-1', '-f', file, '--remove', 'SHOP-3', 'SHOP-4');
  expect(ran).toEqual({
    exitCode: 1,
    out: 'ITEM    OUTCOME  WHY\nSHOP-1  added\nSHOP-2  refused  key-taken\n',
    err: '',
  });
  const items = [{ key: 'SHOP-1', kind: 'feature', title: 'Invoices' }];
  const body = { items, remove: ['SHOP-3', 'SHOP-4'] };
  expect(asked()).toEqual([['POST', '/v1/releases/REL-1/change-scope', body]]);
});

test('a plan is carried out step by step', async () => {
  const file = await fileOf(`
rollbackPlan: { steps: switch back, backoutMinutes: 15 }
milestones: [{ name: Built, dueAt: 2026-03-01T00:00:00Z }]
phases: [{ name: Build, entryCriteria: [], exitCriteria: [Done] }]
successCriteria: [{ id: calm, title: No complaints, howJudged: Ask support. }]
manager: mia@example.org
raci: { responsible: [mia@example.org] }
`);
  const before = server.asked.length;
  const { out } = await server.slipway('release', 'plan', 'REL-1', '-f', file);
  expect(out).toBe('REL-1 Planned; 2026-03-03T20:00:00Z to 2026-03-03T22:00:00Z\n');
  expect(asked(before).map(([, path]) => path)).toEqual(
    [
      'register-rollback-plan',
      'plan-milestone',
      'plan-phase',
      'declare-success-criteria',
      'name-manager',
      'state-raci',
    ].map(step => `/v1/releases/REL-1/${step}`),
  );
});

test('success criteria are declared out of a file', async () => {
  const criteria = [{ id: 'calm', title: 'No complaints', howJudged: 'Ask support.' }];
  const file = await fileOf(JSON.stringify(criteria));
  const { out } = await server.slipway('release', 'declare-criteria', 'REL-1', '-f', file, '--reason', 'late');
  expect(out).toBe('REL-1 Planned; 2026-03-03T20:00:00Z to 2026-03-03T22:00:00Z\n');
  expect(asked()).toEqual([['POST', '/v1/releases/REL-1/declare-success-criteria', { criteria, reason: 'late' }]]);
});

test('it is scheduled into a window and targets, or aboard a train', async () => {
  const times = ['--start', '2026-03-03T20:00:00Z', '--end', '2026-03-03T22:00:00Z'];
  const targets = ['--target', 'checkout@staging', 'checkout@eu:2'];
  const body = {
    window: { start: times[1], end: times[3] },
    targets: [
      { service: 'checkout', environment: 'staging' },
      { service: 'checkout', environment: 'eu', wave: 2 },
    ],
  };
  await server.slipway('release', 'schedule', 'REL-1', ...times, ...targets);
  expect(asked()).toEqual([['POST', '/v1/releases/REL-1/schedule', body]]);
  await server.slipway('release', 'reschedule', 'REL-1', ...times);
  expect(asked()).toEqual([['POST', '/v1/releases/REL-1/reschedule', { window: body.window }]]);
  const before = server.asked.length;
  await server.slipway('release', 'schedule', 'REL-1', '--train', 'TRAIN-1', ...targets);
  expect(asked(before)).toEqual([
    ['POST', '/v1/releases/REL-1/board-train', { train: 'TRAIN-1' }],
    ['POST', '/v1/releases/REL-1/schedule', { targets: body.targets }],
  ]);
});

test.each([
  ['hold', ['--reason', 'wait'], { reason: 'wait' }],
  ['resume', [], {}],
  ['cancel', ['--reason', 'no'], { reason: 'no' }],
])('%s takes many, and tells of each', async (move, options, more) => {
  const row = { release: 'REL-1', outcome: 'done', state: 'Draft' };
  const refused = { release: 'REL-2', outcome: 'refused', code: 'release-over' };
  answer = () => ({ body: { results: [row, refused] } });
  const { exitCode, out } = await server.slipway('release', move, 'REL-1', 'REL-2', ...options);
  expect([exitCode, out]).toEqual([
    1,
    'RELEASE  OUTCOME  STATE  WHY\nREL-1    done     Draft\nREL-2    refused         release-over\n',
  ]);
  expect(asked()).toEqual([['POST', '/v1/releases/bulk', { move, releases: ['REL-1', 'REL-2'], ...more }]]);
  answer = () => ({ body: { results: [row] } });
  expect((await server.slipway('release', move, 'REL-1', ...options)).exitCode).toBe(0);
});

test.each([
  ['ready', 'go', []],
  ['withdraw', 'withdraw', ['--reason', 'why']],
  ['end-support', 'end-early-life-support', []],
  ['reopen', 'reopen-planning', ['--reason', 'why']],
  ['close', 'close', []],
])('%s is one step', async (name, step, options) => {
  answer = () => ({ body: { number: 'REL-1', state: 'Closed', outcome: 'partial' } });
  const { out } = await server.slipway('release', name, 'REL-1', ...options);
  expect(out).toBe('REL-1 Closed, partial\n');
  expect(asked()).toEqual([['POST', `/v1/releases/REL-1/${step}`, options.length > 0 ? { reason: 'why' } : {}]]);
});

test('what keeps it from being deployed is listed', async () => {
  answer = () => ({ body: { items: [{ code: 'no-go', detail: 'Nobody gave the go.' }] } });
  expect((await server.slipway('release', 'blockers', 'REL-1')).out).toBe(
    'WHY    DETAIL\nno-go  Nobody gave the go.\n',
  );
  answer = () => ({ body: { items: [] } });
  expect((await server.slipway('release', 'blockers', 'REL-1')).out).toBe('Nothing that planning knows of.\n');
});

test('notes are Markdown, or JSON', async () => {
  answer = ({ path }) => ({ body: path.endsWith('?format=markdown') ? '# Checkout\n' : { title: 'Checkout' } });
  expect((await server.slipway('release', 'notes', 'REL-1')).out).toBe('# Checkout\n');
  expect(JSON.parse((await server.slipway('release', 'notes', 'REL-1', '--json')).out)).toEqual({ title: 'Checkout' });
});

test('a refusal is told with its code, exit 1', async () => {
  answer = () => ({ status: 409, body: { code: 'not-in-review', detail: 'It is in Draft.' } });
  expect(await server.slipway('release', 'close', 'REL-1')).toEqual({
    exitCode: 1,
    out: '',
    err: 'slipway: It is in Draft. (not-in-review)\n',
  });
});

test.each([
  ['a hold without a reason', ['hold', 'REL-1']],
  ['a class that is none', ['draft', 'T', '--class', 'huge']],
  ['half a window', ['schedule', 'REL-1', '--start', '2026-03-03T20:00:00Z']],
  ['a target that is none', ['schedule', 'REL-1', '--target', 'checkout']],
  ['a scope of nothing', ['scope', 'REL-1']],
  ['half of what was measured', ['judge-criterion', 'REL-1', 'few', '--verdict', 'met', '--note', 'n', '--value', '1']],
  ['a value that is none', ['judge-criterion', 'REL-1', 'few', '--verdict', 'met', '--note', 'n', '--value', 'few']],
  ['a file that is not there', ['plan', 'REL-1', '-f', '/no/such/file']],
])('%s is wrong usage: exit 2', async (_, words) => {
  const before = server.asked.length;
  expect(await server.slipway('release', ...words)).toMatchObject({ exitCode: 2, out: '' });
  expect(server.asked).toHaveLength(before);
});

test.each([
  ['scope', 'key: SHOP-1'],
  ['plan', '- a'],
  ['plan', 'milestone: {}'],
  ['plan', 'milestones: { name: Built }'],
  ['plan', 'phases: [Build]'],
  ['plan', 'rollbackPlan: switch back'],
  ['plan', 'successCriteria: [calm]'],
  ['declare-criteria', 'id: calm'],
  ['plan', 'manager: [ann@example.org]'],
  ['plan', '{}'],
])('a file that holds something else is wrong usage: %s of %s', async (verb, text) => {
  const before = server.asked.length;
  expect(await server.slipway('release', verb, 'REL-1', '-f', await fileOf(text))).toMatchObject({ exitCode: 2 });
  expect(server.asked).toHaveLength(before);
});
