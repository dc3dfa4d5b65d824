import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import {
  Choice,
  Flag,
  Id,
  Instant,
  Integer,
  ListOf,
  Nested,
  Optional,
  Pattern,
  Patterns,
  Text,
  Texts,
} from '@slipway/edge';
import { RecordAnswer } from '@slipway/records';
import { CAUSES, KINDS, STATES } from './deployments.dto.ts';
import { CUTOVERS, LinkLogDto } from './steps.dto.ts';

const PSEUDONYM = /^person-[0-9a-f-]{36}$/;

class DecisionAnswer {
  @Id() readonly decisionId!: string;
  @Choice('allow', 'deny') readonly verdict!: string;
  @Instant() readonly askedAt!: string;
  /** Of an allow: when its tool must have started it. */
  @Instant() @Optional() readonly validUntil?: string;
  /** Of a deny: the rules that refused. */
  @Texts(100, 2_000) readonly reasons!: readonly string[];
  /** Of a deny: when time alone would turn it into an allow. */
  @Instant() @Optional() readonly nextOpening?: string;
}

class CutoverAnswer {
  @Choice(...CUTOVERS) readonly via!: string;
  @Integer(0, 604_800) @Optional() readonly settleSeconds?: number;
  @Instant() @Optional() readonly switchedAt?: string;
  /** When the last cache has let go of the old answer. */
  @Instant() @Optional() readonly settledAt?: string;
}

class ElapsedAnswer {
  @Integer(1, Number.MAX_SAFE_INTEGER) @Optional() readonly plannedSeconds?: number;
  /** So far, or in whole; of a read. */
  @Integer(0, Number.MAX_SAFE_INTEGER) @Optional() readonly elapsedSeconds?: number;
  /** Longer than planned, by so much; of a read. */
  @Integer(1, Number.MAX_SAFE_INTEGER) @Optional() readonly overdueSeconds?: number;
}

class StepAnswer extends ElapsedAnswer {
  @Text(80) readonly step!: string;
  @Choice('planned', 'running', 'succeeded', 'failed') readonly state!: string;
  @Integer(0, 100) @Optional() readonly percent?: number;
  @Integer(0, Number.MAX_SAFE_INTEGER) @Optional() readonly errors?: number;
  @Integer(0, Number.MAX_SAFE_INTEGER) @Optional() readonly maxErrors?: number;
  /** When there were more errors than it may have. */
  @Instant() @Optional() readonly thresholdExceededAt?: string;
  @Nested(CutoverAnswer) @Optional() readonly cutover?: CutoverAnswer;
  @Instant() @Optional() readonly startedAt?: string;
  @Instant() @Optional() readonly endedAt?: string;
  @Text(2_000) @Optional() readonly reason?: string;
}

class LogAnswer extends LinkLogDto {
  @Id() readonly id!: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly by!: string;
  @Instant() readonly at!: string;
}

class TrafficAnswer {
  @Instant() readonly at!: string;
  @Integer(0, 100) @Optional() readonly percent?: number;
}

class VerificationAnswer {
  /** `not-known`: its tool reported success, and nobody reported a verification. */
  @Choice('passed', 'failed', 'not-known') readonly outcome!: string;
  @Texts(100, 200) readonly checks!: readonly string[];
  @Instant() readonly at!: string;
  @Text(2_000) @Optional() readonly reason?: string;
}

class RollbackAnswer {
  @Id() readonly deploymentId!: string;
  @Choice(...CAUSES) readonly cause!: string;
  @Choice('running', 'succeeded', 'failed') readonly state!: string;
  /** The state that it was in before. */
  @Choice(...STATES) readonly before!: string;
}

class CorrectionAnswer {
  /** What it was called before. */
  @Choice(...KINDS) readonly before!: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly by!: string;
  @Instant() readonly at!: string;
  @Text(2_000) readonly reason!: string;
}

class UnauthorizedAnswer {
  @Texts(100, 200) readonly rules!: readonly string[];
  @Instant() readonly at!: string;
}

class DeploymentHeadAnswer {
  @Id() readonly id!: string;
  @Pattern(/^[A-Z]{2,8}-[1-9]\d{0,11}$/, 'DEP-56') readonly number!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Choice(...KINDS) readonly kind!: string;
  @Choice(...STATES) readonly state!: string;
  @Id() readonly serviceId!: string;
  @Id() readonly environmentId!: string;
  @Integer(1, 1_000) readonly wave!: number;
  @Flag() readonly production!: boolean;
  @Patterns(/^sha256:[0-9a-f]{64}$/, 50) readonly digests!: readonly string[];
  @Text(100) @Optional() readonly artifactVersion?: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly deployer!: string;
  @Id() @Optional() readonly changeId?: string;
  @Id() @Optional() readonly releaseId?: string;
  @Id() @Optional() readonly undoes?: string;
  /** Of an observed deployment. */
  @Id() @Optional() readonly pipelineRunId?: string;
  @Instant() readonly requestedAt!: string;
  @Instant() @Optional() readonly startedAt?: string;
  @Instant() @Optional() readonly settledAt?: string;
}

/** A row of the list. */
export class DeploymentRowDto extends DeploymentHeadAnswer {
  @Instant() @Optional() readonly tookTrafficAt?: string;
  @Flag() readonly unauthorized!: boolean;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
}

class RemediationAnswer {
  @Choice('deployment', 'incident') readonly record!: string;
  @Text(80) readonly recordId!: string;
  @Choice('confirmed', 'rejected') readonly verdict!: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly by!: string;
  @Instant() readonly at!: string;
  @Text(2_000) @Optional() readonly reason?: string;
}

export class DeploymentCountsDto {
  @Integer(0, Number.MAX_SAFE_INTEGER) readonly total!: number;
  /** By state; a state that none is in is absent. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  readonly byState!: Readonly<Record<string, number>>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  readonly byKind!: Readonly<Record<string, number>>;
}

export class DeploymentDto extends IntersectionType(DeploymentHeadAnswer, RecordAnswer, ElapsedAnswer) {
  /** What must be live when it starts. */
  @Patterns(/^sha256:[0-9a-f]{64}$/, 50) @Optional() readonly baseDigests?: readonly string[];
  /** Of its kind, when that was wrong: the last one. */
  @Nested(CorrectionAnswer) @Optional() readonly corrected?: CorrectionAnswer;
  /** What people said that it mends, or does not. */
  @ListOf(RemediationAnswer, 100) @Optional() readonly remediations?: readonly RemediationAnswer[];
  /** The answer that counts; absent while it is awaited. */
  @Nested(DecisionAnswer) @Optional() readonly decision?: DecisionAnswer;
  /** How often the decision was asked for. */
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly attempt!: number;
  @ListOf(StepAnswer, 1_000) readonly steps!: readonly StepAnswer[];
  @ListOf(LogAnswer, 500) readonly logs!: readonly LogAnswer[];
  @Nested(TrafficAnswer) @Optional() readonly tookTraffic?: TrafficAnswer;
  @Instant() @Optional() readonly finishedAt?: string;
  @Nested(VerificationAnswer) @Optional() readonly verification?: VerificationAnswer;
  /** Of a failure or a cancellation. */
  @Text(2_000) @Optional() readonly reason?: string;
  /** By which it is undone. */
  @Nested(RollbackAnswer) @Optional() readonly rollback?: RollbackAnswer;
  /** It ran in production, and no authorized change covers it. */
  @Nested(UnauthorizedAnswer) @Optional() readonly unauthorized?: UnauthorizedAnswer;
}
