import { Choice, Flag, Instant, ListOf, Nested, Optional, Text, Texts } from '@slipway/edge';
import { ImportedReferenceDto, ImportedRowDto, Line } from '@slipway/records';
import { ArrayMinSize } from 'class-validator';
import { SEVERITIES } from './incidents.dto.ts';

const CAUSE_KINDS = ['deployment', 'change', 'external', 'not-change-related', 'unknown'] as const;

class ImportedCauseDto {
  @Choice(...CAUSE_KINDS) readonly kind!: (typeof CAUSE_KINDS)[number];
  /** Of a deployment or a change. */
  @Nested(ImportedReferenceDto) @Optional() readonly record?: ImportedReferenceDto;
}

/** An incident that was. */
export class ImportedIncidentDto extends ImportedRowDto {
  /** Published as it is: it must not name people. */
  @Line('Checkout answers with errors') readonly title!: string;
  @Choice(...SEVERITIES) readonly severity!: (typeof SEVERITIES)[number];
  @Flag() @Optional() readonly major?: boolean;
  /** By id, name or alias. */
  @ArrayMinSize(1) @Texts(100, 300) readonly services!: readonly string[];
  /** By id, name or alias. */
  @Text(300) @Optional() readonly environment?: string;
  /** When it was detected, when absent. */
  @Instant() @Optional() readonly impactStartedAt?: string;
  @Instant() readonly detectedAt!: string;
  @Instant() @Optional() readonly acknowledgedAt?: string;
  /** Service restored. */
  @Instant() @Optional() readonly mitigatedAt?: string;
  @Instant() @Optional() readonly resolvedAt?: string;
  @Instant() @Optional() readonly closedAt?: string;
  @Choice('duplicate', 'false-alarm') @Optional() readonly canceled?: 'duplicate' | 'false-alarm';
  @Instant() @Optional() readonly canceledAt?: string;
  /** What the source names: no verdict. */
  @ListOf(ImportedCauseDto, 20) @Optional() readonly causes?: readonly ImportedCauseDto[];
}
