import { type Client, testService, type TestService } from '@slipway/service/testing';
import request from 'supertest';
import { environmentRegistered, idOfEnvironment, idOfService, serviceRegistered } from './catalog.example.ts';
import { incidentCorrelation } from './module.ts';

const TOKEN = 'alertmanager-token';
const [production, staging] = [idOfEnvironment('production'), idOfEnvironment('staging')];
const at = (time: string) => `2026-11-10T${time}:00.000Z`;

type Line = Readonly<{
  event: Readonly<{ id: string; type: string; stream: string; version: number; position: number }>;
  record: Readonly<{ category: string; id: string }>;
  occurredAt: string;
  facts: Readonly<Record<string, unknown>>;
}>;

let slipway: TestService;
let ines: Client;
let id: string;
let lines: readonly Line[];

const deploy = (name: string, service: string, time: string, environmentId = production) =>
  slipway.append(
    'deployment',
    name,
    {
      type: 'DeploymentRequested',
      data: {
        kind: 'planned',
        target: { serviceId: idOfService(service), environmentId, wave: 1 },
        production: environmentId === production,
        digests: [],
        deployer: 'person-00000000-0000-7000-8000-00000000000d',
      },
    },
    { type: 'DeploymentStarted', data: { occurredAt: at(time) } },
    { type: 'DeploymentFailed', data: { occurredAt: at(time), reason: 'sealed:v1:theirs' } },
  );
const timeline = async (query = '') => (await ines.get(`/v1/incidents/${id}/timeline?${query}`).expect(200)).body;

beforeAll(async () => {
  process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = TOKEN;
  slipway = await testService(incidentCorrelation);
  ines = await slipway.as('ines@example.org', 'incident-responder');
  const dependencies = [{ serviceId: idOfService('payment'), kind: 'service' }];
  await slipway.append('service', idOfService('checkout'), serviceRegistered('checkout', { dependencies }));
  await slipway.append('service', idOfService('payment'), serviceRegistered('payment'));
  await slipway.append('service', idOfService('search'), serviceRegistered('search'));
  await slipway.append('environment', production, environmentRegistered('production'));
  await deploy('upstream', 'payment', '08:30');
  await deploy('long-ago', 'checkout', '08:00');
  await deploy('stranger', 'search', '08:30');
  await deploy('in-staging', 'checkout', '08:30', staging);
  await slipway.append(
    'change',
    'c-1',
    {
      type: 'ChangeRaised',
      data: {
        title: 'Another pool',
        model: 'normal',
        requester: 'person-00000000-0000-7000-8000-00000000000d',
        releaseIds: [],
        serviceIds: [idOfService('checkout')],
        content: { scope: [], artifacts: [], targets: [] },
        contentDigest: `sha256:${'a'.repeat(64)}`,
        window: { start: at('08:00'), end: at('10:00') },
        commitAuthors: [],
        builders: [],
      },
    },
    { type: 'ChangeImplementationStarted', data: { occurredAt: at('08:20'), deploymentId: 'upstream' } },
  );
  const labels = { alertname: 'Errors', service: 'checkout', env: 'production' };
  await request(slipway.url)
    .post('/v1/incidents/hooks/alertmanager')
    .set('Authorization', `Bearer ${TOKEN}`)
    .send({ groupKey: 'g', alerts: [{ status: 'firing', fingerprint: 'f', startsAt: at('09:00'), labels }] })
    .expect(202);
  await slipway.caughtUp();
  ({ id } = (await ines.get('/v1/incidents?q=Errors').expect(200)).body.items[0]);
  await ines.post(`/v1/incidents/${id}/add-task`, { title: 'Look at the pool' }).expect(200);
  await ines.post(`/v1/incidents/${id}/mitigate`, { note: 'Ann scaled it' }).expect(200);
  await slipway.caughtUp();
  lines = (await timeline()).items;
});
afterAll(() => slipway.stop());

const typesOf = (category: string) =>
  lines.filter(({ record }) => record.category === category).map(({ event }) => event.type);

test('shows its own events with its tasks, its alerts, and deployments and changes in reach', () => {
  expect(typesOf('incident')).toEqual([
    'IncidentDetected',
    'AlertAttached',
    'CauseProposed',
    'IncidentTaskAdded',
    'IncidentMitigated',
  ]);
  expect(typesOf('alert')).toEqual(['AlertReported', 'AlertMatched']);
  expect(typesOf('change')).toEqual(['ChangeImplementationStarted']);
  expect(
    new Set(lines.filter(({ record }) => record.category === 'deployment').map(({ record }) => record.id)),
  ).toEqual(new Set(['upstream', 'long-ago']));
});

test('in the order in which it happened', () => {
  const instants = lines.map(({ occurredAt }) => Date.parse(occurredAt));
  expect(instants).toEqual(instants.toSorted((one, other) => one - other));
  expect(lines[0]).toMatchObject({ record: { category: 'deployment', id: 'long-ago' }, occurredAt: at('08:00') });
});

test('each line is traced to an event of the log, at its position', async () => {
  for (const { event } of lines) {
    const recorded = (await slipway.events(event.stream))[event.version - 1];
    expect(recorded).toMatchObject({ id: event.id, type: event.type });
  }
  expect(new Set(lines.map(({ event }) => event.position)).size).toBe(lines.length);
});

test('texts of the incident are opened, those of others stay with them', () => {
  const mitigated = lines.find(({ event }) => event.type === 'IncidentMitigated');
  expect(mitigated?.facts).toEqual({ note: 'Ann scaled it' });
  expect(JSON.stringify(lines)).not.toContain('sealed:');
});

test('page by page nothing is lost and nothing comes twice', async () => {
  const seen: Line[] = [];
  for (let token = ''; ;) {
    const page = await timeline(`pageSize=2${token && `&pageToken=${token}`}`);
    seen.push(...page.items);
    if (!page.nextPageToken) break;
    token = page.nextPageToken;
  }
  expect(seen).toEqual(lines);
  await ines.get('/v1/incidents/INC-999/timeline').expect(404);
});
