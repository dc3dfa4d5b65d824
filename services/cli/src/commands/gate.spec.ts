import { type Asked, type Peer, peer, type Reply, slipway } from '../peer.example.ts';

let answer: (asked: Asked) => Reply | undefined;
let server: Peer;

beforeAll(async () => {
  server = await peer(asked => answer(asked));
});
afterAll(() => server.close());

const last = (): Asked | undefined => server.asked.at(-1);
const refusal = (status: number, code: string) => () => ({
  status,
  body: { status, code, detail: `It says ${code}.` },
});

const gate = [
  'gate',
  '--change',
  'CHG-1',
  '--service',
  'checkout',
  '--environment',
  'production',
  '--digest',
  'sha256:a',
  '--digest',
  'sha256:b',
  '--deployer',
  'sub:pipeline',
];

test('the gate allows: exit 0', async () => {
  answer = () => ({
    body: {
      verdict: 'allow',
      rules: [{ rule: 'inside-window', outcome: 'compliant', reason: 'It is.' }],
      validUntil: '2026-03-02T09:01:00.000Z',
    },
  });
  const { exitCode, out } = await server.slipway(...gate);
  expect([exitCode, out]).toEqual([0, 'allow\n  + inside-window: It is.\nvalid until 2026-03-02T09:01:00Z\n']);
  expect(last()?.path).toBe('/v1/decisions/preview');
  expect(JSON.parse(last()?.body ?? '')).toEqual({
    change: 'CHG-1',
    service: 'checkout',
    environment: 'production',
    digests: ['sha256:a', 'sha256:b'],
    deployer: 'sub:pipeline',
    kind: 'planned',
  });
});

test('a decision that was taken has an id, which work by hand begins under', async () => {
  answer = () => ({ body: { id: 'd-1', verdict: 'allow', rules: [] } });
  const { exitCode, out } = await server.slipway('gate', '--service', 's', '--environment', 'e', '--enforce');
  expect([exitCode, out]).toEqual([0, 'allow\ndecision d-1\n']);
  expect(JSON.parse(last()?.body ?? '')).toEqual({ service: 's', environment: 'e', kind: 'planned' });
});

test('the gate denies: exit 3, with the reasons', async () => {
  answer = () => ({
    body: {
      verdict: 'deny',
      rules: [{ rule: 'change-authorized', outcome: 'non-compliant', reason: 'Nobody approved.' }],
    },
  });
  expect(await server.slipway(...gate, '--enforce')).toMatchObject({
    exitCode: 3,
    out: 'deny\n  - change-authorized: Nobody approved.\n',
  });
  expect(last()?.path).toBe('/v1/decisions');
});

test.each([
  ['no token', refusal(401, 'unauthenticated')],
  ['a missing permission', refusal(403, 'not-permitted')],
  ['too much at once', refusal(503, 'overloaded')],
  ['a fault', () => ({ status: 500, body: '<html>' })],
  ['something else that answers', () => ({ body: '<html>' })],
  ['an answer without a verdict', () => ({ body: { rules: [] } })],
  ['a verdict that nobody knows', () => ({ body: { verdict: 'perhaps' } })],
  ['a connection that is cut', () => ({ body: '', cut: true })],
])('%s: the gate cannot tell, exit 4', async (_name, reply) => {
  answer = reply;
  const { exitCode, out, err } = await server.slipway(...gate);
  expect([exitCode, out]).toEqual([4, '']);
  expect(err).toMatch(/^slipway: ./);
});

test('nobody there: the gate cannot tell, anything else failed', async () => {
  const env = { SLIPWAY_URL: 'http://127.0.0.1:1' };
  expect(await slipway(env, ...gate)).toMatchObject({ exitCode: 4 });
  const { exitCode, err } = await slipway(env, 'release', 'list');
  expect([exitCode, err]).toEqual([
    1,
    'slipway: http://127.0.0.1:1 cannot be reached: bad port. --url or SLIPWAY_URL says where Slipway is.\n',
  ]);
});

test('what was asked wrongly of the gate is a failure, not a cannot-tell', async () => {
  answer = refusal(422, 'unknown-service');
  expect(await server.slipway(...gate)).toMatchObject({ exitCode: 1, err: expect.stringContaining('unknown-service') });
});
