import type { ChangeEvent } from '@slipway/contracts';
import type { Decider, Decision, Stamped } from '@slipway/event-sourcing';
import { grant, refuse } from './approvals.ts';
import type { ChangeCommand, ChangeRefusal, RaisedCommand } from './change-commands.ts';
import { addTask, assignTask, dropTask, finishTask, moveTask } from './change-tasks.ts';
import { type MoveRefusal, refusedMove } from './change-moves.ts';
import { type Change, evolve, type RaisedChange } from './change-state.ts';
import { cancel, hold, resume } from './hold-and-cancel.ts';
import {
  close,
  endWindow,
  flagUnauthorized,
  recordAttempt,
  review,
  settleTarget,
  withdrawRemaining,
  withdrawTargets,
} from './implementation.ts';
import { plan } from './plans.ts';
import { assessAgain, propose, raise, requestApprovals, revise } from './proposals.ts';
import { recordElsewhere } from './run-elsewhere.ts';
import { linkRecord, unlinkRecord } from './related-records.ts';
import { beginWork, finishWork } from './work-by-hand.ts';

type Code = ChangeRefusal | MoveRefusal;
type ChangeDecision = Decision<ChangeEvent, Code>;
type Decide<Command extends RaisedCommand> = (command: Stamped<Command>, change: RaisedChange) => ChangeDecision;

const ofRaised: { readonly [Type in RaisedCommand['type']]: Decide<Extract<RaisedCommand, { type: Type }>> } = {
  ReviseChange: revise,
  PlanChange: plan,
  AssessRisk: assessAgain,
  RequestApprovals: requestApprovals,
  GrantApproval: grant,
  RejectApproval: refuse,
  HoldChange: hold,
  ResumeChange: resume,
  CancelChange: cancel,
  RecordAttempt: recordAttempt,
  SettleTarget: settleTarget,
  RecordElsewhere: recordElsewhere,
  WithdrawTargets: withdrawTargets,
  WithdrawRemaining: withdrawRemaining,
  EndWindow: endWindow,
  FlagUnauthorized: flagUnauthorized,
  ReviewChange: review,
  CloseChange: close,
  BeginWork: beginWork,
  FinishWork: finishWork,
  AddTask: addTask,
  MoveTask: moveTask,
  AssignTask: assignTask,
  FinishTask: finishTask,
  DropTask: dropTask,
  LinkRecord: linkRecord,
  UnlinkRecord: unlinkRecord,
};

const decide = (command: Stamped<ChangeCommand>, change: Change): ChangeDecision => {
  const refused = refusedMove(change, command);
  if (refused) return refused;
  if (command.type === 'RaiseChange') return raise(command);
  if (command.type === 'ProposeChange') return propose(command, change);
  return (ofRaised[command.type] as Decide<RaisedCommand>)(command, change as RaisedChange);
};

/** One request for change, from raised to closed. */
export const change: Decider<ChangeCommand, ChangeEvent, Change, Code> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
