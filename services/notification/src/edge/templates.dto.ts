import { OmitType } from '@nestjs/swagger';
import { Choice, Id, Instant, Integer, ListOf, Optional, Pattern, PERSON, Text, Texts } from '@slipway/edge';
import { RecordAnswer, RecordsQuery } from '@slipway/records';

const TEMPLATE_STATES = ['Current', 'Retired'] as const;

/** What a mail says. `{{event.data.title}}`, `{{number}}`, `{{title}}`, `{{subscription}}` stand for facts. */
export class ReviseTemplateDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly subject!: string;

  /** Published as it is: it must not name people. */
  @Text(20_000)
  readonly text!: string;
}

export class CreateTemplateDto extends ReviseTemplateDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** Whom it is written for. */
  @Text(200)
  readonly audience!: string;

  /** E-mail or account; who asks, when absent. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;
}

export class RetireTemplateDto {
  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class ListTemplatesQuery extends OmitType(RecordsQuery, ['state', 'from', 'to']) {
  @Choice(...TEMPLATE_STATES)
  @Optional()
  readonly state?: string;

  @Text(200)
  @Optional()
  readonly audience?: string;
}

export class TemplateRevisionDto extends ReviseTemplateDto {
  @Integer(1, 1_000_000) readonly revision!: number;
  @Text(60) readonly by!: string;
  @Instant() readonly at!: string;
}

export class TemplateDto extends RecordAnswer {
  @Id() readonly id!: string;
  @Text(30) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Text(200) readonly audience!: string;
  @Text(60) readonly owner!: string;
  @Text(10_000) @Optional() readonly description?: string;
  @Choice(...TEMPLATE_STATES) readonly state!: string;
  @Text(2_000) @Optional() readonly reason?: string;
  /** The last is what is said now. */
  @ListOf(TemplateRevisionDto, 1_000_000) readonly revisions!: readonly TemplateRevisionDto[];
  @Instant() readonly createdAt!: string;
  @Instant() readonly updatedAt!: string;
  @Integer(1, 1_000_000) readonly version!: number;
}

export class TemplateRowDto extends ReviseTemplateDto {
  @Id() readonly id!: string;
  @Text(30) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Text(200) readonly audience!: string;
  @Text(60) readonly owner!: string;
  @Choice(...TEMPLATE_STATES) readonly state!: string;
  @Integer(1, 1_000_000) readonly revision!: number;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
  @Instant() readonly createdAt!: string;
  @Instant() readonly updatedAt!: string;
  @Integer(1, 1_000_000) readonly version!: number;
}
