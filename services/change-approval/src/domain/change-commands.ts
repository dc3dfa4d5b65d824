import type { GrantApproval, RejectApproval, VerdictRefusal } from './approvals.ts';
import type { CancelChange, HoldChange, InterruptionRefusal, ResumeChange } from './hold-and-cancel.ts';
import type {
  CloseChange,
  EndWindow,
  FlagUnauthorized,
  ImplementationRefusal,
  RecordAttempt,
  ReviewChange,
  SettleTarget,
  WithdrawTargets,
} from './implementation.ts';
import type {
  AssessRisk,
  ProposalRefusal,
  ProposeChange,
  RaiseChange,
  RequestApprovals,
  ReviseChange,
} from './proposals.ts';

/** What a change that is there is asked for. */
export type RaisedCommand =
  | ReviseChange
  | AssessRisk
  | RequestApprovals
  | GrantApproval
  | RejectApproval
  | HoldChange
  | ResumeChange
  | CancelChange
  | RecordAttempt
  | SettleTarget
  | WithdrawTargets
  | EndWindow
  | FlagUnauthorized
  | ReviewChange
  | CloseChange;

export type ChangeCommand = RaiseChange | ProposeChange | RaisedCommand;

export type ChangeRefusal = ProposalRefusal | VerdictRefusal | ImplementationRefusal | InterruptionRefusal;
