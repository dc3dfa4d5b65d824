import type { Delivery } from '@slipway/consumers';
import { stampOf } from '@slipway/event-sourcing';

const stamp = stampOf('person-00000000-0000-4000-8000-000000000001', '2026-03-02T09:00:00.000Z');
const target = { serviceId: 'checkout-id', environmentId: 'eu-id', wave: 1 };
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const deployment = (kind: string, letter: string, version?: string) => ({
  kind,
  target,
  production: true,
  digests: [digest(letter)],
  deployer: stamp.actor,
  ...(version !== undefined && { version }),
});
const live = (deploymentId: string, letter: string) => ({
  deploymentId,
  serviceId: 'checkout-id',
  environmentId: 'eu-id',
  live: { deploymentId, digests: [digest(letter)] },
});
const run = (status: string) => ({ tool: 'github', repository: 'example/checkout', status });

/** What happened, as stream, type and facts: a first rollout, an upgrade that is rolled back, a scale-out, and an incident. */
export const FACTS: readonly (readonly [stream: string, type: string, facts: object])[] = [
  ['environment-eu-id', 'EnvironmentRegistered', { name: 'eu' }],
  ['environment-eu-id', 'EnvironmentUpdated', { name: 'eu-west' }],
  ['service-checkout-id', 'ServiceRegistered', { name: 'checkout' }],
  ['release-1', 'ArtifactAttached', { artifact: { digest: digest('b'), purl: 'pkg:oci/checkout@2.0' } }],
  ['pipelineRun-1', 'PipelineRunReported', run('queued')],
  ['pipelineRun-1', 'PipelineRunReported', run('running')],
  ['pipelineRun-1', 'PipelineRunReported', run('succeeded')],
  ['pipelineRun-1', 'PipelineRunReported', run('inactive')],
  ['deployment-1', 'DeploymentRequested', deployment('planned', 'a', '1.0 rc')],
  ['deployment-1', 'DeploymentFinished', {}],
  ['target-1', 'TargetReleased', live('1', 'a')],
  ['deployment-2', 'DeploymentRequested', deployment('planned', 'b')],
  ['deployment-2', 'DeploymentFinished', {}],
  ['target-1', 'TargetReleased', live('2', 'b')],
  ['deployment-3', 'DeploymentRequested', deployment('rollback', 'a', '1.0 rc')],
  ['deployment-3', 'DeploymentFinished', {}],
  ['target-1', 'TargetReleased', live('3', 'a')],
  ['deployment-4', 'DeploymentRequested', deployment('redeploy', 'a')],
  ['deployment-4', 'DeploymentFinished', {}],
  ['deployment-5', 'DeploymentRequested', deployment('activation', 'a')],
  ['deployment-5', 'DeploymentFinished', {}],
  ['deployment-6', 'DeploymentFinished', {}],
  ['incident-1', 'IncidentDetected', { title: 'Checkout fails', serviceIds: ['checkout-id'], environmentId: 'eu-id' }],
  ['incident-1', 'IncidentResolved', {}],
  ['incident-2', 'IncidentDetected', { title: 'Nobody knows where', serviceIds: [] }],
  ['release-1', 'ReleaseReady', {}],
];

/** The same as a consumer gets it. */
export const LOG: readonly Delivery[] = FACTS.map(([stream, type, facts], index) => ({
  type,
  stream,
  data: { ...stamp, ...facts },
  id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  version: index + 1,
  position: index + 1,
  sequencedAt: '2026-03-02T09:00:01.000Z',
  correlationId: 'c1',
}));
