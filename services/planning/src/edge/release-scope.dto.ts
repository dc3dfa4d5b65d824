import { OmitType } from '@nestjs/swagger';
import { Choice, Digest, Id, Integer, ListOf, Nested, Optional, Pattern, Text, Texts } from '@slipway/edge';

export const SCOPE_KINDS = ['feature', 'fix', 'tech-debt', 'regulatory'] as const;
export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export const LIFECYCLE_STAGES = ['introduction', 'growth', 'maturity', 'decline', 'retirement'] as const;

const URL = /^https?:\/\/[\x21-\x7e]+$/;

export class ScopeRefDto {
  @Text(50)
  readonly system!: string;

  @Text(200)
  readonly key!: string;

  @Pattern(URL, 'https://jira.example/browse/SHOP-311')
  @Optional()
  readonly url?: string;
}

export class ScopeItemDto {
  @Text(200)
  readonly key!: string;

  @Choice(...SCOPE_KINDS)
  readonly kind!: (typeof SCOPE_KINDS)[number];

  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  @Nested(ScopeRefDto)
  @Optional()
  readonly externalRef?: ScopeRefDto;

  /** What it is worth to the business. */
  @Choice(...PRIORITIES)
  @Optional()
  readonly priority?: (typeof PRIORITIES)[number];

  /** Where the service that it serves stands in its life. */
  @Choice(...LIFECYCLE_STAGES)
  @Optional()
  readonly lifecycleStage?: (typeof LIFECYCLE_STAGES)[number];
}

export class StatedItemDto extends OmitType(ScopeItemDto, ['key']) {
  /** When absent: the item that has this external reference, or a new one by the reference's key. */
  @Text(200)
  @Optional()
  readonly key?: string;
}

export class RemoveScopeItemDto {
  @Text(200)
  readonly key!: string;
}

/** Items that are not named stay as they are. */
export class ChangeScopeDto {
  @ListOf(StatedItemDto, 500)
  @Optional()
  readonly items?: readonly StatedItemDto[];

  /** Keys of items that leave. */
  @Texts(500, 200)
  @Optional()
  readonly remove?: readonly string[];
}

export class TradeOffScopeDto {
  /** Keys of the items that leave the scope. */
  @Texts(50, 200)
  readonly keys!: readonly string[];

  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;

  /** The release that takes them over, if any. */
  @Id()
  @Optional()
  readonly toRelease?: string;
}

class ScopeResultDto {
  @Text(200) readonly key!: string;
  @Choice('added', 'changed', 'unchanged', 'removed', 'refused') readonly outcome!: string;
  @Choice('stated-twice', 'key-taken', 'reference-taken', 'too-many-scope-items', 'scope-item-not-found')
  @Optional()
  readonly code?: string;
}

export class ScopeChangedDto {
  @Id() readonly id!: string;
  @Text(40) readonly number!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(40) readonly state!: string;
  @Digest() readonly contentDigest!: string;
  /** In the order of what was asked: the items, then the keys to remove. */
  @ListOf(ScopeResultDto, 1_000) readonly results!: readonly ScopeResultDto[];
}
