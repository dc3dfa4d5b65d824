import type { DeploymentEvent } from '@slipway/contracts';
import { idOf, type Process } from '@slipway/event-sourcing';
import type { DeploymentCommand } from '../domain/deployment-commands.ts';

type State = Readonly<{ undoes?: string; outcome?: 'CompleteRollback' | 'AbandonRollback' }>;
type Named = Extract<DeploymentEvent, { type: 'DeploymentRequested' | 'DeploymentKindCorrected' }>['data'];

/**
 * A rollback that succeeded completes the one it undoes; one that did not leaves it where it was. It may have been called
 * something else until its end.
 */
export const settleUndoneDeploymentWhenRollbackEnded: Process<DeploymentEvent, DeploymentCommand, State> = {
  name: 'settle-undone-deployment-when-rollback-ended',
  events: [
    'DeploymentRequested',
    'DeploymentKindCorrected',
    'DeploymentSucceeded',
    'DeploymentFailed',
    'VerificationFailed',
    'DeploymentCanceled',
  ],
  instance: ({ stream }) => idOf(stream),
  initialState: {},
  evolve: (state, event) => {
    if (event.type === 'DeploymentRequested') return undoneBy(event.data);
    if (event.type === 'DeploymentKindCorrected') return { ...state, ...undoneBy(event.data) };
    return { ...state, outcome: event.type === 'DeploymentSucceeded' ? 'CompleteRollback' : 'AbandonRollback' };
  },
  react: ({ stream }, { undoes, outcome }) =>
    undoes !== undefined && outcome !== undefined
      ? [{ send: { type: outcome, data: { rollbackDeploymentId: idOf(stream) } }, to: `deployment-${undoes}` }]
      : [],
};

const undoneBy = ({ kind, undoes }: Named): State => (kind === 'rollback' && undoes !== undefined ? { undoes } : {});
