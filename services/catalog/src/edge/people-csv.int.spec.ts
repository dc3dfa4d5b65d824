import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../module.ts';

let slipway: TestService;
let admin: Client;

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
});
afterAll(() => slipway.stop());

const CSV = `name,email,accounts,kind,leavesOn
Ann Example,ann@example.org,github:ann gitlab:ann,,2030-12-31
"Doe, Bo",bo@example.org,,person,
Pipeline,,sub:pipeline,service-account,
`;
const imported = async (csv: string, query = '') =>
  (await admin.post(`/v1/people/import${query}`, { csv }).expect(200)).body.records;
const outcomesOf = (records: readonly Readonly<{ outcome: string; code?: string }>[]) =>
  records.map(({ outcome, code }) => code ?? outcome);

test('a list of people is imported: first shown, then done, then nothing is left to do', async () => {
  expect(outcomesOf(await imported(CSV, '?dryRun=true'))).toEqual(['added', 'added', 'added']);
  await admin.get('/v1/people/ann@example.org').expect(404);
  expect(outcomesOf(await imported(CSV))).toEqual(['added', 'added', 'added']);
  expect(outcomesOf(await imported(CSV))).toEqual(['unchanged', 'unchanged', 'unchanged']);
  expect((await admin.get('/v1/people/gitlab:ann').expect(200)).body).toMatchObject({
    name: 'Ann Example',
    email: 'ann@example.org',
    leavesOn: '2030-12-31',
  });
  expect((await admin.get('/v1/people/sub:pipeline').expect(200)).body.kind).toBe('service-account');
  expect((await admin.get('/v1/people/bo@example.org').expect(200)).body.name).toBe('Doe, Bo');
});

test('a line that is wrong is told by its number and stops no other', async () => {
  const records = await imported(
    'name,email,leavesOn\n,cy@example.org,\nDee,dee@example.org,2027-02-29\nEve,,\nFay,fay@example.org,2027-02-28\n',
  );
  expect(outcomesOf(records)).toEqual(['invalid-fields', 'invalid-fields', 'no-alias', 'added']);
  expect(records[1]).toMatchObject({ name: 'Dee', detail: expect.stringMatching(/^Line 3: leavesOn must be a day/) });
});

test.each([
  ['name,color\nAnn,red\n', 'There is no column color'],
  ['name\n"Ann', 'Line 2 has a quote'],
  ['name,email\nAnn\n', 'Line 2 has 1 fields'],
  [`name,email\n${'A,a@example.org\n'.repeat(1_001)}`, 'at most 1000'],
])('%j is refused as a whole', async (csv, why) => {
  const { body } = await admin.post('/v1/people/import', { csv }).expect(400);
  expect([body.code, body.detail]).toEqual(['invalid-csv', expect.stringContaining(why)]);
});

test('who only reads cannot import', async () => {
  const viewer = await slipway.as('vera@example.org', 'viewer');
  expect((await viewer.post('/v1/people/import', { csv: CSV }).expect(403)).body.permission).toBe('catalog:write');
});
