import {
  Choice,
  Day,
  Id,
  Instant,
  Integer,
  ListOf,
  Nested,
  Optional,
  Pattern,
  PERSON,
  Text,
  Texts,
  ROLES,
} from '@slipway/edge';
import { RecordAnswer, RecordsQuery } from '@slipway/records';
import { ScopeDto } from './role-grants.dto.ts';

export const MOST_REVIEWED = 1_000;

export class OpenAccessReviewDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;

  /** E-mail or account; absent: who opens it. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** The rights that were held then; absent: now. */
  @Instant()
  @Optional()
  readonly at?: string;

  /** The day by which all should be decided. */
  @Day()
  @Optional()
  readonly dueOn?: string;

  /** Grants of this role only. */
  @Choice(...ROLES)
  @Optional()
  readonly role?: string;

  /** Of this person or account only: a pseudonym, an e-mail address or an account. */
  @Text(300)
  @Optional()
  readonly person?: string;
}

export class ConfirmAccessRightDto {
  /** The id of the grant, or the `kid` of the key. */
  @Pattern(/^[A-Za-z0-9_-]{1,64}$/, '0198c0de-0000-7000-8000-000000000000')
  readonly right!: string;

  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class RevokeAccessRightDto {
  /** The id of the grant, or the `kid` of the key. */
  @Pattern(/^[A-Za-z0-9_-]{1,64}$/, '0198c0de-0000-7000-8000-000000000000')
  readonly right!: string;

  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}

export class CancelAccessReviewDto {
  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}

export class ListAccessReviewsQuery extends RecordsQuery {
  /** About this person or account: a pseudonym, an e-mail address or an account. */
  @Text(300)
  @Optional()
  readonly person?: string;
}

export class ReviewedRightDto {
  @Text(43) readonly person!: string;
  /** Shown to those who may read names. */
  @Text(200) @Optional() readonly personName?: string;
  @Id() @Optional() readonly roleGrantId?: string;
  @Text(43) @Optional() readonly kid?: string;
  @Choice(...ROLES) @Optional() readonly role?: string;
  @Nested(ScopeDto) @Optional() readonly scope?: ScopeDto;
  @Instant() @Optional() readonly from?: string;
  @Instant() @Optional() readonly to?: string;
  @Choice('open', 'confirmed', 'revoked') readonly decision!: string;
  @Text(100) @Optional() readonly by?: string;
  @Instant() @Optional() readonly decidedAt?: string;
  /** Null: erased. */
  @Text(2_000) @Optional() readonly reason?: string | null;
}

class AccessReviewCanceledDto {
  @Text(100) readonly by!: string;
  @Instant() readonly at!: string;
  @Text(2_000) readonly reason!: string | null;
}

export class AccessReviewDto extends RecordAnswer {
  @Id() readonly id!: string;
  @Id() readonly number!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(200) readonly title!: string;
  @Text(100) readonly owner!: string;
  @Text(10_000) @Optional() readonly description?: string | null;
  @Choice('Open', 'Completed', 'Canceled') readonly state!: string;
  @Instant() readonly at!: string;
  @Day() @Optional() readonly dueOn?: string;
  @ListOf(ReviewedRightDto, MOST_REVIEWED) readonly rights!: readonly ReviewedRightDto[];
  @Instant() readonly openedAt!: string;
  @Instant() @Optional() readonly completedAt?: string;
  @Nested(AccessReviewCanceledDto) @Optional() readonly canceled?: AccessReviewCanceledDto;
}

export class AccessReviewRowDto {
  @Id() readonly id!: string;
  @Id() @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Text(100) readonly owner!: string;
  @Choice('Open', 'Completed', 'Canceled') readonly state!: string;
  @Instant() readonly at!: string;
  @Day() @Optional() readonly dueOn?: string;
  /** How many it is about, and how many of them were decided so far. */
  @Integer(1, MOST_REVIEWED) readonly rights!: number;
  @Integer(0, MOST_REVIEWED) readonly confirmed!: number;
  @Integer(0, MOST_REVIEWED) readonly revoked!: number;
  @Texts(50, 63) readonly labels!: readonly string[];
  @Texts(100, 200) readonly refs!: readonly string[];
  @Instant() readonly openedAt!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
}
