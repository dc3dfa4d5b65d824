import { authorize, drafted, planned, type Shown, type Stage, stage, targets } from '../planning.example.ts';

let { slipway, rita, viewer }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita, viewer } = await stage());
});
afterAll(() => slipway.stop());

const cadence = {
  start: '2026-03-03T20:00',
  timeZone: 'Europe/Berlin',
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
  durationMinutes: 120,
};
const train = async (more: object = {}): Promise<Shown> =>
  (await rita.post('/v1/release-trains', { title: 'Shop, every other Tuesday', cadence, ...more }).expect(201)).body;
const ask = async ({ id }: Shown, what: string, body: object, status = 200) =>
  (await rita.post(`/v1/releases/${id}/${what}`, body).expect(status)).body;
const departures = async ({ number }: Shown, query: object = {}) =>
  (await viewer.get(`/v1/release-trains/${number}/departures`).query(query).expect(200)).body.items as {
    departure: string;
    window: object;
    releases: object[];
  }[];

test('a train departs by its cadence; a release boards it and has its window', async () => {
  const shop = await train();
  expect(shop.number).toMatch(/^TRAIN-\d+$/);
  const [next, after] = await departures(shop, { count: 2 });
  const release = await drafted(rita);
  const boarded = await ask(release, 'board-train', { train: shop.number });
  expect(boarded).toMatchObject({
    state: 'Draft',
    aboard: { trainId: shop.id, departure: next?.departure },
    window: next?.window,
  });
  expect(await ask(release, 'schedule', { targets })).toMatchObject({ state: 'Planned', window: next?.window });
  const later = await rita
    .post(`/v1/releases/${release.id}/board-train`, { train: shop.id, departure: after?.departure })
    .expect(200);
  expect(later.body).toMatchObject({ aboard: { departure: after?.departure }, window: after?.window });
  const afterEvent = later.headers['slipway-event'] as string;
  expect(await departures(shop, { count: 2, afterEvent })).toMatchObject([
    { releases: [] },
    { releases: [{ id: release.id, number: release.number, title: 'Checkout 2.4', state: 'Planned' }] },
  ]);
  const { body: listed } = await viewer.get('/v1/releases').query({ train: shop.number }).expect(200);
  expect(listed.items).toMatchObject([{ id: release.id, aboard: boarded.aboard && { departure: after?.departure } }]);
  const left = await ask(release, 'leave-train', { reason: 'Ann is away' });
  expect(left).toMatchObject({ state: 'Planned', window: after?.window });
  expect(left).not.toHaveProperty('aboard');
  expect(JSON.stringify(await slipway.events(`release-${release.id}`))).not.toContain('Ann is');
  expect((await ask(release, 'leave-train', {}, 409)).code).toBe('not-aboard');
});

test('another window leaves the train, another departure does not take the authorization away', async () => {
  const shop = await train();
  const release = await planned(rita);
  const { window } = await ask(release, 'board-train', { train: shop.id });
  await authorize(slipway, (await rita.get(`/v1/releases/${release.id}`).expect(200)).body);
  const [, after] = await departures(shop);
  expect(await ask(release, 'board-train', { train: shop.id, departure: after?.departure })).toMatchObject({
    state: 'Authorized',
  });
  const moved = await ask(release, 'reschedule', { window });
  expect(moved).toMatchObject({ state: 'Authorized', window });
  expect(moved).not.toHaveProperty('aboard');
});

test('nobody boards where nothing departs', async () => {
  const [shop, release] = [await train(), await drafted(rita)];
  const refused = async (body: object, status = 409) => (await ask(release, 'board-train', body, status)).code;
  expect(await refused({ train: shop.id, departure: '2027-01-01T00:00:00Z' })).toBe('no-such-departure');
  expect(await refused({ train: shop.id, departure: '2026-03-03T19:00:00Z' })).toBe('departed');
  expect(await refused({ train: 'TRAIN-999999' }, 404)).toBe('not-found');
  expect(await refused({ train: release.id }, 404)).toBe('not-found');
  expect((await ask(release, 'schedule', { targets }, 409)).code).toBe('no-window');
  await rita.post(`/v1/release-trains/${shop.id}/retire`, { reason: 'Ann drives no more' }).expect(200);
  expect(await refused({ train: shop.id })).toBe('train-retired');
  expect(await departures(shop)).toEqual([]);
});

test('a train is a record: described, found, given another cadence, retired', async () => {
  const shop = await train({ description: 'Ann drives it' });
  await rita.patch(`/v1/release-trains/${shop.number}`, { labels: ['shop'], title: 'The shop train' }).expect(200);
  const weekly = { ...cadence, rrule: 'FREQ=WEEKLY;BYDAY=TU' };
  const changed = await rita
    .post(`/v1/release-trains/${shop.id}/change-cadence`, { cadence: weekly, reason: 'audits are quick now' })
    .expect(200);
  expect(changed.body).toMatchObject({ title: 'The shop train', description: 'Ann drives it', cadence: weekly });
  const afterEvent = changed.headers['slipway-event'] as string;
  const found = await viewer
    .get('/v1/release-trains')
    .query({ label: 'shop', q: 'shop train', afterEvent })
    .expect(200);
  expect(found.body.items).toMatchObject([{ id: shop.id, number: shop.number, state: 'Running', cadence: weekly }]);
  const retired = await rita.post(`/v1/release-trains/${shop.id}/retire`, { reason: 'Ann left' }).expect(200);
  expect(retired.body).toMatchObject({ state: 'Retired', reason: 'Ann left' });
  const again = await rita.post(`/v1/release-trains/${shop.id}/change-cadence`, { cadence }).expect(409);
  expect(again.body.code).toBe('train-retired');
  expect(JSON.stringify(await slipway.events(`releaseTrain-${shop.id}`))).not.toContain('Ann');
  const { body: page } = await viewer.get('/v1/release-trains').query({ pageSize: 1 }).expect(200);
  expect(page.items).toHaveLength(1);
  await viewer.get('/v1/release-trains').query({ pageSize: 1, pageToken: page.nextPageToken }).expect(200);
});

test.each([
  ['/cadence/rrule', { rrule: 'FREQ=SECONDLY' }],
  ['/cadence/rrule', { rrule: 'FREQ=DAILY;BYHOUR=1' }],
  ['/cadence/rrule', { rrule: 'FREQ=WEEKLY\nEXDATE:20260303T200000' }],
  ['/cadence/rrule', { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }],
  ['/cadence/timeZone', { timeZone: 'Mars/Phobos' }],
  ['/cadence/start', { start: '2026-02-30T20:00' }],
  ['/cadence/durationMinutes', { durationMinutes: 0 }],
])('%s that cannot be followed is refused: %j', async (pointer, wrong) => {
  const { body } = await rita.post('/v1/release-trains', { title: 'T', cadence: { ...cadence, ...wrong } }).expect(400);
  expect(body).toMatchObject({ code: 'invalid-fields', errors: [{ pointer }] });
});
