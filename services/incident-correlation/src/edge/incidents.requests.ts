import { ofRecord, withRequestId } from '@slipway/edge';
import { CommentDto } from '@slipway/records';
import { ClassifyDto, IncidentReasonDto, MajorDto, RoleDto } from './incident-work.dto.ts';
import {
  AcknowledgeDto,
  CancelDto,
  CloseDto,
  ConfirmCauseDto,
  MitigateDto,
  OpenIncidentDto,
  RejectCandidateDto,
  ReopenDto,
  ResolveDto,
  WithdrawCauseDto,
} from './incidents.dto.ts';

// The requests of gRPC: what REST takes, with the id and the idempotency key in the message.

export const OpenIncidentRequest = withRequestId(OpenIncidentDto);
export const AcknowledgeIncidentRequest = ofRecord(AcknowledgeDto);
export const MitigateIncidentRequest = ofRecord(MitigateDto);
export const ResolveIncidentRequest = ofRecord(ResolveDto);
export const ReopenIncidentRequest = ofRecord(ReopenDto);
export const CancelIncidentRequest = ofRecord(CancelDto);
export const CloseIncidentRequest = ofRecord(CloseDto);
export const ClassifyIncidentRequest = ofRecord(ClassifyDto);
export const DeclareMajorIncidentRequest = ofRecord(MajorDto);
export const ConfirmCauseRequest = ofRecord(ConfirmCauseDto);
export const WithdrawCauseRequest = ofRecord(WithdrawCauseDto);
export const RejectCandidateRequest = ofRecord(RejectCandidateDto);
/** Of a role in the war room, taken or ended. */
export const RoleRequest = ofRecord(RoleDto);
/** Lift, escalate. */
export const ReasonedRequest = ofRecord(IncidentReasonDto);
export const CommentRequest = ofRecord(CommentDto);
