import { OmitType } from '@nestjs/swagger';
import {
  Choice,
  Id,
  Instant,
  Integer,
  ListOf,
  ListQuery,
  Nested,
  Optional,
  Pattern,
  Patterns,
  Text,
  Texts,
  PERSON,
} from '@slipway/edge';
import { TargetAnswer } from './changes.answers.dto.ts';

export const KINDS = ['planned', 'hotfix', 'rollback', 'redeploy', 'activation'] as const;
export const OUTCOMES = ['compliant', 'non-compliant', 'recorded', 'error'] as const;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** May this content go to this target now? */
export class DecisionRequestDto {
  /** The deployment that it is for, by id or number. Without one the answer is recorded for nobody to start by. */
  @Id()
  @Optional()
  readonly deployment?: string;

  /** `planned` when absent. */
  @Choice(...KINDS)
  @Optional()
  readonly kind?: (typeof KINDS)[number];

  /** Id or name. */
  @Id()
  readonly service!: string;

  /** Id or name. */
  @Id()
  readonly environment!: string;

  /** What would run; without any, those of the release or change for this service. */
  @Patterns(DIGEST, 100)
  @Optional()
  readonly digests?: readonly string[];

  /** E-mail or account of who would deploy; who asks, when absent. */
  @Pattern(PERSON, 'github:codertocat')
  @Optional()
  readonly deployer?: string;

  /** Of a rollback: the deployment that it undoes, by id or number. */
  @Id()
  @Optional()
  readonly undoes?: string;

  /** Id or number; found by release or digests when absent. */
  @Id()
  @Optional()
  readonly change?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly release?: string;
}

export class DecisionPreviewDto extends DecisionRequestDto {
  /** Another instant than now: what if? */
  @Instant()
  @Optional()
  readonly at?: string;
}

export class RuleOutcomeDto {
  @Text(100) readonly rule!: string;
  @Text(20) readonly ruleVersion!: string;
  @Choice(...OUTCOMES) readonly outcome!: string;
  @Text(1_000) readonly reason!: string;
  @Instant() @Optional() readonly opensAt?: string;
}

class InputDto {
  @Text(200) readonly stream!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
}

export class DecisionPreviewAnswer {
  @Choice('allow', 'deny') readonly verdict!: string;
  @Id() readonly deploymentId!: string;
  @Choice(...KINDS) readonly kind!: string;
  @Nested(TargetAnswer) readonly target!: TargetAnswer;
  @Patterns(DIGEST, 100) readonly digests!: readonly string[];
  @Text(60) readonly deployer!: string;
  @Id() @Optional() readonly undoes?: string;
  @Id() @Optional() readonly changeId?: string;
  @Id() @Optional() readonly releaseId?: string;
  /** Every rule that applies, with its outcome. */
  @ListOf(RuleOutcomeDto, 100) readonly rules!: readonly RuleOutcomeDto[];
  /** The role grants that a yes relies on. */
  @Texts(100, 64) readonly roleGrantIds!: readonly string[];
  @Instant() readonly askedAt!: string;
  /** Of an allow: start before it. */
  @Instant() @Optional() readonly validUntil?: string;
  /** Of a deny: when time alone turns it into an allow. */
  @Instant() @Optional() readonly nextOpening?: string;
  /** What it was taken on. */
  @ListOf(InputDto, 10_000) readonly inputs!: readonly InputDto[];
  @Integer(0, Number.MAX_SAFE_INTEGER) readonly position!: number;
  @Text(20) readonly evaluatorVersion!: string;
  @Text(20) readonly timeZoneDataVersion!: string;
}

export class DecisionDto extends DecisionPreviewAnswer {
  @Id() readonly id!: string;
  @Integer(1, 1) readonly version!: number;
}

/** A row of the list. */
export class DecisionRowDto {
  @Id() readonly id!: string;
  @Choice('allow', 'deny') readonly verdict!: string;
  @Choice(...KINDS) readonly kind!: string;
  @Id() readonly deploymentId!: string;
  @Id() @Optional() readonly changeId?: string;
  @Id() @Optional() readonly releaseId?: string;
  @Id() readonly service!: string;
  @Id() readonly environment!: string;
  /** The rules that said no. */
  @Texts(100, 100) readonly refusedBy!: readonly string[];
  @Instant() readonly askedAt!: string;
  @Instant() @Optional() readonly validUntil?: string;
  @Instant() @Optional() readonly nextOpening?: string;
}

export class ListDecisionsQuery extends OmitType(ListQuery, ['state', 'q']) {
  @Choice('allow', 'deny')
  @Optional()
  readonly verdict?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly deployment?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly change?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly release?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly environment?: string;
}
