import { IntersectionType } from '@nestjs/swagger';
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
  Patterns,
  Text,
  Texts,
} from '@slipway/edge';
import { RecordAnswer } from '@slipway/records';
import { MOST_TASKS } from '../domain/change-tasks.ts';
import { MOST_LINKS } from '../domain/related-records.ts';
import { PLAN_KINDS, RELATIONS } from './change-work.dto.ts';
import { CHANGE_MODELS, CHANGE_STATES, CLOSE_CODES } from './changes.dto.ts';
import { ChangeConfigurationItemDto, WindowDto } from './own-content.dto.ts';

const PSEUDONYM = /^person-[0-9a-f-]{36}$/;
const Person = () => Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001');
const RISK_LEVELS = ['low', 'medium', 'high'] as const;
const OUTCOMES = ['succeeded', 'failed', 'rolled-back', 'not-deployed'] as const;

export class TargetAnswer {
  @Id() readonly serviceId!: string;
  @Id() readonly environmentId!: string;
  @Integer(1, 1_000) readonly wave!: number;
}

class ScopeAnswer {
  @Text(100) readonly key!: string;
  @Text(50) readonly kind!: string;
}

class ArtifactAnswer {
  @Id() readonly serviceId!: string;
  @Text(100) readonly version!: string;
  @Digest() readonly digest!: string;
}

class ContentAnswer {
  @ListOf(ScopeAnswer, 1_000) readonly scope!: readonly ScopeAnswer[];
  @ListOf(ArtifactAnswer, 1_000) readonly artifacts!: readonly ArtifactAnswer[];
  @ListOf(TargetAnswer, 500) readonly targets!: readonly TargetAnswer[];
  @ListOf(ChangeConfigurationItemDto, 200)
  @Optional()
  readonly configurationItems?: readonly ChangeConfigurationItemDto[];
  @Text(200) @Optional() readonly configurationBaseline?: string;
  @Digest() @Optional() readonly deploymentPlan?: string;
  @Digest() @Optional() readonly rollbackPlan?: string;
}

export class SlotAnswer {
  @Text(100) readonly slot!: string;
  @Text(40) readonly role!: string;
  @Choice('security', 'quality', 'business', 'operations') readonly concern!: string;
  /** How many distinct people. */
  @Integer(1, 100) readonly count!: number;
  @Text(20) @Optional() readonly policyVersion?: string;
}

class ApprovalAnswer {
  @Text(100) readonly slot!: string;
  @Choice('Approved', 'Rejected', 'Void') readonly state!: string;
  @Person() readonly approver!: string;
  /** The role grant that it relies on. */
  @Id() readonly roleGrantId!: string;
  @Digest() readonly contentDigest!: string;
  @Text(2_000) @Optional() readonly comment?: string;
  @Instant() readonly at!: string;
  /** Why it is void. */
  @Choice('left-envelope', 'rejected') @Optional() readonly cause?: string;
}

class FactorAnswer {
  @Text(100) readonly factor!: string;
  @Integer(0, 1_000) readonly points!: number;
  @Text(500) readonly reason!: string;
}

class RiskAnswer {
  @ListOf(FactorAnswer, 100) readonly factors!: readonly FactorAnswer[];
  @Integer(0, 10_000) readonly points!: number;
  @Choice(...RISK_LEVELS) readonly level!: string;
  @Text(40) readonly modelVersion!: string;
}

class EnvelopeAnswer {
  @Digest() readonly contentDigest!: string;
  @ListOf(TargetAnswer, 500) readonly targets!: readonly TargetAnswer[];
  @Instant() readonly notBefore!: string;
  @Instant() readonly notAfter!: string;
  @Choice(...RISK_LEVELS) readonly riskLevel!: string;
  @Choice(...CHANGE_MODELS) readonly model!: string;
}

class AttemptAnswer {
  @Id() readonly deploymentId!: string;
  @Nested(TargetAnswer) readonly target!: TargetAnswer;
  /** Of a rollback: the deployment that it undoes. */
  @Id() @Optional() readonly undoes?: string;
  /** No deployment stands behind it. */
  @Flag() @Optional() readonly byHand?: boolean;
  /** False: before production, where it began nothing. */
  @Flag() @Optional() readonly production?: boolean;
  /** None while it runs. */
  @Choice(...OUTCOMES) @Optional() readonly outcome?: string;
}

class OutcomeAnswer {
  @Nested(TargetAnswer) readonly target!: TargetAnswer;
  @Choice(...OUTCOMES) readonly outcome!: string;
}

class ChangePlanAnswer {
  @Choice(...PLAN_KINDS) readonly kind!: string;
  @Text(10_000) readonly steps!: string;
  @Digest() readonly digest!: string;
  @Integer(1, 10_080) @Optional() readonly minutes?: number;
}

