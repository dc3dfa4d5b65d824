import { Choice, Id, Instant, Integer, Optional, Pattern, PERSON, Text } from '@slipway/edge';

const LONGEST_NOTE = 4_000;

/** What is not said stays as it is. */
export class ChangeTaskFields {
  /** Pseudonym, e-mail or account. */
  @Pattern(PERSON, 'ines@example.org')
  @Optional()
  readonly owner?: string;

  /** Ascending; those without come last. */
  @Integer(-1_000_000, 1_000_000)
  @Optional()
  readonly order?: number;

  @Instant()
  @Optional()
  readonly dueAt?: string;
}

export class AddTaskDto extends ChangeTaskFields {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;
}

export class ChangeTaskDto extends ChangeTaskFields {
  /** The id that it has among the tasks. */
  @Id()
  readonly task!: string;

  /** Published as it is: it must not name people. */
  @Text(200)
  @Optional()
  readonly title?: string;
}

export class CompleteTaskDto {
  @Id()
  readonly task!: string;

  @Text(LONGEST_NOTE)
  @Optional()
  readonly note?: string;
}

export class DropTaskDto {
  @Id()
  readonly task!: string;

  @Text(LONGEST_NOTE)
  readonly reason!: string;
}

export class TaskAnswer {
  @Id() readonly taskId!: string;
  @Text(200) readonly title!: string;
  @Choice('open', 'done', 'dropped') readonly state!: string;
  @Id() @Optional() readonly owner?: string;
  @Integer(-1_000_000, 1_000_000) @Optional() readonly order?: number;
  @Instant() @Optional() readonly dueAt?: string;
  @Instant() readonly addedAt!: string;
  @Instant() @Optional() readonly settledAt?: string;
  @Id() @Optional() readonly settledBy?: string;
  @Text(LONGEST_NOTE) @Optional() readonly note?: string;
}
