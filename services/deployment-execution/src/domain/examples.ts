import { type Stamp, type Stamped, stampOf } from '@slipway/event-sourcing';
import type { DeploymentCommand, DeploymentRequest } from './deployment-commands.ts';

// Examples that several specs use.

export const DEPLOYER = 'person-00000000-0000-4000-8000-000000000001';
export const DIGEST = `sha256:${'a'.repeat(64)}`;
export const DEPLOYED = '2026-03-02T10:00:00.000Z';

export const at = (time: string): Stamp => stampOf(DEPLOYER, `2026-03-02T${time}:00.000Z`);

export const planned: DeploymentRequest = {
  kind: 'planned',
  target: { serviceId: 'checkout', environmentId: 'production', wave: 1 },
  production: true,
  digests: [DIGEST],
  version: '2.4.0',
  deployer: DEPLOYER,
  changeId: 'change-1',
  releaseId: 'release-1',
};
export const observed: DeploymentRequest = { ...planned, pipelineRunId: 'run-1' };
export const rollback: DeploymentRequest = { ...planned, kind: 'rollback', undoes: 'deployment-1' };

export const command = (intent: DeploymentCommand, time = '10:00'): Stamped<DeploymentCommand> => ({
  ...intent,
  stamp: at(time),
});
