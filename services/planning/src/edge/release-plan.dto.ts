import { Choice, Instant, ListOf, Nested, Optional, Pattern, Patterns, PERSON, Text, Texts } from '@slipway/edge';

const PSEUDONYM = /^person-[0-9a-f-]{36}$/;
const EXAMPLE = 'person-0198c1a0-1000-7000-8000-000000000001';
export const GATES = ['entry', 'exit'] as const;

/** Names are published as they are: they must not name people. */
export class PlanMilestoneDto {
  @Text(200)
  readonly name!: string;

  @Instant()
  readonly dueAt!: string;

  /** E-mail or account of who answers for it. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;
}

export class ReachMilestoneDto {
  @Text(200)
  readonly name!: string;

  /** E-mail or account of whose work it was; who asks, when absent. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly by?: string;

  /** Now, when absent. */
  @Instant()
  @Optional()
  readonly reachedAt?: string;
}

/** A milestone or a phase. */
export class DropPlannedDto {
  @Text(200)
  readonly name!: string;

  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class PlanPhaseDto {
  @Text(200)
  readonly name!: string;

  /** What must be so before it begins. */
  @Texts(50, 200)
  readonly entryCriteria!: readonly string[];

  /** What must be so before it ends. */
  @Texts(50, 200)
  readonly exitCriteria!: readonly string[];
}

export class PassGateDto {
  @Text(200)
  readonly phase!: string;

  @Choice(...GATES)
  readonly gate!: (typeof GATES)[number];
}

export class MeetCriterionDto extends PassGateDto {
  @Text(200)
  readonly criterion!: string;

  /** Where it can be seen. Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly note?: string;
}

export class ReopenCriterionDto extends PassGateDto {
  @Text(200)
  readonly criterion!: string;

  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}

export class NameManagerDto {
  /** E-mail or account. */
  @Pattern(PERSON, 'rita@example.org')
  readonly manager!: string;
}

/** E-mails or accounts. It takes the place of what was stated before. */
export class StateRaciDto {
  @Patterns(PERSON, 100)
  readonly responsible!: readonly string[];

  /** One, as there is one who answers for it in the end. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly accountable?: string;

  @Patterns(PERSON, 100)
  @Optional()
  readonly consulted?: readonly string[];

  @Patterns(PERSON, 100)
  @Optional()
  readonly informed?: readonly string[];
}

class PlanDoneAnswer {
  @Pattern(PSEUDONYM, EXAMPLE) readonly by!: string;
  @Instant() readonly at!: string;
}

class MilestoneAnswer {
  @Text(200) readonly name!: string;
  @Instant() readonly dueAt!: string;
  @Pattern(PSEUDONYM, EXAMPLE) @Optional() readonly owner?: string;
  @Nested(PlanDoneAnswer) @Optional() readonly reached?: PlanDoneAnswer;
}

class CriterionMetAnswer extends PlanDoneAnswer {
  @Text(2_000) @Optional() readonly note?: string;
}

class CriterionAnswer {
  @Text(200) readonly name!: string;
  @Nested(CriterionMetAnswer) @Optional() readonly met?: CriterionMetAnswer;
}

class PhaseGateAnswer {
  @ListOf(CriterionAnswer, 50) readonly criteria!: readonly CriterionAnswer[];
  @Nested(PlanDoneAnswer) @Optional() readonly passed?: PlanDoneAnswer;
}

class PhaseAnswer {
  @Text(200) readonly name!: string;
  @Nested(PhaseGateAnswer) readonly entry!: PhaseGateAnswer;
  @Nested(PhaseGateAnswer) readonly exit!: PhaseGateAnswer;
}

class RaciAnswer {
  @Patterns(PSEUDONYM, 100) readonly responsible!: readonly string[];
  @Pattern(PSEUDONYM, EXAMPLE) @Optional() readonly accountable?: string;
  @Patterns(PSEUDONYM, 100) readonly consulted!: readonly string[];
  @Patterns(PSEUDONYM, 100) readonly informed!: readonly string[];
}

/** What a release's answer says of its plan. */
export class PlanAnswer {
  @ListOf(MilestoneAnswer, 100) readonly milestones!: readonly MilestoneAnswer[];
  /** In the order in which they follow each other. */
  @ListOf(PhaseAnswer, 20) readonly phases!: readonly PhaseAnswer[];
  @Pattern(PSEUDONYM, EXAMPLE) @Optional() readonly manager?: string;
  @Nested(RaciAnswer) @Optional() readonly raci?: RaciAnswer;
}
