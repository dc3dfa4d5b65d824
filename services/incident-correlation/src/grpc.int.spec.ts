import { status } from '@grpc/grpc-js';
import type { incidentCorrelationV1 as v1 } from '@slipway/contracts';
import { type GrpcCalls, grpcCalls, testService, type TestService } from '@slipway/service/testing';
import { v7 as uuidv7 } from 'uuid';
import { environmentRegistered, idOfEnvironment, idOfService, serviceRegistered } from './catalog.example.ts';
import { incidentCorrelation } from './module.ts';

type Written = v1.OpenIncidentResponse;
type Row = Readonly<{ id: string }>;

let slipway: TestService;
let grpc: GrpcCalls;
let token: string;

beforeAll(async () => {
  slipway = await testService(incidentCorrelation);
  ({ token } = await slipway.as('ines@example.org', 'incident-responder'));
  const file = 'slipway/incident_correlation/v1/incidents.proto';
  grpc = grpcCalls(slipway.grpcAddress, file, 'slipway.incident_correlation.v1.IncidentsService');
  for (const name of ['checkout', 'payment'])
    await slipway.append('service', idOfService(name), serviceRegistered(name, { ownerTeam: 'shop' }));
  await slipway.append('environment', idOfEnvironment('production'), environmentRegistered('production'));
});
afterAll(async () => {
  grpc.close();
  await slipway.stop();
});

const call = async (method: string, message: object, by = token): Promise<v1.Incident> => {
  const { incident } = await grpc.call<Written>(method, message, by);
  if (!incident) throw new Error(`${method} answered no incident`);
  return incident;
};
const refused = (method: string, message: object, by = token) => grpc.refusal(method, message, by);
const stated = {
  title: 'Checkout fails',
  severity: 'SEVERITY_HIGH',
  services: ['checkout'],
  environment: 'production',
  description: 'Ann Example saw it first',
};
const open = async (more: object = {}): Promise<string> => (await call('OpenIncident', { ...stated, ...more })).id;

test('carries an incident from its detection to its end, and shows it', async () => {
  const opened = await grpc.call<Written>('OpenIncident', { ...stated, major: true, requestId: 'once' }, token);
  expect(opened.incident).toMatchObject({
    number: expect.stringMatching(/^INC-\d+$/),
    severity: 'SEVERITY_HIGH',
    major: true,
    state: 'INCIDENT_STATE_DETECTED',
    detectedBy: 'DETECTED_BY_PERSON',
    services: [idOfService('checkout')],
    environment: idOfEnvironment('production'),
    description: 'Ann Example saw it first',
    impact: [{ endedAt: null }],
    canceled: null,
  });
  expect(await grpc.call('OpenIncident', { ...stated, major: true, requestId: 'once' }, token)).toEqual({
    ...opened,
    replayed: true,
  });
  const { number, id } = opened.incident ?? { number: '', id: '' };
  await call('AcknowledgeIncident', { id: number });
  await call('MitigateIncident', { id, note: 'Ann switched it off' });
  const resolved = await call('ResolveIncident', { id });
  expect(resolved).toMatchObject({ state: 'INCIDENT_STATE_RESOLVED', impact: [{ endedAt: resolved.mitigatedAt }] });
  const reopened = await call('ReopenIncident', { id, reason: 'it fails again' });
  expect(reopened).toMatchObject({ state: 'INCIDENT_STATE_ACKNOWLEDGED', resolvedAt: null, impact: [{}, {}] });
  await call('ResolveIncident', { id });
  const closed = await grpc.call<Written>('CloseIncident', { id }, token);
  expect(closed.incident?.state).toBe('INCIDENT_STATE_CLOSED');
  expect(await call('GetIncident', { id: number })).toEqual(closed.incident);
  const list = await grpc.call<v1.ListIncidentsResponse>(
    'ListIncidents',
    { afterEvent: closed.event, state: 'INCIDENT_STATE_CLOSED', severity: 'SEVERITY_HIGH', major: true, q: 'check' },
    token,
  );
  expect(list.incidents).toMatchObject([{ id, number, state: 'INCIDENT_STATE_CLOSED', firingAlerts: 0 }]);
  expect(Number(list.position)).toBeGreaterThan(0);
  expect(JSON.stringify(await slipway.events(`incident-${id}`))).not.toContain('Ann');
});

test('is judged, staffed and talked about as over REST', async () => {
  const id = await open();
  await call('ClassifyIncident', { id, severity: 'SEVERITY_LOW', reason: 'one shop' });
  await call('DeclareMajorIncident', { id, reason: 'all shops' });
  expect(await call('LiftMajorIncident', { id, reason: 'one shop' })).toMatchObject({
    severity: 'SEVERITY_LOW',
    major: false,
  });
  const ann = { role: 'INCIDENT_ROLE_ON_CALL', person: 'ann@example.org' };
  const { roles } = await call('AssignRole', { id, ...ann });
  expect(roles).toEqual([{ role: 'INCIDENT_ROLE_ON_CALL', person: expect.stringMatching(/^person-/) }]);
  expect(await call('EscalateIncident', { id, reason: 'nobody answers' })).toMatchObject({
    escalations: [{ level: 1, role: 'INCIDENT_ROLE_ON_CALL', person: roles[0]?.person, reason: 'nobody answers' }],
  });
  expect((await call('EndRole', { id, ...ann })).roles).toEqual([]);
  expect(await refused('EndRole', { id, ...ann })).toEqual({
    status: status.FAILED_PRECONDITION,
    code: 'role-not-held',
  });
  expect(await call('CommentOnIncident', { id, text: 'Ann is at it' })).toMatchObject({
    comments: [{ text: 'Ann is at it' }],
  });
  const canceled = await call('CancelIncident', { id, cause: 'CANCEL_CAUSE_DUPLICATE', duplicateOf: await open() });
  expect(canceled).toMatchObject({
    state: 'INCIDENT_STATE_CANCELED',
    canceled: { cause: 'CANCEL_CAUSE_DUPLICATE', duplicateOf: expect.stringMatching(/./) },
  });
});

