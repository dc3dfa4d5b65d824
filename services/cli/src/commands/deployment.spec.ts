import { type Asked, type Peer, peer, type Reply } from '../peer.example.ts';

let answer: (asked: Asked) => Reply | undefined;
let server: Peer;

beforeAll(async () => {
  server = await peer(asked => answer(asked));
});
afterAll(() => server.close());

const last = (): Asked | undefined => server.asked.at(-1);
const record = { id: 'd', number: 'DEP-1', state: 'Running' };

test('a deployment is requested with what is said, under a key', async () => {
  answer = () => ({ body: { ...record, state: 'Queued' } });
  const words = ['--service', 'checkout', '--environment', 'eu', '--digest', 'sha256:a', '--base-digest', 'sha256:b'];
  const ran = await server.slipway(
    'deployment',
    'request',
    ...words,
    '--kind',
    'hotfix',
    '--wave',
    '2',
    '--key',
    'k-1',
  );
  expect(ran).toEqual({ exitCode: 0, out: 'DEP-1 Queued\n', err: '' });
  expect(last()).toMatchObject({ method: 'POST', path: '/v1/deployments', headers: { 'idempotency-key': 'k-1' } });
  expect(JSON.parse(last()?.body ?? '')).toEqual({
    service: 'checkout',
    environment: 'eu',
    digests: ['sha256:a'],
    baseDigests: ['sha256:b'],
    kind: 'hotfix',
    wave: 2,
  });
});

test.each([
  [['start', 'DEP-1'], '/DEP-1/start', {}],
  [['start', 'DEP-1', '--at', '2026-03-02T10:00:00Z'], '/DEP-1/start', { occurredAt: '2026-03-02T10:00:00Z' }],
  [['decision', 'DEP-1'], '/DEP-1/decision', {}],
  [['took-traffic', 'DEP-1', '--percent', '10'], '/DEP-1/took-traffic', { percent: 10 }],
  [['finish', 'DEP-1'], '/DEP-1/finish', {}],
  [['fail', 'DEP-1', '--reason', 'No'], '/DEP-1/fail', { reason: 'No' }],
  [
    ['verify', 'DEP-1', '--outcome', 'passed', '--check', 'smoke', '--check', 'load'],
    '/DEP-1/verify',
    { outcome: 'passed', checks: ['smoke', 'load'] },
  ],
  [['cancel', 'DEP-1', '--reason', 'No'], '/DEP-1/cancel', { reason: 'No' }],
  [
    ['roll-back', 'DEP-1', '--reason', 'No', '--cause', 'business'],
    '/DEP-1/roll-back',
    { reason: 'No', cause: 'business' },
  ],
  [['step', 'DEP-1', 'point DNS', '--is', 'start'], '/DEP-1/steps/point%20DNS/start', {}],
  [
    ['step', 'DEP-1', 'migrate', '--is', 'report', '--percent', '40', '--errors', '1'],
    '/DEP-1/steps/migrate/report',
    { percent: 40, errors: 1 },
  ],
  [['step', '../people', 'x', '--is', 'switch', '--via', 'dns'], '/..%2Fpeople/steps/x/switch', { via: 'dns' }],
])('%j', async (words, path, body) => {
  answer = () => ({ body: record });
  expect(await server.slipway('deployment', ...words)).toEqual({ exitCode: 0, out: 'DEP-1 Running\n', err: '' });
  expect(last()?.path).toBe(`/v1/deployments${path}`);
  expect(JSON.parse(last()?.body ?? '')).toEqual(body);
});

test('machines get the record, and people the reason', async () => {
  const waiting = { ...record, state: 'Waiting', decision: { reasons: ['closed', 'frozen'] } };
  answer = () => ({ body: waiting });
  expect((await server.slipway('deployment', 'decision', 'DEP-1')).out).toBe('DEP-1 Waiting: closed, frozen\n');
  expect(JSON.parse((await server.slipway('--json', 'deployment', 'decision', 'DEP-1')).out)).toEqual(waiting);
  answer = () => ({ status: 409, body: { status: 409, code: 'not-allowed', detail: 'Not yet.' } });
  expect(await server.slipway('deployment', 'start', 'DEP-1')).toMatchObject({
    exitCode: 1,
    err: 'slipway: Not yet. (not-allowed)\n',
  });
});

test.each([
  [['start']],
  [['fail', 'DEP-1']],
  [['verify', 'DEP-1', '--outcome', 'perhaps']],
  [['step', 'DEP-1', 'x']],
  [['request', '--service', 'checkout']],
])('%j is wrong usage', async words => {
  expect(await server.slipway('deployment', ...words)).toMatchObject({ exitCode: 2, out: '' });
});

describe('watching', () => {
  const update = (id: number, deployment: object, event?: object): string =>
    `id: ${id}\nevent: deployment\ndata: ${JSON.stringify({ ...(event && { event }), deployment })}\n\n`;
  const END = 'event: end\ndata: {}\n\n';
  const steps = [{ step: 'migrate', state: 'running', percent: 40, errors: 3, maxErrors: 2, thresholdExceededAt: 'x' }];

  test('shows a deployment as it goes, over connections that end, until it is settled', async () => {
    const progress = { type: 'StepProgressed', occurredAt: '2026-03-02T10:00:00.000Z' };
    const parts = [
      `retry: 2000\n\n${update(1, record)}id: 2\n\n`,
      update(3, { ...record, steps }, progress),
      `${update(4, { ...record, state: 'Failed', reason: 'No' })}${END}`,
    ];
    answer = ({ path }) => (path.endsWith('/live') ? { body: parts.shift() ?? '' } : undefined);
    expect(await server.slipway('deployment', 'watch', 'DEP-1')).toEqual({
      exitCode: 1,
      out: [
        'DEP-1 Running',
        'DEP-1 Running  2026-03-02T10:00:00Z  StepProgressed  migrate 40 %, 3 errors of at most 2, too many',
        'DEP-1 Failed: No',
        '',
      ].join('\n'),
      err: '',
    });
    const asked = server.asked.filter(({ path }) => path.endsWith('/live')).slice(-3);
    expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '2', '3']);
  });

  test('tells machines a line an update, and whether it succeeded', async () => {
    const succeeded = { ...record, state: 'Succeeded' };
    answer = () => ({ body: `${update(1, succeeded)}${END}` });
    const { exitCode, out } = await server.slipway('--json', 'deployment', 'watch', 'DEP-1');
    expect([exitCode, JSON.parse(out)]).toEqual([0, { deployment: succeeded }]);
  });

  test.each([
    [0, { ...record, state: 'Queued', decision: { verdict: 'allow' } }],
    [0, record],
    [3, { ...record, state: 'Waiting', decision: { verdict: 'deny', reasons: ['closed'] } }],
    [3, { ...record, state: 'Canceled' }],
  ])('until it is decided: exit %i', async (expected, decided) => {
    answer = () => ({ body: `${update(1, { ...record, state: 'Queued' })}${update(2, decided)}${END}` });
    const { exitCode } = await server.slipway('deployment', 'watch', 'DEP-1', '--until-decided');
    expect(exitCode).toBe(expected);
  });

  test('of what is not there is refused', async () => {
    answer = () => ({ status: 404, body: { status: 404, code: 'not-found', detail: 'None.' } });
    expect(await server.slipway('deployment', 'watch', 'DEP-9')).toMatchObject({
      exitCode: 1,
      err: 'slipway: None. (not-found)\n',
    });
  });
});
