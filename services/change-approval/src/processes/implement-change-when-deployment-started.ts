import type { Target } from '@slipway/contracts';
import type { Message, Process } from '@slipway/event-sourcing';
import {
  attemptOf,
  deploymentOf,
  type DeploymentUnderChange,
  evolve,
  followed,
  nothingKnown,
  type UnderChange,
} from './deployment-under-change.ts';

type RecordAttempt = Message<'RecordAttempt', { deploymentId: string; target: Target; undoes?: string }>;

export const implementChangeWhenDeploymentStarted: Process<DeploymentUnderChange, RecordAttempt, UnderChange> = {
  name: 'implement-change-when-deployment-started',
  events: followed,
  instance: deploymentOf,
  initialState: nothingKnown,
  evolve,
  react: (event, state) => {
    const attempted = attemptOf(event, state);
    if (!attempted) return [{ ignore: 'it does not run in production under a change that is known' }];
    if (event.type !== 'DeploymentStarted' && event.type !== 'DecisionTaken' && event.type !== 'DeploymentRequested')
      return [{ ignore: 'told when it started' }];
    return [{ send: { type: 'RecordAttempt', data: attempted.attempt }, to: attempted.to }];
  },
};
