import { Choice, Id, Instant, Integer, Nested, Optional, Pattern, PERSON, Text } from '@slipway/edge';

export const PLAN_KINDS = ['implementation', 'test', 'back-out'] as const;
/** How work by hand ends at a target; what was taken back is rolled back. */
export const HAND_OUTCOMES = ['succeeded', 'failed', 'rolled-back'] as const;
export const RELATIONS = ['caused-by', 'remediates', 'related'] as const;

const MOST_MINUTES = 10_080;

export class ChangePlanDto {
  /** Stored encrypted. */
  @Text(10_000)
  readonly steps!: string;

  /** How long it takes. */
  @Integer(1, MOST_MINUTES)
  @Optional()
  readonly minutes?: number;
}

export class ChangeBackOutPlanDto {
  /** Stored encrypted. */
  @Text(10_000)
  readonly steps!: string;

  /** How long backing out takes: a deployment must leave that much of the window. */
  @Integer(1, MOST_MINUTES)
  readonly minutes!: number;
}

/** Implementation and back-out plan are part of what is approved; the test plan is not. */
export class ChangePlansDto {
  @Nested(ChangePlanDto)
  @Optional()
  readonly implementation?: ChangePlanDto;

  @Nested(ChangePlanDto)
  @Optional()
  readonly test?: ChangePlanDto;

  @Nested(ChangeBackOutPlanDto)
  @Optional()
  readonly backOut?: ChangeBackOutPlanDto;
}

export class PlanChangeDto extends ChangePlanDto {
  @Choice(...PLAN_KINDS)
  readonly kind!: (typeof PLAN_KINDS)[number];
}

export class AddChangeTaskDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;

  /** E-mail or account. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Tasks are shown by it; the last when absent. */
  @Integer(1, 10_000)
  @Optional()
  readonly order?: number;

  @Instant()
  @Optional()
  readonly dueAt?: string;
}

class OfChangeTaskDto {
  /** The id that it has among `tasks`. */
  @Id()
  readonly task!: string;
}

export class MoveChangeTaskDto extends OfChangeTaskDto {
  @Integer(1, 10_000)
  @Optional()
  readonly order?: number;

  @Instant()
  @Optional()
  readonly dueAt?: string;
}

export class AssignChangeTaskDto extends OfChangeTaskDto {
  /** E-mail or account. */
  @Pattern(PERSON, 'rita@example.org')
  readonly owner!: string;
}

export class FinishChangeTaskDto extends OfChangeTaskDto {
  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly note?: string;
}

export class DropChangeTaskDto extends OfChangeTaskDto {
  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}

class OfChangeRecordDto {
  /** Id or number. Either it or a problem. */
  @Id()
  @Optional()
  readonly incident?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly problem?: string;
}

export class LinkChangeRecordDto extends OfChangeRecordDto {
  /** `caused-by`: this change caused it; `remediates`: this change mends it. */
  @Choice(...RELATIONS)
  readonly relation!: (typeof RELATIONS)[number];
}

export class UnlinkChangeRecordDto extends OfChangeRecordDto {
  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}

export class BeginChangeWorkDto {
  /** Id of an allow for who asks, without artifacts, that is still valid: `POST /v1/decisions`. */
  @Id()
  readonly decision!: string;
}

export class FinishChangeWorkDto {
  /** The `deploymentId` that it has among `attempts`. */
  @Id()
  readonly attempt!: string;

  @Choice(...HAND_OUTCOMES)
  readonly outcome!: (typeof HAND_OUTCOMES)[number];
}
