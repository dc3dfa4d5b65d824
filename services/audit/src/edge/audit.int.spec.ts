import { type Fact, testService, type TestService } from '@slipway/service/testing';
import { PostgresEventStore } from '@slipway/event-store';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { audit } from '../module.ts';
import type { EntryDto, TrailDto } from './audit.dto.ts';

const SERVICE = '1f7d6f0e-3c52-8a41-9d0b-6f2f6c1f0a11';
const ANN = 'person-0198c1a0-1000-7000-8000-000000000001';
const target = { serviceId: SERVICE, environmentId: 'production', wave: 1 };
const fact = (type: string, data: object = {}): Fact => ({ type, data });

let slipway: TestService;
/** The store, as the role of another service. */
const as = async <Result>(
  service: string,
  work: (store: PostgresEventStore, pool: pg.Pool) => Promise<Result>,
): Promise<Result> => {
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl(service), max: 1 });
  try {
    return await work(new PostgresEventStore(pool), pool);
  } finally {
    await pool.end();
  }
};
let raul: Awaited<ReturnType<TestService['as']>>;

const requested = (release: string, change: string, more: object = {}): Fact =>
  fact('DeploymentRequested', {
    kind: 'planned',
    target,
    production: true,
    digests: [],
    deployer: ANN,
    changeId: change,
    releaseId: release,
    ...more,
  });

// Two releases of one service, one after the other; the second one breaks it and is rolled back.
beforeAll(async () => {
  slipway = await testService(audit);
  raul = await slipway.as('raul@example.org', 'auditor');
  const { service } = slipway.host.running[0]!;
  const sealed = await service.seal('deployment-d2', 'Ann saw errors');
  await slipway.append('service', SERVICE, fact('ServiceRegistered', { name: 'checkout' }));
  for (const n of ['1', '2']) {
    await as('planning', store => store.number(`release-r${n}`, 'REL'));
    await slipway.append('release', `r${n}`, fact('ReleaseDrafted', { title: `=Checkout ${n}`, owner: ANN }));
    await slipway.append(
      'change',
      `c${n}`,
      fact('ChangeRaised', { releaseIds: [`r${n}`], serviceIds: [SERVICE], requester: ANN }),
    );
    await slipway.append('release', `r${n}`, fact('ReleaseAuthorized', { changeIds: [`c${n}`] }));
    await slipway.append('deployment', `d${n}`, requested(`r${n}`, `c${n}`));
    await slipway.append(
      'target',
      't',
      fact('TargetOccupied', { deploymentId: `d${n}`, serviceId: SERVICE, environmentId: 'production' }),
    );
  }
  await slipway.append('deployment', 'd2', fact('DeploymentFailed', { reason: sealed }));
  await slipway.append('alert', 'a1', fact('AlertReported', { name: 'CheckoutErrors' }));
  await slipway.append('incident', 'i1', fact('IncidentDetected', { serviceIds: [SERVICE], title: 'down' }));
  await slipway.append('alert', 'a1', fact('AlertMatched', { incidentId: 'i1', serviceIds: [SERVICE] }));
  await slipway.append(
    'incident',
    'i1',
    fact('CauseProposed', {
      candidates: [
        { deploymentId: 'd2', changeId: 'c2' },
        { deploymentId: 'd1', changeId: 'c1' },
      ],
    }),
    fact('CauseConfirmed', { kind: 'deployment', deploymentId: 'd2', primary: true, onBehalfOf: ANN }),
  );
  await slipway.append('deployment', 'd3', requested('r1', 'c2', { kind: 'rollback', undoes: 'd2' }));
  await slipway.append('deployment', 'd2', fact('RollbackStarted', { rollbackDeploymentId: 'd3', cause: 'fault' }));
  await slipway.append('incident', 'i1', fact('IncidentMitigated', { deploymentId: 'd3' }));
  await slipway.append('release', 'r3', fact('ReleaseDrafted', { title: 'Another', owner: ANN }));
  await slipway.caughtUp();
});
afterAll(() => slipway.stop());

const trail = async (record: string): Promise<TrailDto> =>
  (await raul.get(`/v1/audit/trail/${record}?pageSize=200`).expect(200)).body as TrailDto;
const streams = ({ records }: TrailDto) => records.map(({ stream }) => stream);
const said = ({ items }: { items: EntryDto[] }) => items.map(({ stream, type }) => `${stream} ${type}`);

test('the trail of a release holds all that came of it, in log order, and nothing of another release', async () => {
  const second = await trail('REL-2');
  expect(second.record).toEqual({ stream: 'release-r2', number: 'REL-2' });
  expect(streams(second)).toEqual([
    'alert-a1',
    'change-c2',
    'deployment-d2',
    'deployment-d3',
    'incident-i1',
    'release-r2',
  ]);
  expect(said(second)).toEqual([
    'release-r2 ReleaseDrafted',
    'change-c2 ChangeRaised',
    'release-r2 ReleaseAuthorized',
    'deployment-d2 DeploymentRequested',
    'target-t TargetOccupied',
    'deployment-d2 DeploymentFailed',
    'alert-a1 AlertReported',
    'incident-i1 IncidentDetected',
    'alert-a1 AlertMatched',
    'incident-i1 CauseProposed',
    'incident-i1 CauseConfirmed',
    'deployment-d3 DeploymentRequested',
    'deployment-d2 RollbackStarted',
    'incident-i1 IncidentMitigated',
  ]);
  const positions = second.items.map(({ position }) => position);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(streams(await trail('r3'))).toEqual(['release-r3']);
});

