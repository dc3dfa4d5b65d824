import { IntersectionType } from '@nestjs/swagger';
import {
  Choice,
  Flag,
  Id,
  Instant,
  Integer,
  ListOf,
  Optional,
  Pattern,
  Patterns,
  PERSON,
  Text,
  Texts,
} from '@slipway/edge';
import { RecordAnswer, RecordsQuery } from '@slipway/records';
import { TaskAnswer } from './tasks.dto.ts';

const KINDS = ['root-cause', 'contributing-factor', 'went-well', 'went-badly', 'lucky'] as const;
const OCCASIONS = ['major-incident', 'unsuccessful-change', 'change-caused-incident', 'person'] as const;
const STATES = ['Due', 'Held', 'ActionsOpen', 'Completed'] as const;
const LONGEST_TEXT = 20_000;

export class ScheduleReviewDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** Id or number; an incident has one review. */
  @Id()
  @Optional()
  readonly incident?: string;

  /** Id or number; a change has one review. */
  @Id()
  @Optional()
  readonly change?: string;

  /** In 72 hours when absent. */
  @Instant()
  @Optional()
  readonly dueAt?: string;

  /** Pseudonym, e-mail or account; who asks for it when absent. */
  @Pattern(PERSON, 'ines@example.org')
  @Optional()
  readonly owner?: string;

  @Text(LONGEST_TEXT)
  @Optional()
  readonly description?: string;
}

export class FeedbackDto {
  @Text(LONGEST_TEXT)
  readonly text!: string;
}

export class FindingDto extends FeedbackDto {
  @Choice(...KINDS)
  readonly kind!: (typeof KINDS)[number];
}

export class HoldReviewDto {
  /** Pseudonyms, e-mails or accounts. */
  @Patterns(PERSON, 200)
  @Optional()
  readonly attendees?: readonly string[];

  @Text(LONGEST_TEXT)
  @Optional()
  readonly summary?: string;

  /** When it was held; now, when it is not said. */
  @Instant()
  @Optional()
  readonly occurredAt?: string;
}

export class ListReviewsQuery extends RecordsQuery {
  /** Due, and past its time. */
  @Flag()
  @Optional()
  readonly overdue?: boolean;

  /** Pseudonym, e-mail or account. */
  @Pattern(PERSON, 'ines@example.org')
  @Optional()
  readonly owner?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly incident?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly change?: string;
}

class ReviewFacts {
  @Id() readonly id!: string;
  @Text(40) @Optional() readonly number?: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(200) readonly title!: string;
  @Id() @Optional() readonly owner?: string;
  @Choice(...STATES) readonly state!: string;
  @Choice(...OCCASIONS) readonly occasion!: string;
  @Id() @Optional() readonly incidentId?: string;
  @Id() @Optional() readonly changeId?: string;
  @Instant() readonly dueAt!: string;
  @Flag() readonly overdue!: boolean;
  @Instant() readonly scheduledAt!: string;
  @Instant() @Optional() readonly heldAt?: string;
}

/** A row of the list. */
export class ReviewRowDto extends ReviewFacts {
  @Integer(0, Number.MAX_SAFE_INTEGER) readonly openActions!: number;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
}

class OccasionAnswer {
  @Choice(...OCCASIONS) readonly occasion!: string;
  @Id() @Optional() readonly incidentId?: string;
  @Id() @Optional() readonly changeId?: string;
  @Instant() readonly at!: string;
}

class SaidDto {
  @Text(LONGEST_TEXT) readonly text!: string;
  @Id() readonly by!: string;
  @Instant() readonly at!: string;
}

class FeedbackAnswer extends SaidDto {
  @Id() readonly feedbackId!: string;
}

class FindingAnswer extends SaidDto {
  @Id() readonly findingId!: string;
  @Choice(...KINDS) readonly kind!: string;
}

class ActionAnswer extends TaskAnswer {
  @Flag() readonly overdue!: boolean;
}

export class ReviewDto extends IntersectionType(ReviewFacts, RecordAnswer) {
  @Text(LONGEST_TEXT) @Optional() readonly description?: string;
  /** What else called for it. */
  @ListOf(OccasionAnswer, 10_000) readonly occasions!: readonly OccasionAnswer[];
  @Texts(200, 64) readonly attendees!: readonly string[];
  @Text(LONGEST_TEXT) @Optional() readonly summary?: string;
  @ListOf(FeedbackAnswer, 10_000) readonly feedback!: readonly FeedbackAnswer[];
  @ListOf(FindingAnswer, 10_000) readonly findings!: readonly FindingAnswer[];
  @ListOf(ActionAnswer, 500) readonly actions!: readonly ActionAnswer[];
  @Instant() @Optional() readonly completedAt?: string;
}
