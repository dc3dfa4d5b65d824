import type { Type } from '@nestjs/common';
import { Id, Integer, ofRecord, Optional, Pattern, Text, withRequestId } from '@slipway/edge';
import {
  DeploymentReasonDto,
  DeploymentFailureDto,
  RequestDeploymentDto,
  RollBackDto,
  TookTrafficDto,
  VerifyDto,
} from './deployments.dto.ts';
import { ProgressDto, ReportStepDto, STEP, SwitchCutoverDto } from './steps.dto.ts';

// The requests of gRPC: what REST takes, with the id and the idempotency key in the message.

const ofStep = <Dto extends object>(dto: Type<Dto>) => {
  class OfStep extends (ofRecord(dto) as Type<object>) {
    @Pattern(STEP, 'migrate') readonly step!: string;
  }
  return OfStep as Type<Dto & { requestId?: string; id: string; step: string }>;
};

/** `version` of REST: here it is the name of the record's own. */
class WithArtifactVersion extends RequestDeploymentDto {
  @Text(100) @Optional() readonly artifactVersion?: string;
}

export const RequestDeploymentRequest = withRequestId(WithArtifactVersion);
export const StepRequest = ofStep(ProgressDto);
export const ReportStepRequest = ofStep(ReportStepDto);
export const SwitchCutoverRequest = ofStep(SwitchCutoverDto);
export const FailStepRequest = ofStep(DeploymentFailureDto);
export const TakeTrafficRequest = ofRecord(TookTrafficDto);
export const VerifyRequest = ofRecord(VerifyDto);
export const ReasonedRequest = ofRecord(DeploymentReasonDto);
export const RollBackRequest = ofRecord(RollBackDto);
export const FailRequest = ofRecord(DeploymentFailureDto);
/** Start, finish. */
export const ProgressRequest = ofRecord(ProgressDto);
export const PlainRequest = ofRecord(class {});

export class GetDeploymentRequest {
  @Id() readonly id!: string;
}

export class WatchDeploymentRequest {
  @Id() readonly id!: string;
  @Integer(0, Number.MAX_SAFE_INTEGER) @Optional() readonly afterPosition?: number;
}

export class ListRunningRequest {
  @Id() readonly environment!: string;
  @Text(300) @Optional() readonly afterEvent?: string;
}
