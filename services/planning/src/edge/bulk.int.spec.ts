import type { Message } from '@slipway/event-sourcing';
import { drafted, inUtc, planned, type Shown, type Stage, stage } from '../planning.example.ts';

let { slipway, rita, viewer }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita, viewer } = await stage());
});
afterAll(() => slipway.stop());

const bulk = (body: object, key: string = crypto.randomUUID()) =>
  rita.post('/v1/releases/bulk', body).set('Idempotency-Key', key);
const eventsOf = async ({ id }: Shown) => (await slipway.events(`release-${id}`)) as readonly Recorded[];
type Recorded = Message & Readonly<{ correlationId: string }>;

test('many releases are held by one request: each says what became of it, and all of it has one trail', async () => {
  const [one, two, over] = [await drafted(rita), await planned(rita), await drafted(rita)];
  await rita.post(`/v1/releases/${two.id}/hold`, { reason: 'before' }).expect(200);
  await rita.post(`/v1/releases/${over.id}/cancel`, { reason: 'no' }).expect(200);
  const releases = [one.number, two.id, over.id, 'REL-999999', crypto.randomUUID(), one.id];
  const { body, headers } = await bulk({ move: 'hold', releases, reason: 'Ann is away' }, 'hold').expect(200);
  expect(body.results).toMatchObject([
    { release: one.number, outcome: 'done', id: one.id, version: 2, state: 'Draft', event: expect.any(String) },
    { release: two.id, outcome: 'unchanged', state: 'Planned' },
    { release: over.id, outcome: 'refused', code: 'release-over' },
    { release: 'REL-999999', outcome: 'refused', code: 'not-found' },
    { outcome: 'refused', code: 'not-found' },
    { release: one.id, outcome: 'refused', code: 'named-twice' },
  ]);
  expect(headers).not.toHaveProperty('etag');
  const [held] = (await eventsOf(one)).slice(-1);
  expect(held).toMatchObject({ type: 'ReleaseHeld', correlationId: body.correlationId });
  expect(JSON.stringify(held)).not.toContain('Ann');
  expect((await rita.get(`/v1/releases/${one.id}`).expect(200)).body).toMatchObject({ reason: 'Ann is away' });
  const resumed = await bulk({ move: 'resume', releases: [one.id, two.id] }).expect(200);
  expect(resumed.body.results).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
  await bulk({ move: 'hold', releases, reason: 'Ann is away' }, 'hold').expect(200);
  expect((await eventsOf(one)).map(({ type }) => type)).toEqual(['ReleaseDrafted', 'ReleaseHeld', 'ReleaseResumed']);
});

test('windows move together, once for one key', async () => {
  const [one, two, draft] = [await planned(rita), await planned(rita), await drafted(rita)];
  const move = { move: 'reschedule', releases: [one.id, two.id, draft.id], minutes: 90 };
  const moved = { start: '2026-03-03T20:30:00.000Z', end: '2026-03-03T22:30:00.000Z' };
  const { body } = await bulk(move, 'later').expect(200);
  expect(body.results).toMatchObject([
    { outcome: 'done', window: moved },
    { outcome: 'done', window: moved },
    { outcome: 'refused', code: 'not-scheduled' },
  ]);
  expect((await bulk(move, 'later').expect(200)).body.results).toEqual(body.results);
  expect((await bulk({ ...move, minutes: -90 }).expect(200)).body.results[0]).toMatchObject({ window: inUtc });
});

test('two hundred at once', async () => {
  const releases = await Promise.all(Array.from({ length: 200 }, async () => (await drafted(rita)).id));
  const { body } = await bulk({ move: 'cancel', releases, reason: 'the quarter is over' }).expect(200);
  expect(body.results).toHaveLength(200);
  for (const result of body.results) expect(result).toMatchObject({ outcome: 'done', state: 'Canceled' });
});

test.each([
  ['/reason', { move: 'hold' }],
  ['/reason', { move: 'cancel' }],
  ['/minutes', { move: 'reschedule' }],
  ['/minutes', { move: 'reschedule', minutes: 0 }],
  ['/minutes', { move: 'reschedule', minutes: 1e9 }],
  ['/move', { move: 'close' }],
  ['/releases', { move: 'resume', releases: [] }],
  ['/releases', { move: 'resume', releases: Array.from({ length: 201 }, (_, nth) => `REL-${nth + 1}`) }],
])('what is missing or too much is refused: %s', async (pointer, body) => {
  const refused = await bulk({ releases: ['REL-1'], ...body }).expect(400);
  expect(refused.body).toMatchObject({ code: 'invalid-fields', errors: [{ pointer }] });
});

test('who may not write moves nothing', () =>
  viewer.post('/v1/releases/bulk', { move: 'resume', releases: ['REL-1'] }).expect(403));
