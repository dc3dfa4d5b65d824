import { AfterEventQuery, Choice, Instant, ListOf, Nested, Optional, Pattern, Text, Texts, ROLES } from '@slipway/edge';
import { OmitType } from '@nestjs/swagger';
import { FINDINGS } from '../read/access-rights.ts';
import { ScopeDto } from './role-grants.dto.ts';

export const RIGHTS = ['role-grant', 'key', 'none'] as const;

class HoldersQuery extends OmitType(AfterEventQuery, ['afterEvent']) {
  /** As it was then; absent: now. */
  @Instant()
  @Optional()
  readonly at?: string;

  /** A pseudonym, an e-mail address or an account. */
  @Text(300)
  @Optional()
  readonly person?: string;

  @Choice(...ROLES)
  @Optional()
  readonly role?: string;
}

export class AccessRightsQuery extends HoldersQuery {
  /** Rows with this finding only. */
  @Choice(...FINDINGS)
  @Optional()
  readonly finding?: (typeof FINDINGS)[number];

  /** Else what `Accept` says; JSON when that says nothing. */
  @Choice('json', 'csv')
  @Optional()
  readonly format?: 'json' | 'csv';
}

export class AccessRightDto {
  /** `none`: somebody who holds no grant. */
  @Choice(...RIGHTS) readonly right!: string;
  /** The id of the grant, or the `kid` of the key. */
  @Pattern(/^[A-Za-z0-9_-]{1,64}$/, '0198c0de-0000-7000-8000-000000000000') @Optional() readonly rightId?: string;
  @Text(43) readonly person!: string;
  @Choice('person', 'service-account') @Optional() readonly personKind?: string;
  /** Shown to those who may read names. */
  @Text(200) @Optional() readonly personName?: string;
  @Choice(...ROLES) @Optional() readonly role?: string;
  @Nested(ScopeDto) @Optional() readonly scope?: ScopeDto;
  /** Of a key. */
  @Text(200) @Optional() readonly label?: string;
  @Instant() @Optional() readonly from?: string;
  @Instant() @Optional() readonly to?: string;
  @Text(100) @Optional() readonly givenBy?: string;
  @Instant() @Optional() readonly givenAt?: string;
  /** When an approval or a decision last relied on the grant. */
  @Instant() @Optional() readonly lastUsedAt?: string;
  /** What a reviewer would ask about. */
  @Texts(FINDINGS.length, 40) readonly findings!: readonly string[];
}

export class AccessRightsDto {
  @Instant() readonly at!: string;
  @ListOf(AccessRightDto, 30_000) readonly items!: readonly AccessRightDto[];
}
