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

type SettleTarget = Message<
  'SettleTarget',
  {
    deploymentId: string;
    target: Target;
    undoes?: string;
    outcome: 'succeeded' | 'failed' | 'rolled-back' | 'not-deployed';
  }
>;

/** When every target is settled, the change goes to review: its decider sees to that. */
export const settleTargetWhenDeploymentSettled: Process<DeploymentUnderChange, SettleTarget, UnderChange> = {
  name: 'settle-target-when-deployment-settled',
  events: followed,
  instance: deploymentOf,
  initialState: nothingKnown,
  evolve,
  react: (event, state) => {
    const attempted = attemptOf(event, state);
    if (!attempted || !state.outcome) return [{ ignore: 'it has not ended, or under no change that is known' }];
    return [
      { send: { type: 'SettleTarget', data: { ...attempted.attempt, outcome: state.outcome } }, to: attempted.to },
    ];
  },
};
