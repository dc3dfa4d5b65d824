import { Choice, Flag, Id, Integer, ListQuery, Optional, Pattern, Patterns, Text, Texts } from '@slipway/edge';
import { IsEmpty } from 'class-validator';
import { PERSON } from './people.ts';

export const KINDS = ['planned', 'hotfix', 'rollback', 'redeploy', 'activation'] as const;
export const STATES = [
  'queued',
  'waiting',
  'running',
  'verifying',
  'succeeded',
  'failed',
  'rolling-back',
  'rolled-back',
  'canceled',
] as const;
export const CAUSES = ['fault', 'business'] as const;
export const STEP = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,79}$/;
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
}

/** A body without fields. One rule must be there, for all else to be refused. */
export class NothingDto {
  @IsEmpty()
  readonly nothing?: undefined;
}

export class ReasonDto {
  @Text(2_000)
  readonly reason!: string;
}

export class TookTrafficDto {
  /** Of the traffic that it serves now. */
  @Integer(0, 100)
  @Optional()
  readonly percent?: number;
}

export class VerifyDto {
  @Choice('passed', 'failed')
  readonly outcome!: 'passed' | 'failed';

  /** What was looked at. */
  @Texts(100, 200)
  @Optional()
  readonly checks?: readonly string[];

  /** Of a failed verification. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class RollBackDto extends ReasonDto {
  /** `fault` when absent: whatever is rolled back for a fault counts as failed. */
  @Choice(...CAUSES)
  @Optional()
  readonly cause?: (typeof CAUSES)[number];

  @Pattern(PERSON, 'github:deploy-bot')
  @Optional()
  readonly deployer?: string;
}

export class ListDeploymentsQuery extends ListQuery {
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
