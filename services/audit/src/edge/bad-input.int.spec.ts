import { testService, type TestService } from '@slipway/service/testing';
import { audit } from '../module.ts';

let slipway: TestService;
beforeAll(async () => {
  slipway = await testService(audit);
  await slipway.append('release', 'r1', { type: 'ReleaseDrafted', data: { title: 'Checkout' } });
  await slipway.caughtUp();
});
afterAll(() => slipway.stop());

const tokenOf = (...cursor: string[]): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

test.each([
  ['trail/a%00b', 400],
  ['trail/%F0%9F%92%A3', 404],
  ['trail/%ED%A0%80', 400],
  [`trail/${'x'.repeat(141)}`, 404],
  ['trail/r1?pageSize=0', 400],
  ['trail/r1?pageSize=201', 400],
  ['trail/r1?pageToken=nonsense', 400],
  [`trail/r1?pageToken=${tokenOf('Infinity', '1')}`, 400],
  [`trail/r1?pageToken=${tokenOf('1')}`, 400],
  [`trail/r1?pageToken=${tokenOf('1', '1.5')}`, 400],
  ['trail/r1?format=xml', 400],
  ['trail/r1?afterEvent=nonsense', 400],
  ['events?surplus=1', 400],
  ['events?stream=x', 400],
  ['events?actor=%00', 400],
  ['events?type=x%00', 400],
  ['events?from=2026-02-30T00:00:00Z', 400],
  ['events?from=0000-01-01T00:00:00Z', 400],
  ['events?afterPosition=99999999999999999999', 400],
])('%s is answered with %i', async (path, status) => {
  const raul = await slipway.as('raul@example.org', 'auditor');
  const { body } = await raul.get(`/v1/audit/${path}`).expect(status);
  expect(body).toMatchObject({ status, code: expect.stringMatching(/^[a-z-]+$/) as unknown });
});
