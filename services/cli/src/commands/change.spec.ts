import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, type Peer, peer, type Reply } from '../peer.example.ts';

let answer: (asked: Asked) => Reply | undefined;
let server: Peer;
let directory: string;
let file: string;

const digest = `sha256:${'a'.repeat(64)}`;
const change = {
  id: 'c1',
  number: 'CHG-1',
  title: 'Open port 443',
  state: 'Authorize',
  onHold: false,
  contentDigest: digest,
  slots: [{ slot: 'change-approvers', role: 'change-approver', count: 2 }],
  approvals: [
    { slot: 'change-approvers', state: 'Approved' },
    { slot: 'change-approvers', state: 'Void' },
  ],
  tasks: [
    { id: 't1', title: 'Tell the desk', state: 'Open', order: 1, dueAt: '2026-03-02T10:00:00.000Z' },
    { id: 't2', title: 'Book the room', state: 'Dropped', order: 2, reason: 'Too small' },
  ],
};
const written = { title: 'Open port 443', model: 'normal', content: { targets: [] } };

beforeAll(async () => {
  server = await peer(asked => answer(asked));
  directory = await mkdtemp(join(tmpdir(), 'slipway-cli-'));
  file = join(directory, 'change.yaml');
  await writeFile(file, 'title: Open port 443\nmodel: normal\ncontent: { targets: [] }\n');
});
beforeEach(() => {
  answer = ({ path }) => (path.startsWith('/v1/changes') ? { body: change } : undefined);
});
afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

const sent = () => server.asked.map(({ method, path, body }) => [method, path, body === '' ? '' : JSON.parse(body)]);

test('a change is raised from a file, and people see what it waits for', async () => {
  const { exitCode, out } = await server.slipway('change', 'raise', '-f', file);
  expect([exitCode, out]).toEqual([
    0,
    [
      'CHG-1 Open port 443',
      '  state     Authorize',
      `  content   ${digest}`,
      '  asks for  1 × change-approvers (change-approver)',
      '  tasks     1 of 2 open',
      '',
    ].join('\n'),
  ]);
  expect(sent().at(-1)).toEqual(['POST', '/v1/changes', written]);
});

test.each([
  [['raised', 'planned'], '  done      raised, planned\n'],
  [[], '  done      nothing: it is like that\n'],
])('a change is kept in step: %j', async (done, told) => {
  answer = () => ({ body: { ...change, done } });
  const { out } = await server.slipway('change', 'keep', 'github', 'shop/checkout#7', '-f', file);
  expect(out).toContain(told);
  expect(sent().at(-1)).toEqual(['PUT', '/v1/changes/by-ref/github/shop%2Fcheckout%237', written]);
});

test.each([
  [['approve', 'CHG-1', '--digest', digest, '--slot', 's'], 'approve', { contentDigest: digest, slot: 's' }],
  [['reject', 'CHG-1', '--digest', digest, '--comment', 'No'], 'reject', { contentDigest: digest, comment: 'No' }],
  [['hold', 'CHG-1', '--reason', 'Wait'], 'hold', { reason: 'Wait' }],
  [['resume', 'CHG-1'], 'resume', {}],
  [['cancel', 'CHG-1', '--reason', 'No need'], 'cancel', { reason: 'No need' }],
  [
    ['add-task', 'CHG-1', '--title', 'Tell', '--due', 'x', '--order', '3'],
    'add-task',
    { title: 'Tell', dueAt: 'x', order: 3 },
  ],
  [
    ['assign-task', 'CHG-1', '1', '--owner', 'ann@example.org'],
    'assign-task',
    { task: 't1', owner: 'ann@example.org' },
  ],
  [['finish-task', 'CHG-1', 't2'], 'finish-task', { task: 't2' }],
  [['drop-task', 'CHG-1', '1', '--reason', 'No'], 'drop-task', { task: 't1', reason: 'No' }],
])('change %j', async (words, action, body) => {
  expect(await server.slipway('change', ...words, '--json')).toMatchObject({ exitCode: 0, err: '' });
  expect(sent().at(-1)).toEqual(['POST', `/v1/changes/CHG-1/${action}`, body]);
});

test('closing reviews first where it is said how it went', async () => {
  answer = () => ({ body: { ...change, state: 'Closed', closeCode: 'unsuccessful', onHold: true, tasks: [] } });
  const { out } = await server.slipway('change', 'close', 'CHG-1', '--code', 'unsuccessful', '--note', 'Too slow');
  expect(out).toBe(
    `CHG-1 Open port 443\n  state     Closed, on hold\n  content   ${digest}\n  closed    unsuccessful\n`,
  );
  expect(sent().slice(-2)).toEqual([
    ['POST', '/v1/changes/CHG-1/review', { closeCode: 'unsuccessful', note: 'Too slow' }],
    ['POST', '/v1/changes/CHG-1/close', {}],
  ]);
});

test('a refused review closes nothing', async () => {
  answer = ({ path }) =>
    path.endsWith('/review')
      ? { status: 409, body: { status: 409, code: 'close-code-not-permitted', detail: 'Not every target.' } }
      : { body: change };
  expect(await server.slipway('change', 'close', 'CHG-1', '--code', 'successful')).toEqual({
    exitCode: 1,
    out: '',
    err: 'slipway: Not every target. (close-code-not-permitted)\n',
  });
  expect(sent().at(-1)?.[1]).toBe('/v1/changes/CHG-1/review');
});

test('tasks are shown in their order', async () => {
  expect((await server.slipway('change', 'tasks', 'CHG-1')).out).toBe(
    [
      'ORDER  TASK           STATE    DUE                   WHY',
      '1      Tell the desk  Open     2026-03-02T10:00:00Z',
      '2      Book the room  Dropped                        Too small',
      '',
    ].join('\n'),
  );
  answer = () => ({ body: { ...change, tasks: [] } });
  expect((await server.slipway('change', 'tasks', 'CHG-1')).out).toBe('There is nothing to do.\n');
});

test('the inbox is what waits for who asks', async () => {
  answer = ({ path }) => (path.startsWith('/v1/changes?') ? { body: { items: [change] } } : { body: { items: [] } });
  const { out } = await server.slipway('change', 'inbox');
  expect(out).toContain('CHG-1   Open port 443');
  expect(server.asked.some(({ path }) => path === '/v1/changes?awaiting=me&pageSize=50')).toBe(true);
  answer = () => ({ body: { items: [] } });
  expect((await server.slipway('change', 'inbox')).out).toBe('Nothing waits for you.\n');
});

test.each([
  ['no file', ['raise']],
  ['a file that is not there', ['keep', 'github', '1', '-f', '/no/such/file']],
  ['an approval of nothing that was seen', ['approve', 'CHG-1']],
  ['a rejection without a word', ['reject', 'CHG-1', '--digest', digest]],
  ['a hold without a reason', ['hold', 'CHG-1']],
  ['a close code that is none', ['close', 'CHG-1', '--code', 'fine']],
  ['a task that is not there', ['finish-task', 'CHG-1', '9']],
])('%s is wrong usage', async (_, words) => {
  const posts = () => server.asked.filter(({ method }) => method !== 'GET').length;
  const before = posts();
  expect(await server.slipway('change', ...words)).toMatchObject({ exitCode: 2, out: '' });
  expect(posts()).toBe(before);
});
