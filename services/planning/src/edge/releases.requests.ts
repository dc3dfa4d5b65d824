import { Id, Nested, Optional, Text } from '@slipway/edge';
import { ArtifactDto, DetachArtifactDto, RollbackPlanDto } from './release-content.dto.ts';
import { MeetCriterionDto, ReachMilestoneDto } from './release-plan.dto.ts';
import { ChangeScopeDto, RemoveScopeItemDto, ScopeItemDto } from './release-scope.dto.ts';
import { DraftReleaseDto, ReleaseReasonDto, RescheduleReleaseDto, ScheduleReleaseDto } from './releases.dto.ts';

// The requests of gRPC: what REST takes, with the id and the idempotency key in the message.

type Constructor<Dto> = new () => Dto;

const withRequestId = <Dto extends object>(dto: Constructor<Dto>) => {
  class WithRequestId extends (dto as Constructor<object>) {
    @Text(255) @Optional() readonly requestId?: string;
  }
  return WithRequestId as Constructor<Dto & { requestId?: string }>;
};

const ofRelease = <Dto extends object>(dto: Constructor<Dto>) => {
  class OfRelease extends (withRequestId(dto) as Constructor<object>) {
    @Id() readonly id!: string;
  }
  return OfRelease as Constructor<Dto & { requestId?: string; id: string }>;
};

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
export const AttachArtifactRequest = ofRelease(WithArtifact);
export const DetachArtifactRequest = ofRelease(DetachArtifactDto);
export const AddScopeItemRequest = ofRelease(WithItem);
export const RemoveScopeItemRequest = ofRelease(RemoveScopeItemDto);
export const ChangeScopeRequest = ofRelease(ChangeScopeDto);
export const ReachMilestoneRequest = ofRelease(ReachMilestoneDto);
export const MeetCriterionRequest = ofRelease(MeetCriterionDto);
export const RegisterRollbackPlanRequest = ofRelease(WithPlan);
export const ScheduleReleaseRequest = ofRelease(ScheduleReleaseDto);
export const RescheduleReleaseRequest = ofRelease(RescheduleReleaseDto);
export const ReasonedRequest = ofRelease(ReleaseReasonDto);
/** Resume, go, start the review, close. */
export const PlainRequest = ofRelease(class {});

export class GetReleaseRequest {
  @Id() readonly id!: string;
}
