import { importedId } from '@slipway/records';
import { type Client, testService, type TestService } from '@slipway/service/testing';
import pg from 'pg';
import supertest from 'supertest';
import { environmentRegistered, idOfEnvironment, idOfService, serviceRegistered } from './catalog.example.ts';
import { incidentCorrelation } from './module.ts';

let slipway: TestService;
let ci: Client;
let ines: Client;

const production = idOfEnvironment('production');

beforeAll(async () => {
  slipway = await testService(incidentCorrelation);
  ci = await slipway.as('ci@example.org', 'integration');
  ines = await slipway.as('ines@example.org', 'incident-responder');
  await slipway.append('service', idOfService('checkout'), serviceRegistered('checkout', { aliases: ['PAGER1'] }));
  await slipway.append('environment', production, environmentRegistered('production', { tier: 'production' }));
  await slipway.caughtUp();
});
afterAll(() => slipway.stop());

const row = (key: string, other: object = {}) => ({
  key,
  title: 'Checkout answers with errors',
  severity: 'high',
  services: ['PAGER1'],
  detectedAt: '2025-03-02T20:20:00Z',
  mitigatedAt: '2025-03-02T20:50:00Z',
  resolvedAt: '2025-03-02T21:00:00Z',
  ...other,
});
const imported = async (...rows: readonly object[]) =>
  (
    await supertest(slipway.url)
      .post('/v1/incidents/import?system=pagerduty')
      .set({ authorization: `Bearer ${ci.token}`, 'content-type': 'application/x-ndjson' })
      .serialize(each => each as string)
      .send(rows.map(each => JSON.stringify(each)).join('\n'))
      .expect(200)
  ).body as { imported: number; rows: { outcome: string; code?: string; contradictions?: string[] }[] };
const idOf = (key: string): string => importedId('incident', 'pagerduty', key);
const deployment = (id: string, startedAt: string, finishedAt: string) =>
  slipway.append('deployment', id, {
    type: 'DeploymentImported',
    data: {
      origin: { system: 'github', key: id, batch: 'b1' },
      kind: 'planned',
      serviceId: idOfService('checkout'),
      environmentId: production,
      production: true,
      digests: [],
      commits: [],
      startedAt,
      finishedAt,
      outcome: 'succeeded',
      occurredAt: finishedAt,
    },
  });
type Candidates = { candidates: { deploymentId: string; verdict: string }[]; causes: { deploymentId?: string }[] };
const candidatesOf = async (key: string): Promise<Candidates> =>
  (await ines.get(`/v1/incidents/${idOf(key)}/candidates`).expect(200)).body as Candidates;

test('an incident that was is one among others, and never open', async () => {
  const named = [{ kind: 'change', record: { system: 'servicenow', key: 'CHG0030002' } }];
  expect(await imported(row('P1', { causes: named, closedAt: '2025-03-03T09:00:00Z' }))).toMatchObject({ imported: 1 });
  await slipway.caughtUp();
  const { body } = await ines.get(`/v1/incidents/${idOf('P1')}`).expect(200);
  expect(body).toMatchObject({
    number: expect.stringMatching(/^INC-\d+$/) as string,
    state: 'Closed',
    detectedBy: 'import',
    detectedAt: '2025-03-02T20:20:00.000Z',
    impact: [{ startedAt: '2025-03-02T20:20:00.000Z', endedAt: '2025-03-02T20:50:00.000Z' }],
    imported: {
      system: 'pagerduty',
      key: 'P1',
      namedCauses: [{ kind: 'change', record: { id: importedId('change', 'servicenow', 'CHG0030002') } }],
    },
  });
  const { body: list } = await ines.get('/v1/incidents?ref=P1').expect(200);
  expect(list).toMatchObject({ items: [{ id: idOf('P1'), state: 'Closed' }] });
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl('incident-correlation'), max: 1 });
  const { rows } = await pool.query('SELECT FROM incident_correlation.known_incidents_v1 WHERE open');
  await pool.end();
  expect(rows).toEqual([]);
});

test('nothing but its causes is asked of it', async () => {
  await imported(row('P2', { mitigatedAt: undefined, resolvedAt: undefined }));
  for (const action of ['acknowledge', 'mitigate', 'resolve', 'close']) {
    const { body } = await ines.post(`/v1/incidents/${idOf('P2')}/${action}`, {}).expect(409);
    expect((body as { code: string }).code).toBe('record-imported');
  }
  await slipway.caughtUp();
  const types = (await slipway.events(`incident-${idOf('P2')}`)).map(({ type }) => type);
  expect(types).toEqual(['IncidentImported', 'CauseProposed']);
});

test('what was deployed before it may have caused it, whichever was imported first; what is long over may not', async () => {
  await deployment('early', '2025-04-01T10:00:00Z', '2025-04-01T10:10:00Z');
  await slipway.caughtUp();
  await imported(
    row('P3', { detectedAt: '2025-04-01T10:30:00Z' }),
    row('P4', { detectedAt: '2025-04-05T10:30:00Z' }),
    row('P5', { detectedAt: '2025-05-01T10:30:00Z' }),
  );
  await slipway.caughtUp();
  expect((await candidatesOf('P3')).candidates).toMatchObject([{ deploymentId: 'early', verdict: 'open' }]);
  expect((await candidatesOf('P4')).candidates).toEqual([]);
  expect((await candidatesOf('P5')).candidates).toEqual([]);
  await deployment('late', '2025-05-01T10:00:00Z', '2025-05-01T10:10:00Z');
  await slipway.caughtUp();
  await ci.post('/v1/incidents/correlate-imported', {}).expect(200);
  expect((await candidatesOf('P5')).candidates).toMatchObject([{ deploymentId: 'late' }]);
  const { body } = await ci.post('/v1/incidents/correlate-imported', {}).expect(200);
  expect((body as { proposed: number }).proposed).toBe(0);
});

test('the verdict of a person stands, whatever is imported later', async () => {
  const path = `/v1/incidents/${idOf('P3')}`;
  await ines.post(`${path}/confirm-cause`, { kind: 'external', primary: true }).expect(200);
  await deployment('later', '2025-04-01T10:20:00Z', '2025-04-01T10:25:00Z');
  await slipway.caughtUp();
  await ci.post('/v1/incidents/correlate-imported', {}).expect(200);
  const { causes, candidates } = await candidatesOf('P3');
  expect(causes).toMatchObject([{ kind: 'external' }]);
  expect(candidates.map(({ deploymentId }) => deploymentId)).toEqual(['early']);
});

test('an alert of today is not attached to an incident of history', async () => {
  const { body } = await ines.get(`/v1/incidents/${idOf('P2')}`).expect(200);
  expect(body).toMatchObject({ alerts: [], acknowledgementOverdue: false, state: 'Detected' });
});

test('what contradicts itself is kept and named, what nobody knows is refused', async () => {
  const { rows } = await imported(
    row('P6', { resolvedAt: '2025-03-02T20:00:00Z', impactStartedAt: '2025-03-02T20:30:00Z' }),
    row('P7', { services: [] }),
    row('P8', { services: ['nobody'] }),
    row('P9', { severity: 'SEV-1' }),
  );
  expect(rows).toMatchObject([
    {
      outcome: 'imported',
      contradictions: ['resolved-before-detected', 'detected-before-impact', 'resolved-before-mitigated'],
    },
    { code: 'invalid-fields' },
    { code: 'unknown-service' },
    { code: 'invalid-fields' },
  ]);
});
