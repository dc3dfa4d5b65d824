import 'reflect-metadata';
import type { Client } from '@slipway/service/testing';
import { type Fixture, startFixture } from './fixture.ts';

let fixture: Fixture;
let rita: Client;
let ada: Client;

beforeAll(async () => {
  fixture = await startFixture();
  rita = await fixture.person('rita', ['release-manager']);
  ada = await fixture.slipway.as('ada@example.org', 'administrator');
});
afterAll(() => fixture.stop());

const slot = { slot: 'owners', role: 'change-approver', concern: 'business', count: 1 };
const slots = { standard: [], normal: [slot], emergency: [slot] };

test('the policy is built in until one is adopted, and is replaced only by who saw it', async () => {
  const before = await rita.get('/v1/policies/approval').expect(200);
  expect(before.body).toMatchObject({ policyVersion: '1', slots: { normal: [{ role: 'change-approver', count: 2 }] } });
  await rita.put('/v1/policies/approval', { slots }).expect(403);
  expect((await ada.put('/v1/policies/approval', { slots }).expect(428)).body.code).toBe('if-match-required');
  const replacing = (etag: string) => ada.put('/v1/policies/approval', { slots }).set('If-Match', etag);
  expect((await replacing('"7"').expect(412)).body.code).toBe('stale-version');
  expect((await replacing(String(before.headers['etag'])).expect(200)).body).toMatchObject({
    policyVersion: '2',
    slots,
  });
  expect((await rita.get('/v1/policies/approval').expect(200)).body).toMatchObject({
    policyVersion: '2',
    adoptedAt: expect.any(String),
  });
});

test('the next round of approvals follows it', async () => {
  const change = await fixture.changeOf(rita, await fixture.release());
  expect(change).toMatchObject({ slots: [{ slot: 'owners', count: 1, policyVersion: '2' }] });
});

test.each([
  ['policy-without-approval', { ...slots, normal: [] }, 409],
  ['slot-named-twice', { ...slots, standard: [slot, slot] }, 409],
  ['invalid-fields', { ...slots, normal: [{ ...slot, count: 0 }] }, 400],
  ['invalid-fields', { normal: [slot] }, 400],
])('is refused with %s', async (code, flawed, status) => {
  const { headers } = await ada.get('/v1/policies/approval').expect(200);
  const { body } = await ada
    .put('/v1/policies/approval', { slots: flawed })
    .set('If-Match', String(headers['etag']))
    .expect(status);
  expect(body.code).toBe(code);
});
