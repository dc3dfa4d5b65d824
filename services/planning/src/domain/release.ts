import type { ReleaseEvent } from '@slipway/contracts';
import { type Decider, type Decision, reject, type Stamped } from '@slipway/event-sourcing';
import {
  addScopeItem,
  attach,
  type ContentRefusal,
  detach,
  registerRollbackPlan,
  removeScopeItem,
} from './release-content.ts';
import type {
  CancelRelease,
  CloseRelease,
  CopyRelease,
  DraftRelease,
  EndEarlyLifeSupport,
  GoRelease,
  HoldRelease,
  PlanCommand,
  ReleaseCommand,
  ReopenPlanning,
  ResumeRelease,
  WithdrawRelease,
} from './release-commands.ts';
import { type DependencyRefusal, stateDependency, withdrawDependency } from './release-dependencies.ts';
import { copy, draft } from './release-draft.ts';
import { moveRefusal, type MoveRefusal } from './release-moves.ts';
import { planHandlers, type PlanRefusal } from './release-plan.ts';
import { dismissDeployment, recordChange, recordTarget, startDeployment, withConsequence } from './release-progress.ts';
import { board, leave, reschedule, schedule, type ScheduleRefusal } from './release-schedule.ts';
import { changeScope, type ScopeRefusal, takeOverScope, tradeOffScope } from './release-scope.ts';
import { type Draft, evolve, isOpen, type Release, type Scheduled } from './release-state.ts';
import { isSomethingLive, outcomeOf } from './settlement.ts';
import { declareCriteria, judgeCriterion, type SuccessRefusal, unjudged } from './success-criteria.ts';

export type Refusal =
  | MoveRefusal
  | ContentRefusal
  | ScopeRefusal
  | DependencyRefusal
  | PlanRefusal
  | ScheduleRefusal
  | SuccessRefusal
  | 'release-held'
  | 'go-needs-a-person'
  | 'still-live'
  | 'target-not-in-release';

type ReleaseDecision = Decision<ReleaseEvent, Refusal>;
type Open = Draft | Scheduled;

const hold = ({ data: { reason }, stamp }: Stamped<HoldRelease>, { held }: Open): ReleaseDecision =>
  held ? [] : [{ type: 'ReleaseHeld', data: { ...stamp, reason } }];

const resume = ({ stamp }: Stamped<ResumeRelease>, { held }: Open): ReleaseDecision =>
  held ? [{ type: 'ReleaseResumed', data: stamp }] : [];

const go = ({ data, stamp }: Stamped<GoRelease>, release: Open): ReleaseDecision => {
  if (data.byServiceAccount) return reject('go-needs-a-person', 'A service account cannot give the go.');
  if (release.status === 'Ready') return [];
  if (release.held) return reject('release-held', 'It is on hold; resume it first.');
  return [{ type: 'ReleaseReady', data: stamp }];
};

const cancel = ({ data: { reason }, stamp }: Stamped<CancelRelease>, release: Open): ReleaseDecision =>
  release.started
    ? reject('already-started', 'Something of it was started in production; withdraw it instead.')
    : [{ type: 'ReleaseCanceled', data: { ...stamp, reason } }];

const withdraw = ({ data: { reason }, stamp }: Stamped<WithdrawRelease>, release: Open): ReleaseDecision =>
  release.started
    ? [{ type: 'ReleaseWithdrawn', data: { ...stamp, reason } }]
    : reject('not-started', 'Nothing of it was started in production; cancel it instead.');

const endEarlyLifeSupport = ({ stamp }: Stamped<EndEarlyLifeSupport>, { status }: Open): ReleaseDecision =>
  status === 'Review' ? [] : [{ type: 'ReleaseReviewStarted', data: stamp }];

const reopenPlanning = ({ data: { reason }, stamp }: Stamped<ReopenPlanning>, release: Open): ReleaseDecision =>
  release.status === 'Draft' || isSomethingLive(release)
    ? reject('still-live', 'Something of it is live: roll that back, or close the release.')
    : withConsequence(release, stamp, [
        { type: 'ReleasePlanningReopened', data: { ...stamp, reason } },
        { type: 'ReleaseAuthorizationLost', data: { ...stamp, cause: 'change-not-authorized' } },
      ]);

const close = ({ stamp }: Stamped<CloseRelease>, release: Open): ReleaseDecision =>
  release.status === 'Draft'
    ? []
    : (unjudged(release) ?? [{ type: 'ReleaseClosed', data: { ...stamp, outcome: outcomeOf(release) } }]);

type OpenCommand = Exclude<ReleaseCommand, DraftRelease | CopyRelease | PlanCommand>;
type Handlers = {
  readonly [Type in OpenCommand['type']]: (
    command: Stamped<Extract<OpenCommand, { type: Type }>>,
    release: Open,
  ) => ReleaseDecision;
};

const handlers: Handlers = {
  AttachArtifact: attach,
  DetachArtifact: detach,
  AddScopeItem: addScopeItem,
  RemoveScopeItem: removeScopeItem,
  ChangeScope: changeScope,
  TradeOffScope: tradeOffScope,
  TakeOverScope: takeOverScope,
  RegisterRollbackPlan: registerRollbackPlan,
  StateReleaseDependency: stateDependency,
  WithdrawReleaseDependency: withdrawDependency,
  DeclareSuccessCriteria: declareCriteria,
  JudgeSuccessCriterion: judgeCriterion,
  ScheduleRelease: schedule,
  RescheduleRelease: reschedule,
  BoardTrain: board,
  LeaveTrain: leave,
  HoldRelease: hold,
  ResumeRelease: resume,
  GoRelease: go,
  CancelRelease: cancel,
  WithdrawRelease: withdraw,
  EndEarlyLifeSupport: endEarlyLifeSupport,
  ReopenPlanning: reopenPlanning,
  CloseRelease: close,
  RecordChange: recordChange,
  StartReleaseDeployment: startDeployment,
  RecordTarget: recordTarget,
  DismissDeployment: dismissDeployment,
};

type Handler = (command: Stamped<OpenCommand>, release: Open) => ReleaseDecision;
type PlanHandler = (command: Stamped<PlanCommand>, plan: Open['plan']) => ReleaseDecision;

const isOfPlan = (command: Stamped<OpenCommand | PlanCommand>): command is Stamped<PlanCommand> =>
  command.type in planHandlers;

const decide = (command: Stamped<ReleaseCommand>, release: Release): ReleaseDecision => {
  const refusal = moveRefusal(command.type, release.status);
  if (refusal) return refusal;
  if (command.type === 'DraftRelease') return draft(command);
  if (command.type === 'CopyRelease') return copy(command);
  // Of a release that is over, the moves know the end that it has come to: it is already so.
  if (!isOpen(release)) return [];
  if (isOfPlan(command)) return (planHandlers[command.type] as PlanHandler)(command, release.plan);
  return (handlers[command.type] as Handler)(command, release);
};

export const release: Decider<ReleaseCommand, ReleaseEvent, Release, Refusal> = {
  initialState: { status: 'None' },
  decide,
  evolve,
};
