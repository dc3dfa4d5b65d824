import type { GrantApproval, RejectApproval, VerdictRefusal } from './approvals.ts';
import type { TaskCommand, TaskRefusal } from './change-tasks.ts';
import type { CancelChange, HoldChange, InterruptionRefusal, ResumeChange } from './hold-and-cancel.ts';
import type {
  CloseChange,
  EndWindow,
  FlagUnauthorized,
  ImplementationRefusal,
  RecordAttempt,
  ReviewChange,
  SettleTarget,
  WithdrawRemaining,
  WithdrawTargets,
} from './implementation.ts';
import type { PlanChange, PlanRefusal } from './plans.ts';
import type { RecordElsewhere } from './run-elsewhere.ts';
import type {
  AssessRisk,
  ProposalRefusal,
  ProposeChange,
  RaiseChange,
  RequestApprovals,
  ReviseChange,
} from './proposals.ts';

import type { LinkRecord, RelatedRefusal, UnlinkRecord } from './related-records.ts';
import type { BeginWork, FinishWork, WorkRefusal } from './work-by-hand.ts';

/** What a change that is there is asked for. */
export type RaisedCommand =
  | ReviseChange
  | PlanChange
  | AssessRisk
  | RequestApprovals
  | GrantApproval
  | RejectApproval
  | HoldChange
  | ResumeChange
  | CancelChange
  | RecordAttempt
  | SettleTarget
  | RecordElsewhere
  | WithdrawTargets
  | WithdrawRemaining
  | EndWindow
  | FlagUnauthorized
  | ReviewChange
  | CloseChange
  | TaskCommand
  | BeginWork
  | FinishWork
  | LinkRecord
  | UnlinkRecord;

export type ChangeCommand = RaiseChange | ProposeChange | RaisedCommand;

export type ChangeRefusal =
  | ProposalRefusal
  | PlanRefusal
  | VerdictRefusal
  | ImplementationRefusal
  | InterruptionRefusal
  | TaskRefusal
  | RelatedRefusal
  | WorkRefusal;
