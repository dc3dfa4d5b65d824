import { type Asked, type Peer, peer, type Reply } from '../peer.example.ts';

let answer: (asked: Asked) => Reply | undefined;
let server: Peer;

beforeAll(async () => {
  server = await peer(asked => answer(asked));
});
afterAll(() => server.close());

const last = (): Asked | undefined => server.asked.at(-1);
const releases = {
  consumer: 'planning.releases',
  transport: 'kafka',
  position: 40,
  lag: 2,
  lagSeconds: 1.2345,
  parkedStreams: 1,
  skips: 0,
  rebuild: { status: 'running', position: 30, error: null },
};

test('the consumers of every service are one list; one that is not there is left out', async () => {
  answer = ({ path }) => (path === '/v1/operations/planning/consumers' ? { body: { items: [releases] } } : undefined);
  const { exitCode, out } = await server.slipway('consumers', 'list');
  expect(exitCode).toBe(0);
  expect(out.split('\n').map(line => line.split(/ {2,}/))).toEqual([
    ['CONSUMER', 'TRANSPORT', 'POSITION', 'LAG', 'SECONDS', 'PARKED', 'SKIPPED', 'REBUILD', 'FILLED TO'],
    ['planning.releases', 'kafka', '40', '2', '1.2', '1', '0', 'running', '30'],
    [''],
  ]);
  expect(JSON.parse((await server.slipway('--json', 'consumers', 'list')).out)).toEqual([releases]);
});

test('a service that was asked for by name and is not there is a failure, and so is one that fails', async () => {
  answer = () => undefined;
  expect(await server.slipway('consumers', 'list', '--service', 'planing')).toMatchObject({ exitCode: 1 });
  answer = () => ({ status: 403, body: { status: 403, code: 'not-permitted', detail: 'No.' } });
  expect(await server.slipway('consumers', 'list')).toMatchObject({
    exitCode: 1,
    err: 'slipway: No. (not-permitted)\n',
  });
});

test('what is parked is listed with its positions', async () => {
  const parked = { consumer: 'planning.releases', stream: 'release-1', cause: 'failed', error: 'Error', attempts: 5 };
  answer = ({ path }) =>
    path === '/v1/operations/planning/parked' ? { body: { items: [{ ...parked, positions: [7, 9] }] } } : undefined;
  const { out } = await server.slipway('consumers', 'parked');
  expect(out).toBe(
    'CONSUMER           STREAM     CAUSE   ERROR  ATTEMPTS  WAITING\nplanning.releases  release-1  failed  Error  5         7, 9\n',
  );
});

test.each([
  [['replay', 'planning.releases', 'release-1'], 'replay', { stream: 'release-1' }, { replayed: 2, waiting: 0 }],
  [['skip', 'planning.releases', '--position', '7'], 'skip', { position: 7 }, { skipped: 7 }],
  [['rebuild', 'planning.releases'], 'rebuild', {}, { status: 'asked' }],
  [['rebuild', 'planning.releases', '--cancel'], 'rebuild/cancel', {}, { status: 'canceling' }],
])('consumers %p is asked of the service of the consumer, with the reason', async (words, path, asked, body) => {
  answer = () => ({ body });
  const { exitCode, out } = await server.slipway('consumers', ...words, '--reason', 'mended', '--yes');
  expect(exitCode).toBe(0);
  expect(out).toContain(String(Object.values(body)[0]));
  expect(last()).toMatchObject({ method: 'POST', path: `/v1/operations/planning/${path}` });
  expect(JSON.parse(last()?.body ?? '')).toEqual({ consumer: 'planning.releases', ...asked, reason: 'mended' });
});

test('without a reason, or without --yes, nothing is asked for', async () => {
  const before = server.asked.length;
  expect(await server.slipway('consumers', 'rebuild', 'planning.releases', '--yes')).toMatchObject({ exitCode: 2 });
  const { exitCode, err } = await server.slipway('consumers', 'rebuild', 'planning.releases', '--reason', 'wrong');
  expect([exitCode, err]).toEqual([2, expect.stringContaining('say --yes')]);
  expect(server.asked).toHaveLength(before);
});
