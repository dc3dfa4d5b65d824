import { Id, Integer, Optional, Pattern, Text } from '@slipway/edge';
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

const ofStep = <Dto extends object>(dto: Constructor<Dto>) => {
  class OfStep extends (ofDeployment(dto) as Constructor<object>) {
    @Pattern(STEP, 'migrate') readonly step!: string;
  }
  return OfStep as Constructor<Dto & { requestId?: string; id: string; step: string }>;
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

export class WatchDeploymentRequest {
  @Id() readonly id!: string;
  @Integer(0, Number.MAX_SAFE_INTEGER) @Optional() readonly afterPosition?: number;
}

export class ListRunningRequest {
  @Id() readonly environment!: string;
  @Text(300) @Optional() readonly afterEvent?: string;
}
