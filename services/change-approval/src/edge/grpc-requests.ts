import { IntersectionType } from '@nestjs/swagger';
import { ofRecord, withRequestId } from '@slipway/edge';
import {
  ApproveChangeDto,
  RaiseChangeDto,
  ReasonDto,
  RejectChangeDto,
  ResumeChangeDto,
  ReviewChangeDto,
  ReviseChangeDto,
} from './changes.dto.ts';
import {
  AddChangeTaskDto,
  AssignChangeTaskDto,
  BeginChangeWorkDto,
  DropChangeTaskDto,
  FinishChangeTaskDto,
  FinishChangeWorkDto,
  LinkChangeRecordDto,
  MoveChangeTaskDto,
  PlanChangeDto,
  UnlinkChangeRecordDto,
} from './change-work.dto.ts';
import { ChangeRefParams, KeepChangeDto } from './kept-changes.dto.ts';
import { DecisionRequestDto } from './decisions.dto.ts';

// The requests of gRPC: what REST takes, with the id and the idempotency key in the message.

export const RaiseChangeRequest = withRequestId(RaiseChangeDto);
export const ReviseChangeRequest = ofRecord(ReviseChangeDto);
export const ApproveChangeRequest = ofRecord(ApproveChangeDto);
export const RejectChangeRequest = ofRecord(RejectChangeDto);
/** Hold, cancel, withdraw what remains. */
export const ReasonedRequest = ofRecord(ReasonDto);
export const ResumeRequest = ofRecord(ResumeChangeDto);
export const ReviewChangeRequest = ofRecord(ReviewChangeDto);
/** Assess, request approvals, close. */
export const PlainRequest = ofRecord(class {});
export const KeepChangeRequest = withRequestId(class extends IntersectionType(KeepChangeDto, ChangeRefParams) {});
export const PlanChangeRequest = ofRecord(PlanChangeDto);
export const AddTaskRequest = ofRecord(AddChangeTaskDto);
export const MoveTaskRequest = ofRecord(MoveChangeTaskDto);
export const AssignTaskRequest = ofRecord(AssignChangeTaskDto);
export const FinishTaskRequest = ofRecord(FinishChangeTaskDto);
export const DropTaskRequest = ofRecord(DropChangeTaskDto);
export const LinkRecordRequest = ofRecord(LinkChangeRecordDto);
export const UnlinkRecordRequest = ofRecord(UnlinkChangeRecordDto);
export const BeginWorkRequest = ofRecord(BeginChangeWorkDto);
export const FinishWorkRequest = ofRecord(FinishChangeWorkDto);
export const EnforceRequest = withRequestId(DecisionRequestDto);

export { RecordRequest as GetRequest } from '@slipway/edge';
