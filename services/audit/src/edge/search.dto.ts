import { OmitType } from '@nestjs/swagger';
import { Choice, Id, Instant, Optional, Text, Texts } from '@slipway/edge';
import { RecordsQuery } from '@slipway/records';
import { SEARCHED } from '../read/search.projection.ts';

export class SearchQuery extends OmitType(RecordsQuery, ['state']) {
  /** Of one kind: `release`, `service` … */
  @Choice(...SEARCHED)
  @Optional()
  readonly category?: string;
}

export class FoundDto {
  @Id() readonly id!: string;
  @Choice(...SEARCHED) readonly category!: string;
  @Text(40) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Text(100) @Optional() readonly name?: string;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
  @Instant() readonly since!: string;
}
