import { type Client, type TestService, testService } from '@slipway/service/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { catalog } from '../module.ts';

let slipway: TestService;
let admin: Client;
let auditor: Client;

beforeEach(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  auditor = await slipway.as('aude@example.org', 'auditor');
});
afterEach(() => slipway.stop());

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
const registered = async (name: string, more: object = {}): Promise<string> => {
  const person = { name, email: `${name.toLowerCase()}@example.org`, ...more };
  return (await admin.post('/v1/people', person).expect(201)).body.pseudonym;
};
const granted = async (person: string, more: object = {}): Promise<{ id: string; grantedAt: string }> =>
  (await admin.post('/v1/role-grants', { person, role: 'deployer', ...more }).expect(201)).body;
const withKey = async (account: string, more: object = {}): Promise<string> => {
  const publicKey = await exportJWK((await generateKeyPair('Ed25519')).publicKey);
  const { body } = await admin.post(`/v1/people/${account}/keys`, { publicKey, label: 'l', ...more }).expect(201);
  return body.keys[0].kid;
};
const rights = async (query = '') => {
  await slipway.caughtUp();
  return (await auditor.get(`/v1/access-rights?${query}`).expect(200)).body.items;
};

test('who holds what, and what a reviewer would ask about', async () => {
  const ann = await registered('Ann');
  const bo = await registered('Bo');
  const cy = await registered('Cy');
  const ci = await registered('CI', { kind: 'service-account' });
  const { id } = await granted(ann, { to: inDays(400) });
  await granted(bo);
  await admin.put(`/v1/people/${bo}`, { name: 'Bo', email: 'bo@example.org', leavesOn: '2026-01-31' }).expect(200);
  const kid = await withKey(ci, { to: inDays(7) });
  const items = await rights();
  expect(items).toHaveLength(5);
  expect(items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ rightId: id, person: ann, personName: 'Ann', role: 'deployer', findings: [] }),
      expect.objectContaining({ person: bo, findings: ['leaver', 'without-end'] }),
      expect.objectContaining({ right: 'none', person: cy, findings: ['no-grant'] }),
      expect.objectContaining({ right: 'key', rightId: kid, person: ci, findings: ['ends-soon'] }),
      expect.objectContaining({ right: 'none', person: ci }),
    ]),
  );
  expect(await rights('finding=leaver')).toMatchObject([{ person: bo }]);
  expect(await rights('role=deployer&person=ann@example.org')).toMatchObject([{ rightId: id }]);
});

test('as it was at any instant before: what was revoked since was held then', async () => {
  const ann = await registered('Ann');
  const ci = await registered('CI', { kind: 'service-account' });
  const [over, lasting] = [await granted(ann, { to: inDays(1) }), await granted(ann, { role: 'viewer' })];
  const kid = await withKey(ci);
  await admin.post(`/v1/role-grants/${lasting.id}/revoke`, { reason: 'x' }).expect(200);
  await admin.post(`/v1/people/${ci}/keys/${kid}/revoke`, { reason: 'x' }).expect(200);
  const heldAt = async (at: string): Promise<string[]> =>
    (await rights(`at=${at}`)).flatMap(({ rightId }: { rightId?: string }) => rightId ?? []);
  expect(await heldAt(inDays(0))).toEqual([over.id]);
  expect(await heldAt(inDays(2))).toEqual([]);
  expect(await heldAt('2020-01-01T00:00:00Z')).toEqual([]);
  const { body: list } = await auditor.get(`/v1/people/${ci}/keys`).expect(200);
  expect(new Set(await heldAt(list.keys[0].addedAt))).toEqual(new Set([over.id, lasting.id, kid]));
  const roles = async (at: string) =>
    (await auditor.get(`/v1/role-grants?person=${ann}&at=${at}`).expect(200)).body.items.map(
      ({ id }: { id: string }) => id,
    );
  expect(await roles(inDays(0))).toEqual([over.id]);
  expect(await roles(inDays(2))).toEqual([]);
  expect(new Set(await roles(lasting.grantedAt))).toEqual(new Set([over.id, lasting.id]));
});

test('when an approval last relied on a grant', async () => {
  const { id } = await granted(await registered('Ann'));
  const approval = { slot: 's', approver: 'person-1', roleGrantId: id, contentDigest: `sha256:${'0'.repeat(64)}` };
  const occurredAt = '2026-03-01T09:00:00.000Z';
  await slipway.append('change', '1', { type: 'ApprovalGranted', data: { ...approval, occurredAt } });
  expect(await rights('person=ann@example.org')).toMatchObject([{ rightId: id, lastUsedAt: occurredAt }]);
});

test('the same as CSV; names are for those who may read them', async () => {
  const ann = await registered('Eve');
  await granted(ann, { actions: ['catalog:read', 'releases:read'] });
  await slipway.caughtUp();
  const { text, headers } = await auditor.get('/v1/access-rights?format=csv&person=eve@example.org').expect(200);
  const [names, line] = text.split('\r\n');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(names).toContain('right,rightId,person,personKind,personName,role,services');
  expect(line).toContain(`${ann},person,Eve,deployer,,,,,catalog:read releases:read`);
  expect((await auditor.get('/v1/access-rights').set('Accept', 'text/csv')).headers['content-type']).toContain('csv');
});

