import { artifactOf, authorize, drafted, planned, type Shown, type Stage, stage } from '../planning.example.ts';

let { slipway, rita, viewer }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita, viewer } = await stage());
});
afterAll(() => slipway.stop());

const state = (release: Shown, needed: Shown, at = 'EarlyLifeSupport') =>
  rita.post(`/v1/releases/${release.id}/state-dependency`, { release: needed.number, state: at });
const blockers = async ({ number }: Shown) =>
  (await viewer.get(`/v1/releases/${number}/blockers`).expect(200)).body.items as { code: string; release?: object }[];

test('a release says which it waits for; both can be found by it', async () => {
  const [checkout, payments] = [await drafted(rita), await drafted(rita, 'Payments 7')];
  const stated = await state(checkout, payments).expect(200);
  expect(stated.body).toMatchObject({ dependencies: [{ releaseId: payments.id, state: 'EarlyLifeSupport' }] });
  const found = await viewer
    .get(`/v1/releases?needs=${payments.number}&afterEvent=${stated.headers['slipway-event']}`)
    .expect(200);
  expect(found.body.items).toMatchObject([{ id: checkout.id, needs: [payments.id] }]);
  const withdraw = { release: payments.id, reason: 'Ann has split them' };
  const { body } = await rita.post(`/v1/releases/${checkout.id}/withdraw-dependency`, withdraw).expect(200);
  expect(body).toMatchObject({ dependencies: [] });
  expect(JSON.stringify(await slipway.events(`release-${checkout.id}`))).not.toContain('Ann has');
});

test('a circle is refused, however long, and names its way', async () => {
  const [a, b, c] = [await drafted(rita, 'A'), await drafted(rita, 'B'), await drafted(rita, 'C')];
  await state(a, b).expect(200);
  await state(b, c).expect(200);
  const { body } = await state(c, a).expect(409);
  expect(body).toMatchObject({ code: 'dependency-cycle' });
  expect(body.detail).toContain(`${a.number} needs ${b.number} needs ${c.number}`);
  expect((await state(a, a).expect(409)).body.code).toBe('depends-on-itself');
  const nobody = { release: crypto.randomUUID(), state: 'Ready' };
  const lost = await rita.post(`/v1/releases/${a.id}/state-dependency`, nobody).expect(422);
  expect(lost.body.code).toBe('unknown-release');
  const unnumbered = { ...nobody, release: 'REL-999999' };
  const missed = await rita.post(`/v1/releases/${a.id}/state-dependency`, unnumbered).expect(422);
  expect(missed.body.code).toBe('unknown-release');
  await state(a, b, 'Draft').expect(400);
});

test('of two that would wait for each other from now on, one is refused', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [a, b] = [await drafted(rita, 'A'), await drafted(rita, 'B')];
    const answers = await Promise.all([state(a, b), state(b, a)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  }
});

test('what keeps a release from being deployed is listed, until nothing does', async () => {
  const [checkout, payments] = [await planned(rita), await planned(rita, 'Payments 7')];
  await state(checkout, payments, 'Ready').expect(200);
  await rita.post(`/v1/releases/${checkout.id}/hold`, { reason: 'wait' }).expect(200);
  expect((await blockers(checkout)).map(({ code }) => code)).toEqual([
    'no-rollback-plan',
    'not-authorized',
    'no-go',
    'release-held',
    'release-dependency-not-met',
  ]);
  expect((await blockers(checkout)).at(-1)?.release).toEqual({
    id: payments.id,
    number: payments.number,
    title: 'Payments 7',
    state: 'Planned',
    neededState: 'Ready',
  });
  const plan = { steps: 'switch back', backoutMinutes: 15 };
  const ready = async ({ id }: Shown) => {
    await rita.post(`/v1/releases/${id}/register-rollback-plan`, plan).expect(200);
    await authorize(slipway, (await rita.get(`/v1/releases/${id}`).expect(200)).body);
    await rita.post(`/v1/releases/${id}/go`).expect(200);
  };
  await rita.post(`/v1/releases/${checkout.id}/resume`).expect(200);
  await ready(checkout);
  expect((await blockers(checkout)).map(({ code }) => code)).toEqual(['release-dependency-not-met']);
  await ready(payments);
  expect(await blockers(checkout)).toEqual([]);
  await rita.post(`/v1/releases/${payments.id}/attach-artifact`, artifactOf('cart', 'c')).expect(200);
  expect(await blockers(checkout)).toHaveLength(1);
  await viewer.get(`/v1/releases/${crypto.randomUUID()}/blockers`).expect(404);
});
