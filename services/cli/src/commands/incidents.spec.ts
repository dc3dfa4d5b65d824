import { type Asked, type Peer, peer } from '../peer.example.ts';

const incident = { id: 'i', number: 'INC-7', state: 'Acknowledged', title: 'Checkout fails' };
let server: Peer;

beforeAll(async () => {
  server = await peer(() => ({ body: incident }));
});
afterAll(() => server.close());

const last = (): Asked | undefined => server.asked.at(-1);
const asked = (): unknown => [last()?.method, last()?.path, JSON.parse(last()?.body ?? '')];

test('an incident is opened with what is affected', async () => {
  const words = ['--title', 'Checkout fails', '--severity', 'high', '--service', 'checkout', 'cart', '--major'];
  const { exitCode, out } = await server.slipway(
    'incident',
    'open',
    ...words,
    '--impact-since',
    '2026-03-02T09:00:00Z',
  );
  expect([exitCode, out]).toEqual([0, 'INC-7 Acknowledged: Checkout fails\n']);
  const sent = {
    title: 'Checkout fails',
    severity: 'high',
    major: true,
    services: ['checkout', 'cart'],
    impactStartedAt: '2026-03-02T09:00:00Z',
  };
  expect(asked()).toEqual(['POST', '/v1/incidents', sent]);
});

test.each([
  ['acknowledge', ['--at', '2026-03-02T09:00:00Z'], { occurredAt: '2026-03-02T09:00:00Z' }],
  ['acknowledge', [], {}],
  ['mitigate', ['--deployment', 'DEP-3', '--note', 'rolled back'], { deployment: 'DEP-3', note: 'rolled back' }],
  ['resolve', ['--note', 'gone'], { note: 'gone' }],
  ['reopen', ['--reason', 'again'], { reason: 'again' }],
  ['merge', ['--into', 'INC-3'], { into: 'INC-3' }],
  ['confirm-cause', ['--kind', 'deployment', '--deployment', 'DEP-1'], { kind: 'deployment', deployment: 'DEP-1' }],
  ['confirm-cause', ['--kind', 'external', '--secondary'], { kind: 'external', primary: false }],
])('%s %j', async (action, words, body) => {
  expect(await server.slipway('incident', action, 'INC-7', ...words)).toMatchObject({ exitCode: 0 });
  expect(asked()).toEqual(['POST', `/v1/incidents/INC-7/${action}`, body]);
});

test('machines get the record as it is', async () => {
  expect(JSON.parse((await server.slipway('incident', 'acknowledge', 'INC-7', '--json')).out)).toEqual(incident);
});

test.each([
  ['open without a title', ['open', '--severity', 'high', '--service', 'x']],
  ['a severity that is none', ['open', '--title', 't', '--severity', 'bad', '--service', 'x']],
  ['reopen without a reason', ['reopen', 'INC-7']],
  ['merge into nothing', ['merge', 'INC-7']],
  ['a cause without a kind', ['confirm-cause', 'INC-7']],
  ['no incident', ['acknowledge']],
])('%s is wrong usage', async (_name, words) => {
  const before = server.asked.length;
  expect(await server.slipway('incident', ...words)).toMatchObject({ exitCode: 2, out: '' });
  expect(server.asked).toHaveLength(before);
});

test('an id cannot leave its path', async () => {
  await server.slipway('incident', 'resolve', '../people');
  expect(last()?.path).toBe('/v1/incidents/..%2Fpeople/resolve');
});

test('problems and reviews are listed with filters of their own', async () => {
  await server.slipway('problem', 'list', '--incident', 'INC-7', '--team', 'shop', '--json');
  expect(last()?.path).toBe('/v1/problems?incident=INC-7&team=shop&pageSize=50');
  await server.slipway('review', 'list', '--overdue', '--owner', 'ann@example.org', '--json');
  expect(last()?.path).toBe('/v1/reviews?overdue=true&owner=ann%40example.org&pageSize=50');
  await server.slipway('incident', 'list', '--major', '--severity', 'critical', '--label', 'eu', '--json');
  expect(last()?.path).toBe('/v1/incidents?major=true&severity=critical&label=eu&pageSize=50');
  await server.slipway('review', 'show', 'PIR-1', '--json');
  expect(last()?.path).toBe('/v1/reviews/PIR-1');
});
