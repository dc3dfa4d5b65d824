import {
  Choice,
  Flag,
  Id,
  Instant,
  Integer,
  ListQuery,
  Nested,
  Optional,
  type Role,
  ROLES,
  Text,
  Texts,
} from '@slipway/edge';

export class GrantRoleDto {
  /** A pseudonym, an e-mail address or an account of somebody registered. */
  @Text(300)
  readonly person!: string;

  @Choice(...ROLES)
  readonly role!: Role;

  /** Names or ids; without services, applications and teams: all services. */
  @Texts(200, 80)
  @Optional()
  readonly services?: readonly string[];

  /** Names, ids or numbers: the services in them at the time that it is asked. */
  @Texts(50, 80)
  @Optional()
  readonly applications?: readonly string[];

  /** Names: the services that they own at the time that it is asked. */
  @Texts(50, 80)
  @Optional()
  readonly teams?: readonly string[];

  /** Names or ids; absent: all of them. */
  @Texts(50, 80)
  @Optional()
  readonly environments?: readonly string[];

  /** Of what the role permits, these only: `releases:write`. Absent: all of it. */
  @Texts(50, 80)
  @Optional()
  readonly actions?: readonly string[];

  /** Absent: from now on. */
  @Instant()
  @Optional()
  readonly from?: string;

  /** The first instant at which it is no longer held; absent: until it is revoked. */
  @Instant()
  @Optional()
  readonly to?: string;
}

export class RevokeRoleDto {
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class ListRoleGrantsQuery extends ListQuery {
  /** A pseudonym, an e-mail address or an account. */
  @Text(300)
  @Optional()
  readonly person?: string;

  @Choice(...ROLES)
  @Optional()
  readonly role?: string;

  /** Grants that cover this service: a name or an id. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Grants that cover this environment: a name or an id. */
  @Id()
  @Optional()
  readonly environment?: string;

  /** Held at this instant; absent: now. */
  @Instant()
  @Optional()
  readonly at?: string;

  /** Also those that are over, revoked, or yet to begin. */
  @Flag()
  @Optional()
  readonly all?: boolean;
}

export class ScopeDto {
  @Texts(200, 80) @Optional() readonly services?: readonly string[];
  @Texts(50, 80) @Optional() readonly applications?: readonly string[];
  @Texts(50, 80) @Optional() readonly teams?: readonly string[];
  @Texts(50, 80) @Optional() readonly actions?: readonly string[];
  @Texts(50, 80) @Optional() readonly environments?: readonly string[];
}

export class RevokedDto {
  @Text(43) readonly by!: string;
  @Instant() readonly at!: string;
  @Text(2_000) @Optional() readonly reason?: string;
}

export class RoleGrantDto {
  @Id() readonly id!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(43) readonly person!: string;
  /** Shown to those who may read names. */
  @Text(200) @Optional() readonly personName?: string;
  @Choice(...ROLES) readonly role!: string;
  @Nested(ScopeDto) readonly scope!: ScopeDto;
  @Instant() readonly from!: string;
  @Instant() @Optional() readonly to?: string;
  @Text(43) readonly grantedBy!: string;
  @Instant() readonly grantedAt!: string;
  @Nested(RevokedDto) @Optional() readonly revoked?: RevokedDto;
}
