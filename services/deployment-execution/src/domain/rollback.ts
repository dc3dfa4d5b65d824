import type { DeploymentEvent } from '@slipway/contracts';
import { reject } from '@slipway/event-sourcing';
import type { Decided, Of } from './deployment-commands.ts';
import { refusalOf } from './deployment-moves.ts';
import type { Requested } from './deployment-state.ts';

// Of the deployment that is undone.

/** One that still runs has failed. */
export const startRollback = ({ data, stamp }: Of<'StartRollback'>, { status }: Requested): Decided => {
  const { rollbackDeploymentId, cause, reason } = data;
  const started: DeploymentEvent = { type: 'RollbackStarted', data: { rollbackDeploymentId, cause, ...stamp } };
  const runs = status === 'running' || status === 'verifying';
  return runs ? [{ type: 'DeploymentFailed', data: { reason, ...stamp } }, started] : [started];
};

export const endRollback = (
  { type, data: { rollbackDeploymentId }, stamp }: Of<'CompleteRollback'> | Of<'AbandonRollback'>,
  state: Requested,
): Decided => {
  if (state.status !== 'rolling-back') return refusalOf(state, type);
  if (state.rollbackDeploymentId !== rollbackDeploymentId)
    return reject('no-such-rollback', `It is not being rolled back by deployment ${rollbackDeploymentId}.`);
  return type === 'CompleteRollback'
    ? [{ type: 'DeploymentRolledBack', data: { rollbackDeploymentId, cause: state.cause, ...stamp } }]
    : [{ type: 'RollbackFailed', data: { rollbackDeploymentId, ...stamp } }];
};
