import {
  Clearable,
  Digest,
  Id,
  Instant,
  Integer,
  ListOf,
  ListQuery,
  Optional,
  Pattern,
  PERSON,
  Text,
  Texts,
} from '@slipway/edge';
import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { MOST_FILES } from './details.ts';

const URL = /^https?:\/\/\S{1,1990}$/;
const PSEUDONYM = /^person-[0-9a-f-]{36}$/;

export class ExternalRefDto {
  /** `jira`, `github`, `servicenow` … */
  @Pattern(/^[a-z0-9][a-z0-9.-]{0,49}$/, 'jira')
  readonly system!: string;

  @Text(200)
  readonly key!: string;

  @Pattern(URL, 'https://jira.example/browse/SHOP-300')
  @Optional()
  readonly url?: string;
}

/** What is not said stays as it is; a list replaces the one before. */
export class ChangeDetailsDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  @Optional()
  readonly title?: string;

  /** E-mail or account. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Stored encrypted; null takes it away. */
  @Text(10_000)
  @Clearable()
  readonly description?: string | null;

  /** Words to find it by. Published as they are: they must not name people. */
  @Texts(50, 63)
  @Optional()
  readonly labels?: readonly string[];

  @ListOf(ExternalRefDto, 100)
  @Optional()
  readonly externalRefs?: readonly ExternalRefDto[];
}

export class CommentDto {
  /** Stored encrypted. */
  @Text(10_000)
  readonly text!: string;
}

export class LinkFileDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly name!: string;

  /** Stored encrypted. */
  @Pattern(URL, 'https://storage.example/test-report.pdf')
  readonly url!: string;

  /** SHA-256 of the bytes that are meant. */
  @Digest()
  readonly digest!: string;

  @Pattern(/^[a-z]+\/[\w.+-]{1,100}$/, 'application/pdf')
  @Optional()
  readonly mediaType?: string;
}

export class UnlinkFileDto {
  /** The id that it has among `files`. */
  @Id()
  readonly file!: string;

  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class CommentAnswer {
  @Id() readonly id!: string;
  @Text(10_000) readonly text!: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly by!: string;
  @Instant() readonly at!: string;
}

export class FileAnswer extends LinkFileDto {
  @Id() readonly id!: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly by!: string;
  @Instant() readonly at!: string;
}

/** What the answer of every record has. */
export class RecordAnswer {
  @Texts(50, 63) readonly labels!: readonly string[];
  @ListOf(ExternalRefDto, 100) readonly externalRefs!: readonly ExternalRefDto[];
  @ListOf(CommentAnswer, 100_000) readonly comments!: readonly CommentAnswer[];
  @ListOf(FileAnswer, MOST_FILES) readonly files!: readonly FileAnswer[];
}

/** One event of a record's own page. */
export class RecordEventAnswer {
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(100) readonly type!: string;
  /** A pseudonym, or a process of Slipway. */
  @Text(100) readonly actor!: string;
  @Text(100) @Optional() readonly onBehalfOf?: string;
  @Instant() readonly occurredAt!: string;
  @Instant() readonly recordedAt!: string;
  @Text(100) readonly source!: string;
  /** What it says beside who and when, with its free texts. */
  @ApiProperty({ type: 'object', additionalProperties: true }) @IsObject() readonly facts!: object;
}

/** What every list of records takes. */
export class RecordsQuery extends ListQuery {
  /** A key in another system. */
  @Text(200)
  @Optional()
  readonly ref?: string;

  @Text(63)
  @Optional()
  readonly label?: string;
}

export class ListRecordEventsQuery extends OmitType(ListQuery, ['q', 'state', 'from', 'to', 'afterEvent']) {}
