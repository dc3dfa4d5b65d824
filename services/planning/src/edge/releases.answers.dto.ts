import {
  Choice,
  Digest,
  Flag,
  Id,
  Instant,
  Integer,
  ListOf,
  Nested,
  Optional,
  Pattern,
  Text,
  Texts,
} from '@slipway/edge';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { RecordAnswer } from '@slipway/records';
import { PullRequestDto } from './release-content.dto.ts';
import { PlanAnswer } from './release-plan.dto.ts';
import { ScopeItemDto } from './release-scope.dto.ts';
import { CHANGE_MODELS, CLASSES, STATES, ReleaseWindowDto } from './releases.dto.ts';
import { SuccessCriterionAnswer } from './success-criteria.dto.ts';

const PSEUDONYM = /^person-[0-9a-f-]{36}$/;

class CommitAnswer {
  @Text(64) readonly sha!: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly author!: string;
  @Instant() readonly committedAt!: string;
  @Instant() @Optional() readonly authoredAt?: string;
}

class ReleaseArtifactAnswer {
  @Id() readonly serviceId!: string;
  @Text(100) readonly version!: string;
  @Text(2_000) readonly purl!: string;
  @Digest() readonly digest!: string;
  @Text(300) readonly repository!: string;
  @ListOf(CommitAnswer, 500) readonly commits!: readonly CommitAnswer[];
  @ListOf(PullRequestDto, 200) @Optional() readonly pullRequests?: readonly PullRequestDto[];
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000003') @Optional() readonly builtBy?: string;
}

class RollbackPlanAnswer {
  @Text(20_000) readonly steps!: string;
  @Digest() readonly digest!: string;
  @Integer(1, 10_080) readonly backoutMinutes!: number;
  @Texts(50, 300) readonly triggers!: readonly string[];
}

class ReleaseTargetAnswer {
  @Id() readonly serviceId!: string;
  @Id() readonly environmentId!: string;
  @Integer(1, 1_000) readonly wave!: number;
}

class ChangeAnswer {
  @Id() readonly changeId!: string;
  @Choice('open', 'authorized', 'rejected', 'in-review', 'canceled') readonly standing!: string;
  @Digest() @Optional() readonly contentDigest?: string;
}

class DeploymentAnswer {
  @Id() readonly deploymentId!: string;
  @Id() readonly serviceId!: string;
  @Id() readonly environmentId!: string;
  @Choice('succeeded', 'failed', 'rolled-back') readonly outcome!: string;
  @Flag() readonly tookTraffic!: boolean;
}

class TradeOffAnswer {
  @ListOf(ScopeItemDto, 50) readonly items!: readonly ScopeItemDto[];
  @Id() @Optional() readonly toReleaseId?: string;
  @Text(2_000) readonly reason!: string;
  @Text(100) readonly by!: string;
  @Instant() readonly at!: string;
}

class ReleaseDependencyAnswer {
  @Id() readonly releaseId!: string;
  @Choice(...STATES) readonly state!: string;
}

class AboardAnswer {
  @Id() readonly trainId!: string;
  @Instant() readonly departure!: string;
}

class ReleaseHeadAnswer {
  @Id() readonly id!: string;
  @Pattern(/^[A-Z]{2,8}-[1-9]\d{0,11}$/, 'REL-12') readonly number!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(200) readonly title!: string;
  @Choice(...CLASSES) readonly class!: string;
  @Choice(...CHANGE_MODELS) readonly changeModel!: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly owner!: string;
  @Choice(...STATES) readonly state!: string;
  @Flag() readonly held!: boolean;
  /** Tentative until it is authorized. */
  @Nested(ReleaseWindowDto) @Optional() readonly window?: ReleaseWindowDto;
  /** The departure of a train that gave it its window. */
  @Nested(AboardAnswer) @Optional() readonly aboard?: AboardAnswer;
  @Instant() readonly draftedAt!: string;
  @Instant() readonly updatedAt!: string;
}

/** A row of the list. */
export class ReleaseRowDto extends ReleaseHeadAnswer {
  /** Ids of the services that it carries or goes to. */
  @Texts(1_000, 80) readonly services!: readonly string[];
  @Texts(1_000, 80) readonly environments!: readonly string[];
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems, but those of scope items. */
  @Texts(100, 200) readonly refs!: readonly string[];
  /** Ids of the releases that it needs. */
  @Texts(50, 80) readonly needs!: readonly string[];
  /** Keys of the scope items. */
  @Texts(1_000, 200) readonly scope!: readonly string[];
}

export class ReleaseDto extends IntersectionType(ReleaseHeadAnswer, RecordAnswer, PlanAnswer) {
  @Text(10_000) @Optional() readonly description?: string;
  /** Why it is on hold, was canceled or withdrawn. */
  @Text(2_000) @Optional() readonly reason?: string;
  @ListOf(ReleaseArtifactAnswer, 1_000) readonly artifacts!: readonly ReleaseArtifactAnswer[];
  @ListOf(ScopeItemDto, 1_000) readonly scope!: readonly ScopeItemDto[];
  /** The earlier release that it is a copy of. */
  @Id() @Optional() readonly copiedFrom?: string;
  /** Of a draft that is a copy: where that one went, and where this one goes when it is scheduled without targets. */
  @ListOf(ReleaseTargetAnswer, 500) @Optional() readonly proposedTargets?: readonly ReleaseTargetAnswer[];
  /** Technical debt among the scope items: 0 to 1; null without items. */
  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, nullable: true }) readonly debtRatio!: number | null;
  /** The releases that it needs, and at which state, before it may be deployed. */
  @ListOf(ReleaseDependencyAnswer, 50) readonly dependencies!: readonly ReleaseDependencyAnswer[];
  /** What was decided to leave the scope, why, and for which release. */
  @ListOf(TradeOffAnswer, 1_000) readonly tradeOffs!: readonly TradeOffAnswer[];
  /** What it is to bring about, and what came of that. All are judged before it is closed. */
  @ListOf(SuccessCriterionAnswer, 50) readonly successCriteria!: readonly SuccessCriterionAnswer[];
  @Nested(RollbackPlanAnswer) @Optional() readonly rollbackPlan?: RollbackPlanAnswer;
  @ListOf(ReleaseTargetAnswer, 500) readonly targets!: readonly ReleaseTargetAnswer[];
  /** What an approval binds: SHA-256 over scope keys and kinds, artifacts, rollback plan and targets. */
  @Digest() readonly contentDigest!: string;
  @ListOf(ChangeAnswer, 100) readonly changes!: readonly ChangeAnswer[];
  /** Its production deployments that have an outcome. */
  @ListOf(DeploymentAnswer, 1_000) readonly deployments!: readonly DeploymentAnswer[];
  /** Of a closed one: what was left live. */
  @Choice('full', 'partial', 'rolled-back') @Optional() readonly outcome?: string;
}
