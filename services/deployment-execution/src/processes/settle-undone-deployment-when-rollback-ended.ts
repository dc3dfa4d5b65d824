import type { DeploymentEvent } from '@slipway/contracts';
import { idOf, type Process } from '@slipway/event-sourcing';
import type { DeploymentCommand } from '../domain/deployment-commands.ts';

type State = Readonly<{ undoes?: string }>;

/** A rollback that succeeded completes the one it undoes; one that did not leaves it where it was. */
export const settleUndoneDeploymentWhenRollbackEnded: Process<DeploymentEvent, DeploymentCommand, State> = {
  name: 'settle-undone-deployment-when-rollback-ended',
  events: [
    'DeploymentRequested',
    'DeploymentSucceeded',
    'DeploymentFailed',
    'VerificationFailed',
    'DeploymentCanceled',
  ],
  instance: ({ stream }) => idOf(stream),
  initialState: {},
  evolve: (state, event) => (event.type === 'DeploymentRequested' ? undoneBy(event.data) : state),
  react: ({ type, stream }, { undoes }) => {
    if (undoes === undefined || type === 'DeploymentRequested') return [];
    const data = { rollbackDeploymentId: idOf(stream) };
    return [
      {
        send: { type: type === 'DeploymentSucceeded' ? 'CompleteRollback' : 'AbandonRollback', data },
        to: `deployment-${undoes}`,
      },
    ];
  },
};

const undoneBy = ({ kind, undoes }: Extract<DeploymentEvent, { type: 'DeploymentRequested' }>['data']): State =>
  kind === 'rollback' && undoes !== undefined ? { undoes } : {};
