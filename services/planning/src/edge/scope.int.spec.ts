import { drafted, planned, type Stage, stage } from '../planning.example.ts';

let { slipway, rita }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita } = await stage());
});
afterAll(() => slipway.stop());

const invoice = { key: 'SHOP-1', kind: 'feature', title: 'Pay by invoice', priority: 'high', lifecycleStage: 'growth' };
const till = { kind: 'tech-debt', title: 'Old till', externalRef: { system: 'jira', key: 'ACME-7' } };

test('a planning tool states the scope as often as it likes, and hears what became of each item', async () => {
  const { id } = await drafted(rita);
  const change = (body: object, key: string = crypto.randomUUID()) =>
    rita.post(`/v1/releases/${id}/change-scope`, body).set('Idempotency-Key', key).expect(200);
  const first = await change({ items: [invoice, till, { ...invoice, title: 'Twice' }], remove: ['SHOP-9'] }, 'once');
  expect(first.body.results).toEqual([
    { key: 'SHOP-1', outcome: 'added' },
    { key: 'ACME-7', outcome: 'added' },
    { key: 'SHOP-1', outcome: 'refused', code: 'stated-twice' },
    { key: 'SHOP-9', outcome: 'refused', code: 'scope-item-not-found' },
  ]);
  const second = await change({ items: [invoice, { ...till, title: 'Tills' }] });
  expect(second.body.results).toEqual([
    { key: 'SHOP-1', outcome: 'unchanged' },
    { key: 'ACME-7', outcome: 'changed' },
  ]);
  expect(second.body).toMatchObject({ version: 3, contentDigest: first.body.contentDigest });
  const again = await change({ items: [invoice, till, { ...invoice, title: 'Twice' }], remove: ['SHOP-9'] }, 'once');
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.body).toEqual(first.body);
  const { body } = await rita.get(`/v1/releases/${id}`).expect(200);
  expect(body).toMatchObject({ scope: [invoice, { ...till, key: 'ACME-7', title: 'Tills' }], debtRatio: 0.5 });
  const found = await rita.get(`/v1/releases?ref=ACME-7&afterEvent=${second.headers['slipway-event']}`).expect(200);
  expect(found.body.items).toMatchObject([{ id, scope: expect.arrayContaining(['SHOP-1', 'ACME-7']) }]);
});

test('five hundred at once', async () => {
  const { id } = await drafted(rita);
  const items = Array.from({ length: 500 }, (_, nth) => ({
    ...till,
    externalRef: { system: 'jira', key: `A-${nth}` },
  }));
  const { body } = await rita.post(`/v1/releases/${id}/change-scope`, { items }).expect(200);
  expect(body.results).toHaveLength(500);
  expect((await rita.get(`/v1/releases/${id}`).expect(200)).body.scope).toHaveLength(500);
});

test.each([
  ['nothing', {}],
  ['an item without a name', { items: [{ kind: 'fix', title: 'What?' }] }],
  ['a kind that is none', { items: [{ ...invoice, kind: 'chore' }] }],
  ['a priority that is none', { items: [{ ...invoice, priority: 'urgent' }] }],
  ['too many', { items: Array.from({ length: 501 }, (_, nth) => ({ ...invoice, key: `S-${nth}` })) }],
])('%s is no scope', async (_, body) => {
  const { id } = await drafted(rita);
  expect((await rita.post(`/v1/releases/${id}/change-scope`, body).expect(400)).body.code).toBe('invalid-fields');
  expect(await slipway.events(`release-${id}`)).toHaveLength(1);
});

test('a trade-off is recorded with its reason, and the next release takes the items over', async () => {
  const release = await planned(rita);
  const next = await drafted(rita, 'Checkout 2.5');
  await rita.post(`/v1/releases/${release.id}/change-scope`, { items: [invoice, till] }).expect(200);
  const tradeOff = { keys: ['SHOP-1'], toRelease: next.number, reason: 'Ann has no time' };
  const decide = () =>
    rita.post(`/v1/releases/${release.id}/trade-off-scope`, tradeOff).set('Idempotency-Key', 'trade').expect(200);
  const { body } = await decide();
  const again = await decide();
  expect([again.body, again.headers['idempotency-replayed']]).toEqual([body, 'true']);
  expect(body).toMatchObject({
    scope: [{ key: 'ACME-7' }],
    tradeOffs: [{ items: [invoice], toReleaseId: next.id, reason: 'Ann has no time', by: body.owner }],
  });
  expect((await rita.get(`/v1/releases/${next.id}`).expect(200)).body.scope).toEqual([invoice]);
  expect(JSON.stringify(await slipway.events(`release-${release.id}`))).not.toContain('Ann has');
});

test('a trade-off that cannot be is none', async () => {
  const { id } = await drafted(rita);
  const over = await drafted(rita);
  await rita.post(`/v1/releases/${over.id}/cancel`, { reason: 'no' }).expect(200);
  await rita.post(`/v1/releases/${id}/change-scope`, { items: [invoice] }).expect(200);
  const refused = async (body: object, status: number) =>
    (await rita.post(`/v1/releases/${id}/trade-off-scope`, { reason: 'why', keys: ['SHOP-1'], ...body }).expect(status))
      .body.code;
  expect(await refused({ keys: ['SHOP-2'] }, 409)).toBe('scope-item-not-found');
  expect(await refused({ toRelease: id }, 422)).toBe('same-release');
  expect(await refused({ toRelease: over.id }, 409)).toBe('release-over');
  expect(await refused({ toRelease: crypto.randomUUID() }, 404)).toBe('not-found');
  expect((await rita.get(`/v1/releases/${id}`).expect(200)).body).toMatchObject({ scope: [invoice], tradeOffs: [] });
});
