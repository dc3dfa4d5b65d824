import { artifactOf, drafted, planned, type Shown, type Stage, stage } from '../planning.example.ts';

let { slipway, rita, viewer }: Stage = {} as never;
let all: readonly Shown[];

beforeAll(async () => {
  ({ slipway, rita, viewer } = await stage());
  const [draft, plan, held, over] = [
    await drafted(rita),
    await planned(rita),
    await planned(rita),
    await drafted(rita),
  ];
  await rita.post(`/v1/releases/${draft.id}/attach-artifact`, artifactOf('cart')).expect(200);
  await rita.post(`/v1/releases/${held.id}/hold`, { reason: 'wait' }).expect(200);
  await rita.post(`/v1/releases/${over.id}/cancel`, { reason: 'no' }).expect(200);
  await slipway.caughtUp();
  all = [draft, plan, held, over];
});
afterAll(() => slipway.stop());

const counts = async (query: object = {}) => (await viewer.get('/v1/releases/counts').query(query).expect(200)).body;
const found = async (query: object) =>
  ((await viewer.get('/v1/releases').query(query).expect(200)).body.items as Shown[]).map(({ id }) => id);
const ids = (...at: number[]) => at.map(nth => all[nth]?.id);

test('releases are counted by state, and by whether they are on hold', async () => {
  expect(await counts()).toEqual({
    total: 4,
    byState: { Draft: 1, Planned: 2, Canceled: 1 },
    byHeld: { false: 3, true: 1 },
  });
});

test('what is counted is what is listed', async () => {
  for (const query of [{ held: true }, { state: 'Planned' }, { team: 'shop' }, { service: 'cart' }, { q: 'nothing' }])
    expect([query, (await counts(query)).total]).toEqual([query, (await found(query)).length]);
  const { headers } = await viewer.get('/v1/releases/counts').expect(200);
  expect(Number(headers['slipway-position'])).toBeGreaterThan(0);
  await viewer.get('/v1/releases/counts?pageSize=5').expect(400);
  await viewer.get('/v1/releases/counts?state=Flying').expect(400);
});

test('releases are found by the team that owns what they carry or where they go', async () => {
  expect(await found({ team: 'shop' })).toEqual(ids(2, 1));
  expect(await found({ team: 'basket' })).toEqual(ids(0));
  expect(await found({ team: 'nobody' })).toEqual([]);
});

test('and by a window that they touch', async () => {
  const [start, end] = ['2026-03-03T19:00:00Z', '2026-03-03T21:00:00Z'];
  expect(await found({ from: start, to: end })).toEqual(ids(2, 1));
  expect(await found({ from: '2026-03-03T20:59:59Z' })).toEqual(ids(2, 1));
  expect(await found({ to: '2026-03-03T19:00:01Z' })).toEqual(ids(2, 1));
  expect(await found({ from: end })).toEqual([]);
  expect(await found({ to: start })).toEqual([]);
  expect(await found({ from: end, to: start })).toEqual([]);
});
