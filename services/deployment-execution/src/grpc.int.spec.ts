import {
  type ClientReadableStream,
  credentials,
  loadPackageDefinition,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { type deploymentExecutionV1 as v1, protoDirectory } from '@slipway/contracts';
import { testService, type TestService } from '@slipway/service/testing';
import { catalog, decide, digest, release, SERVICE } from './examples.ts';
import { deploymentExecution } from './module.ts';

type Call = (message: object, metadata: Metadata, done: (error: ServiceError | null, answer: unknown) => void) => void;
type Watch = (message: object, metadata: Metadata) => ClientReadableStream<unknown>;
type Stub = Record<string, Call> & { close: () => void };
type Written = v1.RequestDeploymentResponse;

let slipway: TestService;
let stub: Stub;
let token: string;
let changeId: string;
let releaseId: string;

beforeAll(async () => {
  slipway = await testService(deploymentExecution);
  ({ token } = await slipway.as('deploy-bot', 'deployer'));
  const definition = loadSync('slipway/deployment_execution/v1/deployments.proto', {
    includeDirs: [protoDirectory],
    longs: String,
    enums: String,
    defaults: true,
  });
  const { slipway: packages } = loadPackageDefinition(definition) as never as {
    slipway: { deployment_execution: { v1: { DeploymentsService: new (address: string, by: object) => Stub } } };
  };
  stub = new packages.deployment_execution.v1.DeploymentsService(slipway.grpcAddress, credentials.createInsecure());
  await catalog(slipway, 'acme/checkout');
  ({ id: releaseId, changeId } = await release(slipway, 1, 'acme/checkout', 'a'.repeat(40)));
});
afterAll(async () => {
  stub.close();
  await slipway.stop();
});

const call = <Answer = Written>(method: string, message: object, by = token): Promise<Answer> => {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${by}`);
  return new Promise((resolve, reject) => {
    stub[method]?.(message, metadata, (error, answer) => (error ? reject(error) : resolve(answer as Answer)));
  });
};
const failure = (method: string, message: object, by?: string): Promise<ServiceError> =>
  call(method, message, by).then(
    () => Promise.reject(new Error(`${method} was not refused`)),
    (error: ServiceError) => error,
  );
const codeIn = ({ metadata }: ServiceError): string => String(metadata.get('grpc-status-details-bin')[0]);
const request = { service: 'checkout', environment: 'production-eu', kind: 'DEPLOYMENT_KIND_PLANNED' };

it('carries a deployment from request to verification', async () => {
  const asked = { ...request, release: releaseId, requestId: 'request-1' };
  const { deployment } = await call('RequestDeployment', asked);
  expect(deployment).toMatchObject({
    state: 'DEPLOYMENT_STATE_QUEUED',
    kind: 'DEPLOYMENT_KIND_PLANNED',
    digests: [digest('1')],
    artifactVersion: '2.1.0',
    changeId,
    decision: null,
  });
  expect(await call('RequestDeployment', asked)).toMatchObject({ replayed: true, deployment: { id: deployment?.id } });
  const id = deployment?.id ?? '';
  expect(codeIn(await failure('StartDeployment', { id }))).toContain('not-allowed');
  await decide(slipway, id, 'deny');
  expect(await call('AskForDecision', { id })).toMatchObject({
    deployment: { attempt: 2, decision: { verdict: 'VERDICT_DENY' } },
  });
  await decide(slipway, id, 'allow');
  await call('StartDeployment', { id });
  await call('StartStep', { id, step: 'switch' });
  await call('FailStep', { id, step: 'switch', reason: 'too slow' });
  await call('StartStep', { id, step: 'switch' });
  await call('SucceedStep', { id, step: 'switch' });
  expect(await call('TakeTraffic', { id, percent: 0 })).toMatchObject({ deployment: { trafficPercent: 0 } });
  expect(await call('FinishDeployment', { id })).toMatchObject({
    deployment: { state: 'DEPLOYMENT_STATE_VERIFYING', steps: [{ state: 'STEP_STATE_SUCCEEDED' }] },
  });
  const verified = await call('VerifyDeployment', { id, outcome: 'VERIFICATION_OUTCOME_PASSED', checks: ['smoke'] });
  expect(verified).toMatchObject({
    deployment: {
      state: 'DEPLOYMENT_STATE_SUCCEEDED',
      verification: { outcome: 'VERIFICATION_OUTCOME_PASSED', checks: ['smoke'] },
    },
  });
  expect(await call('ListRunning', { environment: 'production-eu', afterEvent: verified.event })).toMatchObject({
    services: [{ service: 'checkout', serviceId: SERVICE, deploymentId: id, digests: [digest('1')] }],
  });
});

it('takes when it happened', async () => {
  const { deployment } = await call('RequestDeployment', {
    ...request,
    environment: 'staging',
    digests: [digest('3')],
  });
  const id = deployment?.id ?? '';
  await decide(slipway, id, 'allow');
  const minutesAgo = (minutes: number) => ({
    seconds: String(Math.floor(Date.now() / 1_000) - minutes * 60),
    nanos: 0,
  });
  const started = minutesAgo(9);
  const stepped = minutesAgo(8);
  const failed = minutesAgo(2);
  expect(codeIn(await failure('StartDeployment', { id, occurredAt: minutesAgo(-2) }))).toContain('in-the-future');
  await call('StartDeployment', { id, occurredAt: started });
  await call('StartStep', { id, step: 'switch', occurredAt: stepped });
  expect(await call('FailDeployment', { id, reason: 'too slow', occurredAt: failed })).toMatchObject({
    deployment: {
      state: 'DEPLOYMENT_STATE_FAILED',
      startedAt: started,
      steps: [{ startedAt: stepped }],
      settledAt: failed,
    },
  });
});

it('rolls back, fails and cancels', async () => {
  const { deployment } = await call('RequestDeployment', {
    ...request,
    digests: [digest('2')],
    artifactVersion: '2.2.0',
  });
  const id = deployment?.id ?? '';
  await decide(slipway, id, 'allow');
  await call('StartDeployment', { id });
  const undone = await call('RollBackDeployment', { id, reason: 'Errors', cause: 'ROLLBACK_CAUSE_BUSINESS' });
  expect(undone).toMatchObject({
    deployment: { kind: 'DEPLOYMENT_KIND_ROLLBACK', undoes: id, digests: [digest('1')] },
  });
  expect(await call('GetDeployment', { id })).toMatchObject({
    deployment: {
      state: 'DEPLOYMENT_STATE_ROLLING_BACK',
      reason: 'Errors',
      rollback: { cause: 'ROLLBACK_CAUSE_BUSINESS', state: 'STEP_STATE_RUNNING' },
    },
  });
  expect(codeIn(await failure('FailDeployment', { id, reason: 'x' }))).toContain('wrong-state');
  expect(await call('CancelDeployment', { id: undone.deployment?.id, reason: 'Not now' })).toMatchObject({
    deployment: { state: 'DEPLOYMENT_STATE_CANCELED' },
  });
});

it('lists with the filters of REST', async () => {
  await slipway.caughtUp();
  const list = (filter: object) => call<v1.ListDeploymentsResponse>('ListDeployments', filter);
  expect((await list({})).deployments).toHaveLength(4);
  expect(
    (await list({ state: 'DEPLOYMENT_STATE_CANCELED', kind: 'DEPLOYMENT_KIND_ROLLBACK' })).deployments,
  ).toHaveLength(1);
  expect((await list({ state: 'DEPLOYMENT_STATE_ROLLING_BACK' })).deployments).toEqual([]);
  expect(await list({ pageSize: 1, q: 'DEP-1' })).toMatchObject({
    deployments: [{ number: 'DEP-1' }],
    position: expect.stringMatching(/^\d+$/) as string,
  });
});

it('reports steps against their plan, and is watched until it is settled', async () => {
  const { deployment } = await call('RequestDeployment', {
    ...request,
    digests: [digest('4')],
    steps: [{ step: 'switch', plannedSeconds: 60, maxErrors: 0, cutover: { via: 'CUTOVER_VIA_LOAD_BALANCER' } }],
  });
  const id = deployment?.id ?? '';
  await decide(slipway, id, 'allow');
  await call('StartDeployment', { id });
  await call('StartStep', { id, step: 'switch' });
  expect(await call('ReportStep', { id, step: 'switch', percent: 50, errors: 1 })).toMatchObject({
    deployment: {
      steps: [{ percent: 50, errors: 1, maxErrors: 0, thresholdExceededAt: { nanos: expect.any(Number) as number } }],
    },
  });
  expect(await call('SwitchCutover', { id, step: 'switch' })).toMatchObject({
    deployment: { steps: [{ cutover: { via: 'CUTOVER_VIA_LOAD_BALANCER', settleSeconds: 0 } }] },
  });
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  const watch = (message: object) => (stub['WatchDeployment'] as unknown as Watch).call(stub, message, metadata);
  const seen: v1.WatchDeploymentResponse[] = [];
  for await (const update of watch({ id })) {
    if (seen.length === 0) await call('FailDeployment', { id, reason: 'Enough' });
    seen.push(update as v1.WatchDeploymentResponse);
  }
  expect(seen.map(({ event, deployment: one }) => [event, one?.state])).toEqual([
    ['', 'DEPLOYMENT_STATE_RUNNING'],
    ['DeploymentFailed', 'DEPLOYMENT_STATE_FAILED'],
  ]);
  expect(await watch({ id, afterPosition: seen.at(-1)?.position }).toArray()).toEqual([]);
  await expect(watch({ id: 'DEP-999' }).toArray()).rejects.toMatchObject({ code: status.NOT_FOUND });
  await expect(watch({}).toArray()).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
});

it('refuses in the words of REST', async () => {
  const notThere = await failure('GetDeployment', { id: 'DEP-999' });
  expect(notThere.code).toBe(status.NOT_FOUND);
  expect((await failure('RequestDeployment', { service: 'checkout' })).code).toBe(status.INVALID_ARGUMENT);
  expect((await failure('VerifyDeployment', { id: 'DEP-1', outcome: 'VERIFICATION_OUTCOME_NOT_KNOWN' })).code).toBe(
    status.INVALID_ARGUMENT,
  );
  expect((await failure('StartDeployment', { id: 'DEP-1' })).code).toBe(status.FAILED_PRECONDITION);
  const viewer = await slipway.as('viewer@example.org', 'viewer');
  expect((await failure('StartDeployment', { id: 'DEP-1' }, viewer.token)).code).toBe(status.PERMISSION_DENIED);
  expect((await failure('StartDeployment', { id: 'DEP-1' }, 'none')).code).toBe(status.UNAUTHENTICATED);
});
