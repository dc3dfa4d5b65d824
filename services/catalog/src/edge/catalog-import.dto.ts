import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Choice, Clearable, Day, Flag, ListOf, Optional, Pattern, Patterns, Text } from '@slipway/edge';
import { RegisterApplicationDto } from './applications.dto.ts';
import { RegisterEnvironmentDto } from './environments.dto.ts';
import { ACCOUNT, EMAIL, UpdatePersonDto } from './people.dto.ts';
import { OUTCOMES, RECORDS } from './record-import.ts';
import { GrantRoleDto } from './role-grants.dto.ts';
import { RegisterServiceDto } from './services.dto.ts';
import { RegisterTeamDto } from './teams.dto.ts';

export class ServiceAccountDto {
  @Text(200)
  readonly name!: string;

  @Pattern(EMAIL, 'pipeline@example.org')
  @Optional()
  readonly email?: string;

  /** The first one stays its identity. */
  @Patterns(ACCOUNT, 100)
  readonly accounts!: readonly string[];

  /** The last day in use; what is not said stays, null takes it away. */
  @Day()
  @Clearable()
  readonly leavesOn?: string | null;
}

/** A whole catalog, or a part of one. What it leaves out stays as it is. */
export class CatalogDocument {
  @ListOf(RegisterServiceDto, 1_000)
  @Optional()
  readonly services?: readonly RegisterServiceDto[];

  @ListOf(RegisterEnvironmentDto, 1_000)
  @Optional()
  readonly environments?: readonly RegisterEnvironmentDto[];

  @ListOf(UpdatePersonDto, 1_000)
  @Optional()
  readonly people?: readonly UpdatePersonDto[];

  @ListOf(ServiceAccountDto, 1_000)
  @Optional()
  readonly serviceAccounts?: readonly ServiceAccountDto[];

  @ListOf(RegisterTeamDto, 1_000)
  @Optional()
  readonly teams?: readonly RegisterTeamDto[];

  @ListOf(RegisterApplicationDto, 1_000)
  @Optional()
  readonly applications?: readonly RegisterApplicationDto[];

  /** A grant without `from` begins when it is first applied. */
  @ListOf(GrantRoleDto, 1_000)
  @Optional()
  readonly roleGrants?: readonly GrantRoleDto[];

  /** Of a pruning: why. Kept, encrypted, with what is retired. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class DryRunQuery {
  /** Only says what would happen. */
  @Flag()
  @Optional()
  readonly dryRun?: boolean;
}

export class PeopleCsvDto {
  /** The first line names the columns: `name`, and of `email`, `accounts` (blanks between), `kind`, `leavesOn` what there is. */
  @Text(200_000)
  readonly csv!: string;
}

export class ImportQuery extends DryRunQuery {
  /**
   * Retires what the document leaves out of each of its lists of services, environments, applications and teams. A list
   * that is not there retires nothing, an empty one everything. People and role grants stay.
   */
  @Flag()
  @Optional()
  readonly prune?: boolean;
}

const ANY = { oneOf: [{ type: 'string' }, { type: 'array', items: {} }, { type: 'object' }] };

/** One field that differs; `before` is absent in a record that is new. Values are JSON. */
export class FieldDifferenceDto {
  @Text(100) readonly field!: string;
  @ApiPropertyOptional(ANY) readonly before?: unknown;
  @ApiPropertyOptional(ANY) readonly after?: unknown;
}

export class ImportedRecordDto {
  @Choice(...RECORDS) readonly record!: string;
  @Text(500) readonly name!: string;
  @Choice(...OUTCOMES) readonly outcome!: string;
  @ListOf(FieldDifferenceDto, 100) readonly fields!: readonly FieldDifferenceDto[];
  /** Of a refusal. */
  @Text(100) @Optional() readonly code?: string;
  @Text(1_000) @Optional() readonly detail?: string;
}

/** Of people only. */
export class ImportedPeopleDto {
  @Flag() readonly dryRun!: boolean;
  @ListOf(ImportedRecordDto, 1_000) readonly records!: readonly ImportedRecordDto[];
}

export class ImportedDto {
  @Flag() readonly dryRun!: boolean;
  @ListOf(ImportedRecordDto, 100_000) readonly records!: readonly ImportedRecordDto[];
  /** Circles of calls in which services of the document stand: names, each calls the next. */
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'string' } } })
  readonly cycles!: readonly (readonly string[])[];
}
