import { type Rejection, reject } from '@slipway/event-sourcing';
import type { DeploymentCommand, DeploymentRejection } from './deployment-commands.ts';
import type { Deployment } from './deployment-state.ts';

type State = Deployment['status'];
type Command = DeploymentCommand['type'];

const OBSERVED_ENDS = ['succeeded', 'failed'] as const;

/**
 * What each state allows, and the states that it may lead to. The same state again: it is a fact beside the state, or
 * already so. Everything else is refused: see `refusalOf`. The kind of a deployment changes nothing of it.
 */
export const MOVES: Readonly<Record<State, Readonly<Partial<Record<Command, readonly State[]>>>>> = {
  none: { RequestDeployment: ['queued'], ObserveDeployment: ['queued', 'running', ...OBSERVED_ENDS, 'canceled'] },
  queued: {
    LinkLog: ['queued'],
    PlanSteps: ['queued'],
    ObserveDeployment: ['queued', 'running', ...OBSERVED_ENDS, 'canceled'],
    AskForDecision: ['queued'],
    RecordDecision: ['queued', 'waiting', 'allowed'],
    DetectUnauthorizedChange: ['queued'],
    CancelDeployment: ['canceled'],
  },
  waiting: {
    LinkLog: ['waiting'],
    PlanSteps: ['waiting'],
    ObserveDeployment: ['waiting'],
    AskForDecision: ['queued'],
    RecordDecision: ['waiting', 'allowed'],
    DetectUnauthorizedChange: ['waiting'],
    CancelDeployment: ['canceled'],
  },
  allowed: {
    LinkLog: ['allowed'],
    PlanSteps: ['allowed'],
    ObserveDeployment: ['allowed'],
    AskForDecision: ['allowed', 'queued'],
    RecordDecision: ['waiting', 'allowed'],
    DetectUnauthorizedChange: ['allowed'],
    StartDeployment: ['running'],
    CancelDeployment: ['canceled'],
  },
  running: {
    LinkLog: ['running'],
    ObserveDeployment: ['running', ...OBSERVED_ENDS],
    AskForDecision: ['running'],
    RecordDecision: ['running'],
    DetectUnauthorizedChange: ['running'],
    PlanSteps: ['running'],
    StartStep: ['running'],
    ReportStep: ['running'],
    SwitchCutover: ['running'],
    SucceedStep: ['running'],
    FailStep: ['running'],
    TakeTraffic: ['running'],
    FinishDeployment: ['verifying'],
    FailDeployment: ['failed'],
    StartRollback: ['rolling-back'],
    CorrectKind: ['running'],
    ConfirmRemediation: ['running'],
    RejectRemediation: ['running'],
  },
  verifying: {
    LinkLog: ['verifying'],
    ObserveDeployment: ['verifying'],
    RecordDecision: ['verifying'],
    DetectUnauthorizedChange: ['verifying'],
    TakeTraffic: ['verifying'],
    FinishDeployment: ['verifying'],
    VerifyDeployment: ['succeeded', 'failed'],
    StartRollback: ['rolling-back'],
    CorrectKind: ['verifying'],
    ConfirmRemediation: ['verifying'],
    RejectRemediation: ['verifying'],
  },
  succeeded: {
    LinkLog: ['succeeded'],
    ObserveDeployment: ['succeeded'],
    RecordDecision: ['succeeded'],
    DetectUnauthorizedChange: ['succeeded'],
    StartRollback: ['rolling-back'],
    CorrectKind: ['succeeded'],
    ConfirmRemediation: ['succeeded'],
    RejectRemediation: ['succeeded'],
  },
  failed: {
    LinkLog: ['failed'],
    ObserveDeployment: ['failed'],
    RecordDecision: ['failed'],
    DetectUnauthorizedChange: ['failed'],
    FailDeployment: ['failed'],
    StartRollback: ['rolling-back'],
    CorrectKind: ['failed'],
    ConfirmRemediation: ['failed'],
    RejectRemediation: ['failed'],
  },
  'rolling-back': {
    LinkLog: ['rolling-back'],
    ObserveDeployment: ['rolling-back'],
    RecordDecision: ['rolling-back'],
    DetectUnauthorizedChange: ['rolling-back'],
    CompleteRollback: ['rolled-back'],
    AbandonRollback: ['succeeded', 'failed'],
    CorrectKind: ['rolling-back'],
    ConfirmRemediation: ['rolling-back'],
    RejectRemediation: ['rolling-back'],
  },
  'rolled-back': {
    LinkLog: ['rolled-back'],
    ObserveDeployment: ['rolled-back'],
    RecordDecision: ['rolled-back'],
    DetectUnauthorizedChange: ['rolled-back'],
    CorrectKind: ['rolled-back'],
    ConfirmRemediation: ['rolled-back'],
    RejectRemediation: ['rolled-back'],
  },
  canceled: {
    LinkLog: ['canceled'],
    ObserveDeployment: ['canceled'],
    RecordDecision: ['canceled'],
    DetectUnauthorizedChange: ['canceled'],
    CancelDeployment: ['canceled'],
  },
};

export const allows = ({ status }: Deployment, command: Command): boolean => MOVES[status][command] !== undefined;

/** Why a state does not allow a command. */
export const refusalOf = (state: Deployment, command: Command): Rejection<DeploymentRejection> => {
  if (state.status === 'none') return reject('no-deployment', 'There is no such deployment.');
  switch (command) {
    case 'RequestDeployment':
      return reject('already-requested', 'This deployment was requested before.');
    case 'StartDeployment':
      if (state.status === 'queued') return reject('not-allowed', 'The decision has not been taken yet.');
      if (state.status === 'waiting') return reject('not-allowed', `Denied: ${state.reasons.join('; ')}`);
      break;
    case 'StartRollback':
      if (state.status === 'rolling-back')
        return reject('rollback-in-progress', `It is being rolled back by deployment ${state.rollbackDeploymentId}.`);
      if (state.status !== 'rolled-back')
        return reject('not-started', 'It has not started: there is nothing to undo. Cancel it.');
      break;
    case 'CompleteRollback':
    case 'AbandonRollback':
      return reject('no-such-rollback', 'It is not being rolled back.');
    case 'CorrectKind':
      return reject('not-started', 'It has not started: cancel it, and request what was meant.');
    case 'ConfirmRemediation':
    case 'RejectRemediation':
      return reject('not-started', 'It has not started: it has mended nothing.');
    default:
  }
  return reject('wrong-state', `A deployment that is ${state.status} does not take ${command}.`);
};
