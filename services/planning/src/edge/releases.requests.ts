import { Id, Nested, ofRecord, withRequestId } from '@slipway/edge';
import { ArtifactDto, DetachArtifactDto, RollbackPlanDto } from './release-content.dto.ts';
import { MeetCriterionDto, ReachMilestoneDto } from './release-plan.dto.ts';
import { ChangeScopeDto, RemoveScopeItemDto, ScopeItemDto } from './release-scope.dto.ts';
import { DeclareSuccessCriteriaDto, JudgeSuccessCriterionDto } from './success-criteria.dto.ts';
import { DraftReleaseDto, ReleaseReasonDto, RescheduleReleaseDto, ScheduleReleaseDto } from './releases.dto.ts';

// The requests of gRPC: what REST takes, with the id and the idempotency key in the message.

class WithArtifact {
  @Nested(ArtifactDto) readonly artifact!: ArtifactDto;
}

class WithItem {
  @Nested(ScopeItemDto) readonly item!: ScopeItemDto;
}

class WithPlan {
  @Nested(RollbackPlanDto) readonly plan!: RollbackPlanDto;
}

export const DraftReleaseRequest = withRequestId(DraftReleaseDto);
export const AttachArtifactRequest = ofRecord(WithArtifact);
export const DetachArtifactRequest = ofRecord(DetachArtifactDto);
export const AddScopeItemRequest = ofRecord(WithItem);
export const RemoveScopeItemRequest = ofRecord(RemoveScopeItemDto);
export const ChangeScopeRequest = ofRecord(ChangeScopeDto);
export const ReachMilestoneRequest = ofRecord(ReachMilestoneDto);
export const MeetCriterionRequest = ofRecord(MeetCriterionDto);
export const DeclareSuccessCriteriaRequest = ofRecord(DeclareSuccessCriteriaDto);
export const JudgeSuccessCriterionRequest = ofRecord(JudgeSuccessCriterionDto);
export const RegisterRollbackPlanRequest = ofRecord(WithPlan);
export const ScheduleReleaseRequest = ofRecord(ScheduleReleaseDto);
export const RescheduleReleaseRequest = ofRecord(RescheduleReleaseDto);
export const ReasonedRequest = ofRecord(ReleaseReasonDto);
/** Resume, go, start the review, close. */
export const PlainRequest = ofRecord(class {});

export class GetReleaseRequest {
  @Id() readonly id!: string;
}
