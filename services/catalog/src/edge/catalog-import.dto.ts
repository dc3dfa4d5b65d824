import { ApiPropertyOptional } from '@nestjs/swagger';
import { Choice, Flag, ListOf, Optional, Patterns, Text } from '@slipway/edge';
import { RegisterEnvironmentDto } from './environments.dto.ts';
import { ACCOUNT, UpdatePersonDto } from './people.dto.ts';
import { GrantRoleDto } from './role-grants.dto.ts';
import { RegisterServiceDto } from './services.dto.ts';

export class ServiceAccountDto {
  @Text(200)
  readonly name!: string;

  /** The first one stays its identity. */
  @Patterns(ACCOUNT, 20)
  readonly accounts!: readonly string[];
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

  /** A grant without `from` begins when it is first applied. */
  @ListOf(GrantRoleDto, 1_000)
  @Optional()
  readonly roleGrants?: readonly GrantRoleDto[];
}

export class ImportQuery {
  /** Only says what would happen. */
  @Flag()
  @Optional()
  readonly dryRun?: boolean;
}

const ANY = { oneOf: [{ type: 'string' }, { type: 'array', items: {} }, { type: 'object' }] };

/** One field that differs; `before` is absent in a record that is new. Values are JSON. */
export class FieldDifferenceDto {
  @Text(100) readonly field!: string;
  @ApiPropertyOptional(ANY) readonly before?: unknown;
  @ApiPropertyOptional(ANY) readonly after?: unknown;
}

export class ImportedRecordDto {
  @Choice('service', 'environment', 'person', 'service-account', 'role-grant') readonly record!: string;
  @Text(500) readonly name!: string;
  @Choice('added', 'changed', 'unchanged', 'refused') readonly outcome!: string;
  @ListOf(FieldDifferenceDto, 100) readonly fields!: readonly FieldDifferenceDto[];
  /** Of a refusal. */
  @Text(100) @Optional() readonly code?: string;
  @Text(1_000) @Optional() readonly detail?: string;
}

export class ImportedDto {
  @Flag() readonly dryRun!: boolean;
  @ListOf(ImportedRecordDto, 5_000) readonly records!: readonly ImportedRecordDto[];
}
