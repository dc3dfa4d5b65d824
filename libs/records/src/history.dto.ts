import type { Type } from '@nestjs/common';
import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Choice, Flag, Id, Instant, Integer, ListOf, ListQuery, Optional, Pattern, Text, Texts } from '@slipway/edge';

/** From which tool, in which run, and how. */
export class ImportHistoryQuery {
  /** The tool and, where there are several, which instance of it: `servicenow`, `github:octo/shop`. With the key it makes the id. */
  @Text(100) readonly system!: string;
  /** One run of one import; made when absent. */
  @Pattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '2026-03-first') @Optional() readonly batch?: string;
  /** Says what would happen, and does nothing. */
  @Flag() @Optional() readonly dryRun?: boolean;
  /** What was imported before and now says something else is corrected, in place of refused. */
  @Flag() @Optional() readonly correct?: boolean;
}

/** A title or a key: on one line, without anything that a terminal would take for a command. */
export const Line = (example: string): PropertyDecorator => Pattern(/^[^\p{Cc}]{1,200}$/u, example);

/** What every row has. */
export class ImportedRowDto {
  /** Of the record, in its system. */
  @Line('145988746') readonly key!: string;
  /** Where people look at it. */
  @Pattern(/^https?:\/\/[^\s\p{Cc}]{1,1990}$/u, 'https://github.com/octo/shop/deployments/7')
  @Optional()
  readonly url?: string;
}

/** Another record: of the same system when it names none. */
export class ImportedReferenceDto {
  @Text(100) @Optional() readonly system?: string;
  @Text(200) readonly key!: string;
}

class ImportedFieldDto {
  @Text(500) readonly pointer!: string;
  @Text(500) readonly detail!: string;
}

class ImportedRowAnswer {
  /** Its line, from 1. */
  @Integer(1, 100_000) readonly row!: number;
  @Choice('imported', 'unchanged', 'corrected', 'refused') readonly outcome!: string;
  @Id() @Optional() readonly id?: string;
  /** Why it is refused. */
  @Text(100) @Optional() readonly code?: string;
  @Text(2_000) @Optional() readonly detail?: string;
  @ListOf(ImportedFieldDto, 100) @Optional() readonly errors?: readonly ImportedFieldDto[];
  /** What contradicts itself and was kept as it is said. */
  @Texts(20, 100) @Optional() readonly contradictions?: readonly string[];
}

export class ImportAnswer {
  @Id() readonly batch!: string;
  @Flag() readonly dryRun!: boolean;
  @Integer(0, 100_000) readonly imported!: number;
  @Integer(0, 100_000) readonly unchanged!: number;
  @Integer(0, 100_000) readonly corrected!: number;
  @Integer(0, 100_000) readonly refused!: number;
  @ListOf(ImportedRowAnswer, 100_000) readonly rows!: readonly ImportedRowAnswer[];
}

export type RowType<Row extends ImportedRowDto> = Type<Row>;

/** Services and environments by id or name; `ref`: the key in the system. `from` and `to`: when it happened. */
export class ListImportedQuery extends OmitType(ListQuery, ['q', 'state']) {
  @Text(100) @Optional() readonly system?: string;
  @Text(200) @Optional() readonly ref?: string;
  @Id() @Optional() readonly batch?: string;
  @Text(200) @Optional() readonly service?: string;
  @Text(200) @Optional() readonly environment?: string;
}

/** A record of history. */
export class HistoricRecordDto {
  @Id() readonly id!: string;
  @Text(40) @Optional() readonly number?: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(100) readonly system!: string;
  @Text(200) readonly key!: string;
  @Id() readonly batch!: string;
  @Texts(1_000, 64) readonly serviceIds!: readonly string[];
  @Texts(1_000, 64) readonly environmentIds!: readonly string[];
  /** What the source says of it. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly facts!: Readonly<Record<string, unknown>>;
  @Instant() readonly occurredAt!: string;
  @Instant() readonly importedAt!: string;
}
