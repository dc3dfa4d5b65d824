import { derivedId } from '@slipway/canonical';
import { type Client, testService, type TestService } from '@slipway/service/testing';
import { environmentRegistered, idOfEnvironment, idOfService, serviceRegistered } from './catalog.example.ts';
import { incidentCorrelation } from './module.ts';

let slipway: TestService;
let ines: Client;

const [production, staging] = [idOfEnvironment('production'), idOfEnvironment('staging')];
const DAY = '2026-11-10';
const at = (time: string) => `${DAY}T${time}:00.000Z`;
const SHA = `sha256:${'a'.repeat(64)}`;
const DEPLOYER = 'person-00000000-0000-7000-8000-00000000000d';

const register = (name: string, ...dependencies: string[]) =>
  serviceRegistered(name, {
    dependencies: dependencies.map(each => ({ serviceId: idOfService(each), kind: 'service' })),
  });

beforeAll(async () => {
  slipway = await testService(incidentCorrelation);
  ines = await slipway.as('ines@example.org', 'incident-responder');
  await slipway.append('service', idOfService('frontend'), register('frontend', 'checkout'));
  await slipway.append('service', idOfService('checkout'), register('checkout', 'payment'));
  await slipway.append('service', idOfService('payment'), register('payment'));
  await slipway.append('environment', production, environmentRegistered('production', { tier: 'production' }));
  await slipway.append('environment', staging, environmentRegistered('staging', { tier: 'staging' }));
});
afterAll(() => slipway.stop());

const requested = (service: string, environmentId: string, changeId?: string) => ({
  type: 'DeploymentRequested',
  data: {
    kind: 'planned',
    target: { serviceId: idOfService(service), environmentId, wave: 1 },
    production: environmentId === production,
    digests: [SHA],
    version: '2.4.0',
    deployer: DEPLOYER,
    ...(changeId && { changeId }),
  },
});
const happened = (type: string, time: string, data: object = {}) => ({ type, data: { occurredAt: at(time), ...data } });
const deploy = (id: string, service: string, time: string, environmentId = production) =>
  slipway.append(
    'deployment',
    id,
    requested(service, environmentId, `change-of-${id}`),
    happened('DeploymentStarted', time),
    happened('TrafficTaken', time),
    happened('DeploymentFinished', time),
  );

const open = async (data: object = {}) =>
  (
    await ines
      .post('/v1/incidents', {
        title: 'Checkout fails',
        severity: 'high',
        services: ['checkout'],
        environment: 'production',
        ...data,
      })
      .expect(201)
  ).body;
const read = async (id: string) => (await ines.get(`/v1/incidents/${id}`).expect(200)).body;
const candidatesOf = async (id: string) => (await ines.get(`/v1/incidents/${id}/candidates`).expect(200)).body;
const idsOf = (record: { candidates: { deploymentId: string }[] }) => record.candidates.map(each => each.deploymentId);

