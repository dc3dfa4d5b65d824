import {
  Choice,
  Clearable,
  Day,
  Id,
  Instant,
  Integer,
  ListQuery,
  Optional,
  Pattern,
  Patterns,
  Text,
  Texts,
} from '@slipway/edge';

/** An account elsewhere, the subject of a token, or a further address. */
export const ACCOUNT = /^(?:github|gitlab|pagerduty|sub|email|user|external):[^\s\p{Cc}]{1,320}$/u;
export const EMAIL = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,255}$/u;

export class UpdatePersonDto {
  @Text(200)
  readonly name!: string;

  @Pattern(EMAIL, 'ann@example.org')
  @Optional()
  readonly email?: string;

  /** `github:ann`, `gitlab:ann`, `sub:…`, `email:…`. They are added to those that are known. */
  @Patterns(ACCOUNT, 100)
  @Optional()
  readonly accounts?: readonly string[];

  /** The last day here; what is not said stays, null takes it away. In the directory only. */
  @Day()
  @Clearable()
  readonly leavesOn?: string | null;
}

export class RegisterPersonDto extends UpdatePersonDto {
  /** `person` when absent. */
  @Choice('person', 'service-account')
  @Optional()
  readonly kind?: 'person' | 'service-account';
}

export class ListPeopleQuery extends ListQuery {
  @Choice('person', 'service-account')
  @Optional()
  readonly kind?: string;

  /** These only, by their pseudonyms, with commas between. */
  @Pattern(/^person-[0-9a-f-]{36}(?:,person-[0-9a-f-]{36}){0,39}$/, 'person-0198c0de-0000-7000-8000-000000000000')
  @Optional()
  readonly pseudonyms?: string;
}

/** Name, address, accounts and last day are absent once they were erased. */
export class PersonDto {
  @Id() readonly id!: string;
  @Text(43) readonly pseudonym!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Choice('person', 'service-account') readonly kind!: string;
  @Text(200) @Optional() readonly name?: string;
  @Text(320) @Optional() readonly email?: string;
  @Texts(100, 320) @Optional() readonly accounts?: readonly string[];
  @Day() @Optional() readonly leavesOn?: string;
  /** Pseudonyms under which events before the registration know this person. */
  @Texts(100, 43) readonly alsoKnownAs!: readonly string[];
  @Instant() readonly registeredAt!: string;
}