test('has causes that are confirmed, withdrawn and rejected', async () => {
  const deployment = uuidv7();
  await slipway.append('deployment', deployment, {
    type: 'DeploymentRequested',
    data: {
      kind: 'planned',
      target: { serviceId: idOfService('checkout'), environmentId: idOfEnvironment('production'), wave: 1 },
      production: true,
      digests: [`sha256:${'a'.repeat(64)}`],
      deployer: 'person-00000000-0000-7000-8000-00000000000d',
    },
  });
  const id = await open();
  await call('ConfirmCause', { id, kind: 'CAUSE_KIND_EXTERNAL', note: 'the bank' });
  const { causes } = await call('ConfirmCause', { id, kind: 'CAUSE_KIND_DEPLOYMENT', deployment, primary: false });
  expect(causes).toMatchObject([
    { kind: 'CAUSE_KIND_EXTERNAL', primary: true, note: 'the bank', deploymentId: '' },
    { kind: 'CAUSE_KIND_DEPLOYMENT', primary: false, deploymentId: deployment },
  ]);
  const external = { id, kind: 'CAUSE_KIND_EXTERNAL', reason: 'the bank says no' };
  expect(await call('WithdrawCause', external)).toMatchObject({
    causes: [{ deploymentId: deployment, primary: true }],
  });
  expect((await refused('WithdrawCause', external)).code).toBe('cause-not-confirmed');
  const other = { id: await open(), deployment };
  expect((await refused('RejectCandidate', other)).code).toBe('not-a-candidate');
});

test('answers what is malformed, unknown, refused or not permitted with the codes of gRPC', async () => {
  const id = await open();
  const { token: viewer } = await slipway.as('vic@example.org', 'viewer');
  const answers = await Promise.all([
    refused('OpenIncident', { title: 'No severity', services: ['checkout'] }),
    refused('OpenIncident', { ...stated, severity: 77 }),
    refused('OpenIncident', { ...stated, services: ['nothing'] }),
    refused('OpenIncident', { ...stated, requestId: 'not visible \u0001' }),
    refused('ResolveIncident', { id, occurredAt: { seconds: 1, nanos: 0 } }),
    refused('CloseIncident', { id }),
    refused('ReopenIncident', { id }),
    refused('GetIncident', { id: 'INC-999999' }),
    refused('ListIncidents', { pageToken: 'nonsense' }),
    refused('OpenIncident', stated, viewer),
    refused('OpenIncident', stated, 'none'),
  ]);
  const { INVALID_ARGUMENT, FAILED_PRECONDITION, NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED } = status;
  expect(answers.map(answer => [answer.status, answer.code])).toEqual([
    [INVALID_ARGUMENT, 'invalid-fields'],
    [INVALID_ARGUMENT, 'invalid-fields'],
    [FAILED_PRECONDITION, 'unknown-service'],
    [INVALID_ARGUMENT, 'invalid-idempotency-key'],
    [FAILED_PRECONDITION, 'before-detection'],
    [FAILED_PRECONDITION, 'incident-not-resolved'],
    [INVALID_ARGUMENT, 'invalid-fields'],
    [NOT_FOUND, 'not-found'],
    [INVALID_ARGUMENT, 'invalid-page-token'],
    [PERMISSION_DENIED, 'not-permitted'],
    [UNAUTHENTICATED, 'unauthenticated'],
  ]);
  expect(await slipway.events(`incident-${id}`)).toHaveLength(1);
});

test('does within a grant what is within it, and nothing else', async () => {
  const { token: tina } = await slipway.as('tina@example.org');
  expect((await refused('OpenIncident', stated, tina)).code).toBe('not-permitted');
  const [person = ''] = (await slipway.host.running[0]?.service.pseudonyms(['email:tina@example.org'])) ?? [];
  const grant = uuidv7();
  const scope = { services: [idOfService('payment')] };
  const from = '2026-01-01T00:00:00Z';
  await slipway.append('roleGrant', grant, {
    type: 'RoleGranted',
    data: { person, role: 'incident-responder', scope, from },
  });
  const theirs = await open();
  const { id: hers } = await call('OpenIncident', { ...stated, services: ['payment'] }, tina);
  await call('CommentOnIncident', { id: hers, text: 'seen' }, tina);
  const beyond = await Promise.all([
    refused('OpenIncident', stated, tina),
    refused('OpenIncident', { ...stated, services: ['checkout', 'payment'] }, tina),
    refused('AcknowledgeIncident', { id: theirs }, tina),
    refused('CommentOnIncident', { id: theirs, text: 'seen' }, tina),
    refused('GetIncident', { id: theirs }, tina),
  ]);
  expect(beyond).toEqual(beyond.map(() => ({ status: status.PERMISSION_DENIED, code: 'outside-scope' })));
  await slipway.caughtUp();
  const { incidents } = await grpc.call<{ incidents: Row[] }>('ListIncidents', {}, tina);
  expect(incidents.map(({ id }) => id)).toEqual([hers]);
  await slipway.append('roleGrant', grant, { type: 'RoleRevoked', data: {} });
  expect((await refused('GetIncident', { id: hers }, tina)).code).toBe('not-permitted');
});
