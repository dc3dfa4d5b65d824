import { Id, Optional, Pattern, Text } from '@slipway/edge';
import {
  DeploymentReasonDto,
  DeploymentFailureDto,
  ProgressDto,
  RequestDeploymentDto,
  RollBackDto,
  STEP,
  TookTrafficDto,
  VerifyDto,
} from './deployments.dto.ts';

// The requests of gRPC: what REST takes, with the id and the idempotency key in the message.

type Constructor<Dto> = new () => Dto;

const withRequestId = <Dto extends object>(dto: Constructor<Dto>) => {
  class WithRequestId extends (dto as Constructor<object>) {
    @Text(255) @Optional() readonly requestId?: string;
  }
  return WithRequestId as Constructor<Dto & { requestId?: string }>;
};

const ofDeployment = <Dto extends object>(dto: Constructor<Dto>) => {
  class OfDeployment extends (withRequestId(dto) as Constructor<object>) {
    @Id() readonly id!: string;
  }
  return OfDeployment as Constructor<Dto & { requestId?: string; id: string }>;
};

class WithStep extends ProgressDto {
  @Pattern(STEP, 'migrate') readonly step!: string;
}

class WithStepAndReason extends WithStep {
  @Text(2_000) readonly reason!: string;
}

/** `version` of REST: here it is the name of the record's own. */
class WithArtifactVersion extends RequestDeploymentDto {
  @Text(100) @Optional() readonly artifactVersion?: string;
}

export const RequestDeploymentRequest = withRequestId(WithArtifactVersion);
export const StepRequest = ofDeployment(WithStep);
export const FailStepRequest = ofDeployment(WithStepAndReason);
export const TakeTrafficRequest = ofDeployment(TookTrafficDto);
export const VerifyRequest = ofDeployment(VerifyDto);
export const ReasonedRequest = ofDeployment(DeploymentReasonDto);
export const RollBackRequest = ofDeployment(RollBackDto);
export const FailRequest = ofDeployment(DeploymentFailureDto);
/** Start, finish. */
export const ProgressRequest = ofDeployment(ProgressDto);
export const PlainRequest = ofDeployment(class {});

export class GetDeploymentRequest {
  @Id() readonly id!: string;
}

export class ListRunningRequest {
  @Id() readonly environment!: string;
  @Text(300) @Optional() readonly afterEvent?: string;
}
