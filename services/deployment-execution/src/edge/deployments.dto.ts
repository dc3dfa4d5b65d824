import { OmitType } from '@nestjs/swagger';
import { Choice, Flag, Id, Integer, ListOf, Optional, Pattern, Patterns, Text, Texts, PERSON } from '@slipway/edge';
import { RecordsQuery } from '@slipway/records';
import { PlannedStepDto, ProgressDto } from './steps.dto.ts';

export const KINDS = ['planned', 'hotfix', 'rollback', 'redeploy', 'activation'] as const;
export const STATES = [
  'Queued',
  'Waiting',
  'Running',
  'Verifying',
  'Succeeded',
  'Failed',
  'RollingBack',
  'RolledBack',
  'Canceled',
] as const;
export const OUTCOMES = ['passed', 'failed'] as const;
export const CAUSES = ['fault', 'business'] as const;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export class RequestDeploymentDto {
  /** Name or id. */
  @Id()
  readonly service!: string;

  /** Name or id. */
  @Id()
  readonly environment!: string;

  /** `planned` when absent. */
  @Choice(...KINDS)
  @Optional()
  readonly kind?: (typeof KINDS)[number];

  /** What is to run; when absent, what the release has of this service. */
  @Patterns(DIGEST, 50)
  @Optional()
  readonly digests?: readonly string[];

  /** What is live there as far as you know: on anything else it does not start. Empty: nothing is. */
  @Patterns(DIGEST, 50)
  @Optional()
  readonly baseDigests?: readonly string[];

  /** Of what is to run; the release's when absent. */
  @Text(100)
  @Optional()
  readonly version?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly release?: string;

  /** Id or number; the open change of the release when absent. */
  @Id()
  @Optional()
  readonly change?: string;

  /** The release's for this target when absent, else 1. */
  @Integer(1, 1_000)
  @Optional()
  readonly wave?: number;

  /** Who or what deploys, when that is not who asks: an e-mail, or an account as `github:deploy-bot`. */
  @Pattern(PERSON, 'github:deploy-bot')
  @Optional()
  readonly deployer?: string;

  /** Of a rollback: the deployment that it undoes. Of a hotfix: the one that it mends. Id or number. */
  @Id()
  @Optional()
  readonly undoes?: string;

  /** What it is to do, in this order. */
  @ListOf(PlannedStepDto, 200)
  @Optional()
  readonly steps?: readonly PlannedStepDto[];
}

export class DeploymentReasonDto {
  @Text(2_000)
  readonly reason!: string;
}

export class DeploymentFailureDto extends ProgressDto {
  @Text(2_000)
  readonly reason!: string;
}

export class TookTrafficDto extends ProgressDto {
  /** Of the traffic that it serves now. */
  @Integer(0, 100)
  @Optional()
  readonly percent?: number;
}

export class VerifyDto extends ProgressDto {
  @Choice(...OUTCOMES)
  readonly outcome!: (typeof OUTCOMES)[number];

  /** What was looked at. */
  @Texts(100, 200)
  @Optional()
  readonly checks?: readonly string[];

  /** Of a failed verification. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class RollBackDto extends DeploymentReasonDto {
  /** `fault` when absent: whatever is rolled back for a fault counts as failed. */
  @Choice(...CAUSES)
  @Optional()
  readonly cause?: (typeof CAUSES)[number];

  @Pattern(PERSON, 'github:deploy-bot')
  @Optional()
  readonly deployer?: string;
}

export class CorrectKindDto extends DeploymentReasonDto {
  @Choice(...KINDS)
  readonly kind!: (typeof KINDS)[number];

  /** Of a rollback: the deployment that it undid. Of a hotfix: the one that it mended. Id or number. */
  @Id()
  @Optional()
  readonly undoes?: string;

  /** Of a rollback; `fault` when absent. */
  @Choice(...CAUSES)
  @Optional()
  readonly cause?: (typeof CAUSES)[number];
}

export class ListDeploymentsQuery extends OmitType(RecordsQuery, ['state']) {
  @Choice(...STATES)
  @Optional()
  readonly state?: string;

  @Choice(...KINDS)
  @Optional()
  readonly kind?: string;

  /** Name or id. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Name or id. */
  @Id()
  @Optional()
  readonly environment?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly release?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly change?: string;

  /** Those that ran in production without an authorized change. */
  @Flag()
  @Optional()
  readonly unauthorized?: boolean;
}

export class CountDeploymentsQuery extends OmitType(ListDeploymentsQuery, ['pageSize', 'pageToken']) {}