describe('from open to closed', () => {
  let id: string;

  test('opened by hand, with its number and its free text for those who may read it', async () => {
    const incident = await open({
      major: true,
      impactStartedAt: '2026-11-10T10:00:00+01:00',
      description: 'Ann Example called',
    });
    ({ id } = incident);
    expect(incident).toMatchObject({
      number: expect.stringMatching(/^INC-\d+$/),
      version: 1,
      state: 'Detected',
      detectedBy: 'person',
      major: true,
      impactStartedAt: at('09:00'),
      serviceIds: [idOfService('checkout')],
      environmentId: production,
      description: 'Ann Example called',
    });
    expect(JSON.stringify(await slipway.events(`incident-${id}`))).not.toContain('Ann Example');
  });

  test('acknowledged, mitigated by a rollback, resolved, closed', async () => {
    await deploy('rollback-1', 'checkout', '12:00');
    await ines.post(`/v1/incidents/${id}/acknowledge`).expect(200);
    const { detectedAt } = await read(id);
    const mitigated = await ines
      .post(`/v1/incidents/${id}/mitigate`, {
        deployment: 'rollback-1',
        note: 'rolled back',
        occurredAt: new Date().toISOString(),
      })
      .expect(200);
    expect(mitigated.body).toMatchObject({ state: 'Mitigated', mitigatedBy: 'rollback-1' });
    await ines.post(`/v1/incidents/${id}/resolve`, { occurredAt: detectedAt }).expect(409, /before-detection/);
    await ines.post(`/v1/incidents/${id}/resolve`).expect(200);
    const { body, headers } = await ines.post(`/v1/incidents/${id}/close`).expect(200);
    expect(body).toMatchObject({ state: 'Closed', quiet: false });
    expect(headers['etag']).toBe(`"${body.version}"`);
    expect(body.timeline.map((line: { event: string }) => line.event)).toEqual(
      expect.arrayContaining([
        'IncidentDetected',
        'IncidentAcknowledged',
        'IncidentMitigated',
        'IncidentResolved',
        'IncidentClosed',
      ]),
    );
    expect(body.timeline.find((line: { event: string }) => line.event === 'IncidentMitigated')).toMatchObject({
      text: 'rolled back',
      deploymentId: 'rollback-1',
    });
  });

  test('refused with a code that says why', async () => {
    await ines.post(`/v1/incidents/${id}/reopen`, { reason: 'again' }).expect(409, /incident-closed/);
    const other = await open();
    await ines.post(`/v1/incidents/${other.id}/close`).expect(409, /incident-not-resolved/);
    await ines
      .post(`/v1/incidents/${other.id}/mitigate`, { occurredAt: '2999-01-01T00:00:00Z' })
      .expect(409, /in-the-future/);
    await ines
      .post(`/v1/incidents/${other.id}/mitigate`, { occurredAt: '2020-01-01T00:00:00Z' })
      .expect(409, /before-detection/);
    await ines.post(`/v1/incidents/${other.id}/mitigate`, { deployment: 'nothing' }).expect(422, /unknown-deployment/);
    await ines.post(`/v1/incidents/${other.id}/cancel`, { cause: 'duplicate' }).expect(409, /duplicate-of-missing/);
    await ines
      .post(`/v1/incidents/${other.id}/cancel`, { cause: 'duplicate', duplicateOf: other.number })
      .expect(409, /duplicate-of-itself/);
    await ines
      .post(`/v1/incidents/${other.id}/correct-impact-start`, { impactStartedAt: '2999-01-01T00:00:00Z', reason: 'x' })
      .expect(409, /in-the-future/);
    await ines
      .post(`/v1/incidents/${other.id}/confirm-cause`, { kind: 'change', change: 'CHG-9' })
      .expect(422, /unknown-change/);
    await ines.post(`/v1/incidents/${other.id}/acknowledge`, { why: 'x' }).expect(400, /invalid-fields/);
    await ines.post(`/v1/incidents/${derivedId('none')}/acknowledge`).expect(404, /not-found/);
    await ines.get('/v1/incidents/INC-999').expect(404);
    await ines
      .post('/v1/incidents', { title: 'x', severity: 'high', services: ['nobody'] })
      .expect(422, /unknown-service/);
    const { body } = await ines
      .post(`/v1/incidents/${other.id}/cancel`, { cause: 'duplicate', duplicateOf: id, note: 'the same' })
      .expect(200);
    expect(body).toMatchObject({
      state: 'Canceled',
      canceled: { cause: 'duplicate', duplicateOf: id, note: 'the same' },
    });
  });

  test('for whoever may', async () => {
    const viewer = await slipway.as('vera@example.org', 'viewer');
    await viewer.get(`/v1/incidents/${id}`).expect(200);
    await viewer.post(`/v1/incidents/${id}/acknowledge`).expect(403, /incidents:write/);
    await viewer.post(`/v1/incidents/alerts/${id}/bind`).expect(403);
  });

  test('reopened, its impact goes on', async () => {
    const again = await open({ title: 'Reopened' });
    await ines.post(`/v1/incidents/${again.id}/mitigate`).expect(200);
    const { body } = await ines.post(`/v1/incidents/${again.id}/reopen`, { reason: 'still slow' }).expect(200);
    expect(body).toMatchObject({ state: 'Detected' });
    expect(body).not.toHaveProperty('mitigatedAt');
    await ines.post(`/v1/incidents/${again.id}/cancel`, { cause: 'false-alarm' }).expect(200);
  });

  test('the same key and request give the first answer again', async () => {
    const send = () =>
      ines
        .post('/v1/incidents', { title: 'Once', severity: 'low', services: [] })
        .set('Idempotency-Key', 'once-1')
        .expect(201);
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  test('listed by state, severity, service, environment, time and words, after the event that is asked for', async () => {
    const { headers, body } = await ines
      .post('/v1/incidents', { title: 'Listed', severity: 'low', services: ['payment'] })
      .expect(201);
    const list = async (query: string) =>
      (await ines.get(`/v1/incidents?${query}&afterEvent=${headers['slipway-event']}`).expect(200)).body.items;
    expect(await list('service=payment')).toMatchObject([{ id: body.id, number: body.number, title: 'Listed' }]);
    expect((await list('state=Closed')).map((each: { id: string }) => each.id)).toEqual([id]);
    expect(await list(`q=${body.number}`)).toHaveLength(1);
    expect(await list('q=listed&severity=high')).toEqual([]);
    expect((await list('environment=production')).length).toBeGreaterThan(1);
    expect(await list(`from=${body.detectedAt}&service=payment`)).toHaveLength(1);
    expect(await list(`to=${body.detectedAt}&service=payment`)).toEqual([]);
    const page = await ines.get('/v1/incidents?pageSize=1').expect(200);
    const next = await ines.get(`/v1/incidents?pageSize=1&pageToken=${page.body.nextPageToken}`).expect(200);
    expect(next.body.items[0].id).not.toBe(page.body.items[0].id);
    const forged = Buffer.from('["yesterday","x"]').toString('base64url');
    await ines.get(`/v1/incidents?pageToken=${forged}`).expect(400, /invalid-page-token/);
  });
});

describe('candidates', () => {
  let id: string;

  beforeAll(async () => {
    await deploy('stranger', 'stranger', '18:50');
    await deploy('own', 'checkout', '18:30');
    await deploy('upstream', 'payment', '18:40');
    await deploy('downstream', 'frontend', '18:40');
    await deploy('in-staging', 'checkout', '18:55', staging);
    await deploy('afterwards', 'checkout', '19:05');
    ({ id } = await open({ impactStartedAt: at('19:00') }));
    await slipway.caughtUp();
  });

  test('are what was deployed before, in the same environment, by score, with reasons in words', async () => {
    const proposed = await candidatesOf(id);
    expect(proposed).toMatchObject({ scoringVersion: 'first/1', impactStartedAt: at('19:00') });
    expect(idsOf(proposed).slice(0, 3)).toEqual(['own', 'upstream', 'downstream']);
    expect(idsOf(proposed)).not.toEqual(expect.arrayContaining(['afterwards']));
    expect(idsOf(proposed)).not.toEqual(expect.arrayContaining(['in-staging']));
    expect(proposed.candidates[0]).toEqual({
      deploymentId: 'own',
      changeId: 'change-of-own',
      score: 56.6,
      verdict: 'open',
      reasons: [
        { reason: 'took-traffic', points: 20, detail: 'it took traffic 30 minutes before the impact' },
        { reason: 'started', points: 3.3, detail: 'it started 30 minutes before the impact' },
        { reason: 'finished', points: 3.3, detail: 'it finished 30 minutes before the impact' },
        { reason: 'same-service', points: 30, detail: 'it changed a service that is affected' },
      ],
    });
  });

  test('are proposed again when a deployment is told of late', async () => {
    await deploy('late', 'checkout', '18:59');
    await slipway.caughtUp();
    expect(idsOf(await candidatesOf(id)).slice(0, 2)).toEqual(['late', 'own']);
  });

  test('are proposed again when a verification fails after the impact', async () => {
    const failed = { type: 'VerificationFailed', data: { checks: ['smoke'], reason: 'sealed:v1:x' } };
    await slipway.append('deployment', 'upstream', failed);
    await slipway.caughtUp();
    const proposed = await candidatesOf(id);
    expect(idsOf(proposed).slice(0, 3)).toEqual(['upstream', 'late', 'own']);
    expect(proposed.candidates[0].reasons.at(-1)).toEqual({
      reason: 'verification-failed',
      points: 20,
      detail: 'its verification failed',
    });
  });

  test('are proposed again when the impact began earlier', async () => {
    await ines
      .post(`/v1/incidents/${id}/correct-impact-start`, { impactStartedAt: at('18:35'), reason: 'the graph says so' })
      .expect(200);
    await slipway.caughtUp();
    expect(idsOf(await candidatesOf(id))[0]).toBe('own');
    expect(idsOf(await candidatesOf(id))).not.toEqual(expect.arrayContaining(['late']));
  });

  test('are rejected and confirmed by a person, with the change of the deployment', async () => {
    await ines
      .post(`/v1/incidents/${id}/reject-candidate`, { deployment: 'in-staging' })
      .expect(409, /not-a-candidate/);
    const { body } = await ines
      .post(`/v1/incidents/${id}/confirm-cause`, { kind: 'deployment', deployment: 'own', note: 'bisected' })
      .expect(200);
    expect(body.causes).toMatchObject([
      { kind: 'deployment', deploymentId: 'own', changeId: 'change-of-own', primary: true, note: 'bisected' },
    ]);
    expect(body.candidates[0]).toMatchObject({ deploymentId: 'own', verdict: 'confirmed' });
    await ines.post(`/v1/incidents/${id}/confirm-cause`, { kind: 'unknown' }).expect(409, /cause-contradicts/);
    await ines.post(`/v1/incidents/${id}/confirm-cause`, { kind: 'deployment' }).expect(409, /cause-incomplete/);
    await deploy('too-late', 'checkout', '18:34');
    await slipway.caughtUp();
    expect(idsOf(await candidatesOf(id))).not.toEqual(expect.arrayContaining(['too-late']));
    const rejected = await ines
      .post(`/v1/incidents/${id}/reject-candidate`, { deployment: 'own', note: 'no, it was not' })
      .expect(200);
    expect(rejected.body).toMatchObject({ causes: [] });
  });
});

test('whatever came first, deployments or incident, the candidates are the same', async () => {
  const day = (time: string) => `2026-10-05T${time}:00.000Z`;
  const facts = (id: string, service: string, time: string) =>
    [
      ['deployment', id, requested(service, production)],
      ['deployment', id, { type: 'DeploymentStarted', data: { occurredAt: day(time) } }],
      ['deployment', id, { type: 'TrafficTaken', data: { occurredAt: day(time) } }],
    ] as const;
  const all = [
    facts('x-checkout', 'checkout', '08:00'),
    facts('x-payment', 'payment', '08:40'),
    facts('x-frontend', 'frontend', '08:50'),
  ];
  const tell = async (streams: typeof all) => {
    for (const [category, id, event] of streams.flat()) await slipway.append(category, id, event);
  };
  const late = await open({ title: 'Before', impactStartedAt: day('09:00') });
  await slipway.caughtUp();
  expect(idsOf(await candidatesOf(late.id))).toEqual([]);
  await tell([all[2], all[0], all[1]] as typeof all);
  await slipway.caughtUp();
  const early = await open({ title: 'After', impactStartedAt: day('09:00') });
  await slipway.caughtUp();
  const [one, other] = [await candidatesOf(late.id), await candidatesOf(early.id)];
  expect(one.candidates).toEqual(other.candidates);
  expect(idsOf(one)).toEqual(['x-checkout', 'x-payment', 'x-frontend']);
});

describe('a verification that fails in production', () => {
  const failed = {
    type: 'VerificationFailed',
    data: { occurredAt: at('22:10'), checks: ['smoke'], reason: 'sealed:v1:x' },
  };

  test('opens an incident, once, from when users met the fault', async () => {
    await deploy('bad', 'frontend', '22:00');
    await slipway.append('deployment', 'bad', failed, failed);
    await slipway.caughtUp();
    const { items } = (await ines.get('/v1/incidents?q=Verification&service=frontend').expect(200)).body;
    expect(items).toMatchObject([
      {
        title: 'Verification of 2.4.0 failed: smoke',
        detectedBy: 'verification',
        impactStartedAt: at('22:00'),
        detectedAt: at('22:10'),
      },
    ]);
    expect((await candidatesOf(items[0].id)).candidates[0]).toMatchObject({ deploymentId: 'bad' });
    expect(await read(items[0].id)).toMatchObject({ deploymentId: 'bad', environmentId: production });
  });

  test('not when an open incident tells of the same service at the time', async () => {
    await deploy('worse', 'frontend', '22:05');
    await slipway.append('deployment', 'worse', failed);
    await slipway.caughtUp();
    expect((await ines.get('/v1/incidents?q=Verification&service=frontend').expect(200)).body.items).toHaveLength(1);
  });

  test('outside production nobody is called', async () => {
    await deploy('tried', 'frontend', '21:00', staging);
    await slipway.append('deployment', 'tried', failed);
    await slipway.caughtUp();
    expect((await ines.get('/v1/incidents?q=Verification&service=frontend').expect(200)).body.items).toHaveLength(1);
  });
});