test('each entry says who, on whose behalf, what, when it happened and was recorded, under which change, at which position', async () => {
  const { items } = await trail('release-r2');
  expect(items.find(({ type }) => type === 'CauseConfirmed')).toMatchObject({
    position: expect.any(Number),
    actor: expect.stringMatching(/^person-/),
    onBehalfOf: ANN,
    occurredAt: expect.stringMatching(/Z$/),
    recordedAt: expect.stringMatching(/Z$/),
    source: 'rest',
    data: { kind: 'deployment', deploymentId: 'd2', primary: true },
    refersTo: ['deployment-d2'],
  });
  const under = Object.fromEntries(items.map(({ type, stream, changes }) => [`${stream} ${type}`, changes]));
  expect(under).toMatchObject({
    'release-r2 ReleaseDrafted': ['change-c2'],
    'change-c2 ChangeRaised': ['change-c2'],
    'deployment-d2 DeploymentFailed': ['change-c2'],
    'target-t TargetOccupied': ['change-c2'],
    'alert-a1 AlertReported': [],
  });
});

test('sealed texts are opened for whoever may read the audit, and null once erased', async () => {
  const failed = async () => (await trail('d2')).items.find(({ type }) => type === 'DeploymentFailed')?.data;
  expect(await failed()).toEqual({ reason: 'Ann saw errors' });
  await as('catalog', (_, pool) => pool.query("SELECT directory.erase('deployment-d2')"));
  expect(await failed()).toEqual({ reason: null });
});

test('CSV says the same, and a title that looks like a formula is harmless', async () => {
  const csv = await raul.get('/v1/audit/trail/REL-2').set('Accept', 'text/csv').expect(200);
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
  const [names, ...lines] = csv.text.split('\r\n');
  expect(names).toBe(
    'position,number,stream,version,type,actor,onBehalfOf,occurredAt,recordedAt,source,changes,causationId,correlationId,event,data',
  );
  expect(lines.filter(line => line !== '')).toHaveLength((await trail('REL-2')).items.length);
  expect(csv.text).not.toMatch(/(^|,)"?[=+@]/m);
  const asked = await raul.get('/v1/audit/trail/REL-2?format=csv').expect(200);
  expect(asked.text).toBe(csv.text);
});

test('page by page it is the same trail, also while the log grows', async () => {
  const whole = await trail('REL-2');
  const items: EntryDto[] = [];
  for (let token: string | undefined = ''; token !== undefined;) {
    const page = await raul.get(`/v1/audit/trail/REL-2?pageSize=5${token && `&pageToken=${token}`}`).expect(200);
    const body = page.body as TrailDto;
    items.push(...body.items);
    token = body.nextPageToken;
    if (items.length === 5) {
      await slipway.append('incident', 'i1', fact('IncidentAcknowledged'));
      await slipway.caughtUp();
    }
  }
  expect(items).toEqual(whole.items);
  const first = await raul.get('/v1/audit/trail/REL-2?pageSize=5&format=csv').expect(200);
  expect(first.headers['link']).toMatch(
    /^<\/v1\/audit\/trail\/REL-2\?pageSize=5&format=csv&pageToken=[^>]+>; rel="next"$/,
  );
});

test('what one event caused in another record is in its trail', async () => {
  const [cause] = await slipway.host.running[0]!.service.store.read('release-r3').then(({ events }) => events);
  const stamp = {
    actor: 'process-x',
    issuer: 'slipway',
    occurredAt: '2026-03-02T09:00:00Z',
    recordedAt: '2026-03-02T09:00:00Z',
    source: 'process',
  };
  const envelope = { correlationId: 'x', causationId: cause!.id };
  const events = [{ type: 'ChangeHeld', data: stamp, id: uuidv7(), envelope }];
  await as('change-approval', store => store.append([{ stream: 'change-c3', expect: 'no-stream', events }]));
  // That a deployment made somebody think again about an incident does not make it a part of it.
  const thought = [{ ...events[0]!, type: 'CauseProposed', data: { ...stamp, candidates: [] }, id: uuidv7() }];
  await as('incident-correlation', store =>
    store.append([{ stream: 'incident-i2', expect: 'no-stream', events: thought }]),
  );
  await slipway.caughtUp();
  expect(streams(await trail('r3'))).toEqual(['change-c3', 'release-r3']);
  expect(streams(await trail('c3'))).toEqual(['change-c3', 'release-r3']);
});

test('events are found by record, type, actor, time and position', async () => {
  const events = async (query: string) =>
    (await raul.get(`/v1/audit/events?pageSize=200&${query}`).expect(200)).body as { items: EntryDto[] };
  expect(said(await events('stream=REL-1'))).toEqual(['release-r1 ReleaseDrafted', 'release-r1 ReleaseAuthorized']);
  expect(said(await events('type=TargetOccupied'))).toHaveLength(2);
  const ofProcess = ['change-c3 ChangeHeld', 'incident-i2 CauseProposed'];
  expect(said(await events('actor=process-x'))).toEqual(ofProcess);
  expect(said(await events('to=2026-03-03T00:00:00Z'))).toEqual(ofProcess);
  const { items } = await events('afterPosition=3');
  expect(items[0]?.position).toBe(4);
});

test('nobody reads it without the permission, and what is not there is not found', async () => {
  const vera = await slipway.as('vera@example.org', 'viewer');
  const refused = await vera.get('/v1/audit/trail/REL-2').expect(403);
  expect(JSON.stringify(refused.body)).toContain('audit:read');
  await raul.get('/v1/audit/trail/REL-99').expect(404);
  await raul.get('/v1/audit/trail/nothing').expect(404);
});
