import type { DeploymentEvent } from '@slipway/contracts';
import { reject } from '@slipway/event-sourcing';
import { type Decided, type Of, wrongState } from './deployment-commands.ts';
import type { Requested } from './deployment-state.ts';

// Of the deployment that is undone.

export const startRollback = ({ data, stamp }: Of<'StartRollback'>, state: Requested): Decided => {
  const { rollbackDeploymentId, cause, reason } = data;
  const started: DeploymentEvent = { type: 'RollbackStarted', data: { rollbackDeploymentId, cause, ...stamp } };
  switch (state.status) {
    case 'running':
    case 'verifying':
      return [{ type: 'DeploymentFailed', data: { reason, ...stamp } }, started];
    case 'succeeded':
    case 'failed':
      return [started];
    case 'rolling-back':
      return reject('rollback-in-progress', `It is being rolled back by deployment ${state.rollbackDeploymentId}.`);
    case 'rolled-back':
      return wrongState(state, 'roll back');
    default:
      return reject('not-started', 'It has not started: there is nothing to undo. Cancel it.');
  }
};

export const endRollback = (
  { type, data: { rollbackDeploymentId }, stamp }: Of<'CompleteRollback'> | Of<'AbandonRollback'>,
  state: Requested,
): Decided => {
  if (state.status !== 'rolling-back' || state.rollbackDeploymentId !== rollbackDeploymentId)
    return reject('no-such-rollback', `It is not being rolled back by deployment ${rollbackDeploymentId}.`);
  return type === 'CompleteRollback'
    ? [{ type: 'DeploymentRolledBack', data: { rollbackDeploymentId, cause: state.cause, ...stamp } }]
    : [{ type: 'RollbackFailed', data: { rollbackDeploymentId, ...stamp } }];
};