test('a review is open until each right is confirmed or revoked, and what is revoked is revoked', async () => {
  const ann = await registered('Ann');
  const ci = await registered('CI', { kind: 'service-account' });
  const [kept, gone] = [await granted(ann), await granted(ann, { role: 'viewer' })];
  const kid = await withKey(ci);
  await slipway.caughtUp();
  const opening = { title: 'Spring', dueOn: '2026-04-15', description: 'for the auditors' };
  const { body: review } = await admin.post('/v1/access-reviews', opening).expect(201);
  expect(review).toMatchObject({ number: 'ARV-1', state: 'Open', dueOn: '2026-04-15' });
  expect(review.rights).toHaveLength(3);
  expect(review.rights[0]).toMatchObject({ personName: 'Ann', role: 'deployer', decision: 'open' });
  const path = '/v1/access-reviews/ARV-1';
  await admin.post(`${path}/confirm`, { right: kept.id }).expect(200);
  await admin.post(`${path}/revoke`, { right: gone.id, reason: 'Ann moved to sales' }).expect(200);
  const again = await admin.post(`${path}/revoke`, { right: kept.id, reason: 'x' }).expect(409);
  expect(again.body.code).toBe('already-decided');
  const last = await admin.post(`${path}/revoke`, { right: kid, reason: 'not used' }).expect(200);
  expect(last.body).toMatchObject({ state: 'Completed' });
  expect((await admin.get(`/v1/role-grants/${gone.id}`)).body.revoked).toMatchObject({ reason: 'Ann moved to sales' });
  expect((await admin.get(`/v1/role-grants/${kept.id}`)).body).not.toHaveProperty('revoked');
  expect((await admin.get(`/v1/people/${ci}/keys`)).body.keys).toMatchObject([{ kid, state: 'revoked' }]);
  expect(JSON.stringify(await slipway.events(`accessReview-${review.id}`))).not.toContain('sales');
  await slipway.caughtUp();
  const { body: list } = await auditor.get('/v1/access-reviews?person=ann@example.org&state=completed').expect(200);
  expect(list.items).toMatchObject([{ number: 'ARV-1', rights: 3, confirmed: 1, revoked: 2 }]);
  expect((await auditor.get(path).expect(200)).body.rights[1]).toMatchObject({ reason: 'Ann moved to sales' });
});

test('what was revoked meanwhile is revoked in the review, too', async () => {
  const { id } = await granted(await registered('Ann'));
  await slipway.caughtUp();
  await admin.post('/v1/access-reviews', { title: 'T' }).expect(201);
  await admin.post(`/v1/role-grants/${id}/revoke`, { reason: 'x' }).expect(200);
  const { body } = await admin.post('/v1/access-reviews/ARV-1/revoke', { right: id, reason: 'gone' }).expect(200);
  expect(body).toMatchObject({ state: 'Completed', rights: [{ decision: 'revoked' }] });
});

test('nobody reviews his own access, and only administrators decide', async () => {
  const me = await registered('Admin');
  const { id } = await granted(me);
  await slipway.caughtUp();
  await admin.post('/v1/access-reviews', { title: 'T', person: 'admin@example.org' }).expect(201);
  const path = '/v1/access-reviews/ARV-1';
  expect((await admin.post(`${path}/confirm`, { right: id }).expect(409)).body.code).toBe('own-access');
  expect((await auditor.post(`${path}/confirm`, { right: id }).expect(403)).body.permission).toBe('catalog:write');
  expect((await admin.post(`${path}/confirm`, { right: 'other' }).expect(409)).body.code).toBe('not-in-review');
  const { body } = await admin.post(`${path}/cancel`, { reason: 'opened too early' }).expect(200);
  expect(body).toMatchObject({ state: 'Canceled', canceled: { reason: 'opened too early' } });
  expect((await admin.post(`${path}/confirm`, { right: id }).expect(409)).body.code).toBe('review-canceled');
});

test('nothing to review, nobody of that name, nobody who may: refused', async () => {
  expect((await admin.post('/v1/access-reviews', { title: 'T' }).expect(409)).body.code).toBe('nothing-to-review');
  const nobody = { title: 'T', person: 'nobody@example.org' };
  expect((await admin.post('/v1/access-reviews', nobody).expect(422)).body.code).toBe('unknown-person');
  const viewer = await slipway.as('vera@example.org', 'viewer');
  expect((await viewer.get('/v1/access-rights').expect(403)).body.permission).toBe('audit:read');
  expect((await viewer.get('/v1/access-reviews').expect(403)).body.permission).toBe('audit:read');
  await auditor.get('/v1/access-reviews/ARV-9').expect(404);
});
