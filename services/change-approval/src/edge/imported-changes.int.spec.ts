import 'reflect-metadata';
import { importedId } from '@slipway/records';
import type { Client } from '@slipway/service/testing';
import supertest from 'supertest';
import { CHECKOUT, digest, type Fixture, PRODUCTION, startFixture } from './fixture.ts';

let fixture: Fixture;
let rita: Client;
let ci: Client;

beforeAll(async () => {
  fixture = await startFixture();
  rita = await fixture.person('rita', ['release-manager', 'change-approver']);
  ci = await fixture.slipway.as('ci@example.org', 'integration');
  await fixture.slipway.caughtUp();
});
afterAll(() => fixture.stop());

const row = (key: string, other: object = {}) => ({
  key,
  title: 'Checkout 2.4',
  model: 'normal',
  services: ['checkout'],
  environments: ['production'],
  requestedAt: '2025-02-24T09:00:00Z',
  authorizedAt: '2025-02-27T15:00:00Z',
  state: 'closed',
  closedAt: '2025-03-03T10:00:00Z',
  closeCode: 'successful',
  ...other,
});
const imported = async (...rows: readonly object[]) =>
  (
    await supertest(fixture.slipway.url)
      .post('/v1/changes/import?system=servicenow')
      .set({ authorization: `Bearer ${ci.token}`, 'content-type': 'application/x-ndjson' })
      .serialize(each => each as string)
      .send(rows.map(each => JSON.stringify(each)).join('\n'))
      .expect(200)
  ).body as { rows: { outcome: string; code?: string; contradictions?: string[] }[] };

test('a change that was has a list of its own', async () => {
  expect((await imported(row('CHG0030002'))).rows).toMatchObject([{ outcome: 'imported' }]);
  await fixture.slipway.caughtUp();
  const { body } = await rita.get('/v1/changes/imported?ref=CHG0030002&service=checkout').expect(200);
  expect(body).toMatchObject({
    items: [
      {
        id: importedId('change', 'servicenow', 'CHG0030002'),
        number: expect.stringMatching(/^CHG-\d+$/) as string,
        serviceIds: [CHECKOUT],
        environmentIds: [PRODUCTION],
        occurredAt: '2025-02-24T09:00:00.000Z',
        facts: { title: 'Checkout 2.4', closeCode: 'successful', breakGlass: false },
      },
    ],
  });
  const { body: live } = await rita.get('/v1/changes').expect(200);
  expect(live).toMatchObject({ items: [] });
  await rita.get(`/v1/changes/${importedId('change', 'servicenow', 'CHG0030002')}`).expect(404);
});

test('it authorizes nothing, and takes no verdict', async () => {
  const changeId = importedId('change', 'servicenow', 'CHG0030003');
  await imported(row('CHG0030003', { state: 'open', closedAt: undefined, closeCode: undefined }));
  await fixture.slipway.caughtUp();
  const { body } = await rita.post(`/v1/changes/${changeId}/approve`, { contentDigest: digest('a') }).expect(409);
  expect((body as { code: string }).code).toBe('record-imported');
  await fixture.slipway.append('deployment', 'd1', {
    type: 'DeploymentRequested',
    data: {
      kind: 'planned',
      target: { serviceId: CHECKOUT, environmentId: PRODUCTION, wave: 1 },
      production: true,
      digests: [digest('a')],
      deployer: await fixture.pseudonym('rita@example.org'),
      changeId,
    },
  });
  await fixture.slipway.caughtUp();
  const { body: decisions } = await rita.get('/v1/decisions').expect(200);
  expect(decisions).toMatchObject({ items: [{ deploymentId: 'd1', verdict: 'deny' }] });
  expect((await fixture.slipway.events(`change-${changeId}`)).map(({ type }) => type)).toEqual(['ChangeImported']);
});

test('rows that say too little or too much are explained', async () => {
  const { rows } = await imported(
    row('1', { requestedAt: undefined, authorizedAt: undefined, closedAt: undefined }),
    row('2', { model: 'tiny' }),
    row('3', { services: ['nobody'] }),
    row('4', { closeCode: 'fine' }),
    row('5', { authorizedAt: '2025-02-20T09:00:00Z' }),
  );
  expect(rows.map(({ code }) => code)).toEqual([
    'no-moment',
    'invalid-fields',
    'unknown-service',
    'invalid-fields',
    undefined,
  ]);
  expect(rows[4]?.contradictions).toEqual(['authorized-before-requested']);
});
