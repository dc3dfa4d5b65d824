import { IntersectionType } from '@nestjs/swagger';
import { Id, Optional, Text } from '@slipway/edge';
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
  DropChangeTaskDto,
  FinishChangeTaskDto,
  LinkChangeRecordDto,
  MoveChangeTaskDto,
  PlanChangeDto,
  UnlinkChangeRecordDto,
} from './change-work.dto.ts';
import { ChangeRefParams, KeepChangeDto } from './kept-changes.dto.ts';
import { DecisionRequestDto } from './decisions.dto.ts';

// The requests of gRPC: what REST takes, with the id and the idempotency key in the message.

type Constructor<Dto> = new () => Dto;

const withRequestId = <Dto extends object>(dto: Constructor<Dto>) => {
  class WithRequestId extends (dto as Constructor<object>) {
    @Text(255) @Optional() readonly requestId?: string;
  }
  return WithRequestId as Constructor<Dto & { requestId?: string }>;
};

const ofChange = <Dto extends object>(dto: Constructor<Dto>) => {
  class OfChange extends (withRequestId(dto) as Constructor<object>) {
    @Id() readonly id!: string;
  }
  return OfChange as Constructor<Dto & { requestId?: string; id: string }>;
};

export const RaiseChangeRequest = withRequestId(RaiseChangeDto);
export const ReviseChangeRequest = ofChange(ReviseChangeDto);
export const ApproveChangeRequest = ofChange(ApproveChangeDto);
export const RejectChangeRequest = ofChange(RejectChangeDto);
/** Hold and cancel. */
export const ReasonedRequest = ofChange(ReasonDto);
export const ResumeRequest = ofChange(ResumeChangeDto);
export const ReviewChangeRequest = ofChange(ReviewChangeDto);
/** Assess, request approvals, close. */
export const PlainRequest = ofChange(class {});
export const KeepChangeRequest = withRequestId(class extends IntersectionType(KeepChangeDto, ChangeRefParams) {});
export const PlanChangeRequest = ofChange(PlanChangeDto);
export const AddTaskRequest = ofChange(AddChangeTaskDto);
export const MoveTaskRequest = ofChange(MoveChangeTaskDto);
export const AssignTaskRequest = ofChange(AssignChangeTaskDto);
export const FinishTaskRequest = ofChange(FinishChangeTaskDto);
export const DropTaskRequest = ofChange(DropChangeTaskDto);
export const LinkRecordRequest = ofChange(LinkChangeRecordDto);
export const UnlinkRecordRequest = ofChange(UnlinkChangeRecordDto);
export const EnforceRequest = withRequestId(DecisionRequestDto);

export class GetRequest {
  @Id() readonly id!: string;
}