class ChangeTaskAnswer {
  @Id() readonly id!: string;
  @Text(200) readonly title!: string;
  @Text(10_000) @Optional() readonly description?: string;
  @Choice('Open', 'Done', 'Dropped') readonly state!: string;
  @Integer(1, 10_000) readonly order!: number;
  @Person() @Optional() readonly owner?: string;
  @Instant() @Optional() readonly dueAt?: string;
  @Text(2_000) @Optional() readonly note?: string;
  @Text(2_000) @Optional() readonly reason?: string;
}

class ChangeRelatedRecordAnswer {
  @Choice('incident', 'problem') readonly record!: string;
  @Id() readonly recordId!: string;
  /** What this change is to it. */
  @Choice(...RELATIONS) readonly relation!: string;
}

class ChangeHeadAnswer {
  @Id() readonly id!: string;
  @Pattern(/^[A-Z]{2,8}-[1-9]\d{0,11}$/, 'CHG-34') readonly number!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(200) readonly title!: string;
  @Choice(...CHANGE_MODELS) readonly model!: string;
  @Person() readonly requester!: string;
  @Choice(...CHANGE_STATES) readonly state!: string;
  @Flag() readonly onHold!: boolean;
  /** Something ran under it that the rules did not allow. */
  @Flag() readonly unauthorized!: boolean;
  @Texts(100, 64) readonly releaseIds!: readonly string[];
  /** What an approval binds: SHA-256 over scope, artifacts, plans and targets. */
  @Digest() readonly contentDigest!: string;
  @Nested(WindowDto) readonly window!: WindowDto;
  @Instant() @Optional() readonly reviewDueAt?: string;
  @Choice(...CLOSE_CODES) @Optional() readonly closeCode?: string;
  @Instant() readonly raisedAt!: string;
  @Instant() readonly updatedAt!: string;
}

export class OpenChangeSlotAnswer {
  @Text(100) readonly slot!: string;
  @Text(40) readonly role!: string;
  /** How many more people. */
  @Integer(1, 100) readonly missing!: number;
}

/** A row of the list. */
export class ChangeRowDto extends ChangeHeadAnswer {
  @Choice(...RISK_LEVELS) @Optional() readonly riskLevel?: string;
  @Texts(1_000, 80) readonly services!: readonly string[];
  @Texts(1_000, 80) readonly environments!: readonly string[];
  /** Approvals that are asked for. */
  @ListOf(OpenChangeSlotAnswer, 100) readonly openSlots!: readonly OpenChangeSlotAnswer[];
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
}

export class ChangeDto extends IntersectionType(ChangeHeadAnswer, RecordAnswer) {
  @Text(10_000) @Optional() readonly description?: string;
  /** Why it is on hold or was canceled. */
  @Text(2_000) @Optional() readonly reason?: string;
  @Texts(1_000, 64) readonly serviceIds!: readonly string[];
  @Nested(ContentAnswer) readonly content!: ContentAnswer;
  @Integer(1, 10_080) @Optional() readonly backoutMinutes?: number;
  /** Digest of the implementation plan of a change whose content comes from its release. */
  @Digest() @Optional() readonly implementationPlan?: string;
  @ListOf(ChangePlanAnswer, PLAN_KINDS.length) readonly plans!: readonly ChangePlanAnswer[];
  @ListOf(ChangeTaskAnswer, MOST_TASKS) readonly tasks!: readonly ChangeTaskAnswer[];
  @ListOf(ChangeRelatedRecordAnswer, MOST_LINKS) readonly relatedRecords!: readonly ChangeRelatedRecordAnswer[];
  @Texts(1_000, 64) readonly commitAuthors!: readonly string[];
  @Texts(1_000, 64) readonly builders!: readonly string[];
  @Nested(RiskAnswer) @Optional() readonly riskAssessment?: RiskAnswer;
  /** What is asked for now. */
  @ListOf(SlotAnswer, 100) readonly slots!: readonly SlotAnswer[];
  /** Every verdict ever given. */
  @ListOf(ApprovalAnswer, 1_000) readonly approvals!: readonly ApprovalAnswer[];
  /** What is authorized. */
  @Nested(EnvelopeAnswer) @Optional() readonly envelope?: EnvelopeAnswer;
  @Choice('approved', 'pre-authorized', 'retrospective') @Optional() readonly authorization?: string;
  /** Production deployments under it. */
  @ListOf(AttemptAnswer, 1_000) readonly attempts!: readonly AttemptAnswer[];
  /** What had become of each target when its review began. */
  @ListOf(OutcomeAnswer, 500) @Optional() readonly outcomes?: readonly OutcomeAnswer[];
  @Text(10_000) @Optional() readonly note?: string;
}

export class KeptChangeDto extends ChangeDto {
  /** What this call did; nothing when the change was like that. */
  @Patterns(/^(raised|revised|moved|planned|described)$/, 5) readonly done!: readonly string[];
}
