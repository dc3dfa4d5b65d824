import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Choice, Id, Instant, Integer, Optional, Pattern, Patterns, PERSON, Text, Texts } from '@slipway/edge';
import { RecordAnswer, RecordsQuery } from '@slipway/records';
import { IsArray } from 'class-validator';

const KINDS = ['announcement', 'delay', 'rollback', 'outage', 'restoration'] as const;
const COMMUNICATION_STATES = ['Draft', 'Sent', 'Canceled'] as const;
const SUBJECTS = ['release', 'change', 'incident'] as const;

export class CommunicationWordsDto {
  /** Of the mail. Published as it is: it must not name people. */
  @Text(200)
  readonly subject!: string;

  /** Stored encrypted. */
  @Text(20_000)
  readonly text!: string;

  /** E-mails, accounts or pseudonyms. */
  @Patterns(PERSON, 1_000)
  readonly people!: readonly string[];

  /** When what it is about happens now. */
  @Instant()
  @Optional()
  readonly revisedTime?: string;

  /** Until when the next word is promised. */
  @Instant()
  @Optional()
  readonly nextUpdateBy?: string;
}

export class ReviseCommunicationDto extends CommunicationWordsDto {}

export class DraftCommunicationDto extends CommunicationWordsDto {
  /** Of the record. Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  @Choice(...KINDS)
  readonly kind!: (typeof KINDS)[number];

  /** Whom it is written for. Published as it is: it must not name people. */
  @Text(200)
  readonly audience!: string;

  /** What the next is the id or number of. */
  @Choice(...SUBJECTS)
  readonly aboutKind!: (typeof SUBJECTS)[number];

  @Id()
  readonly about!: string;

  /** E-mail or account; who asks, when absent. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;
}

export class CancelCommunicationDto {
  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class ListCommunicationsQuery extends OmitType(RecordsQuery, ['state']) {
  @Choice(...COMMUNICATION_STATES)
  @Optional()
  readonly state?: string;

  @Choice(...KINDS)
  @Optional()
  readonly kind?: string;

  /** Id or number of a release. */
  @Id()
  @Optional()
  readonly release?: string;

  /** Id or number of a change. */
  @Id()
  @Optional()
  readonly change?: string;

  /** Id or number of an incident. */
  @Id()
  @Optional()
  readonly incident?: string;
}

const someObjects = () => ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } });

export class CommunicationDto extends RecordAnswer {
  @Id() readonly id!: string;
  @Text(30) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Text(200) readonly subject!: string;
  @Text(20_000) readonly text!: string;
  /** Pseudonyms; frozen once it is sent. */
  @Texts(1_000, 60) readonly people!: readonly string[];
  /** SHA-256 of subject and text. */
  @Text(80) readonly contentDigest!: string;
  @Choice(...KINDS) readonly kind!: string;
  @Text(200) readonly audience!: string;
  @Text(120) readonly about!: string;
  @Text(60) readonly owner!: string;
  @Text(10_000) @Optional() readonly description?: string;
  @Choice(...COMMUNICATION_STATES) readonly state!: string;
  @Text(2_000) @Optional() readonly reason?: string;
  @Instant() @Optional() readonly revisedTime?: string;
  @Instant() @Optional() readonly nextUpdateBy?: string;
  @Instant() @Optional() readonly sentAt?: string;
  /** What became of the mail to each of them: person, outcome, at. */
  @someObjects() @IsArray() readonly receipts!: readonly object[];
  /** Who has read it: person, at. */
  @someObjects() @IsArray() readonly acknowledgements!: readonly object[];
  @Instant() readonly draftedAt!: string;
  @Instant() readonly updatedAt!: string;
  @Integer(1, 1_000_000) readonly version!: number;
}

export class CommunicationRowDto {
  @Id() readonly id!: string;
  @Text(30) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Text(60) readonly owner!: string;
  @Choice(...KINDS) readonly kind!: string;
  @Text(200) readonly audience!: string;
  @Text(120) readonly about!: string;
  @Choice(...COMMUNICATION_STATES) readonly state!: string;
  @Integer(0, 1_000) readonly recipients!: number;
  @Integer(0, 1_000) readonly delivered!: number;
  @Integer(0, 1_000) readonly failed!: number;
  @Integer(0, 1_000) readonly acknowledged!: number;
  @Instant() @Optional() readonly nextUpdateBy?: string;
  @Instant() @Optional() readonly sentAt?: string;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
  @Instant() readonly draftedAt!: string;
  @Instant() readonly updatedAt!: string;
  @Integer(1, 1_000_000) readonly version!: number;
}
