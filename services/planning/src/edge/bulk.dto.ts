import { Choice, Id, Integer, ListOf, Nested, Optional, Patterns, Text } from '@slipway/edge';
import { ReleaseWindowDto, STATES } from './releases.dto.ts';

export const BULK_MOVES = ['hold', 'resume', 'cancel', 'reschedule'] as const;

export class BulkMoveDto {
  @Choice(...BULK_MOVES)
  readonly move!: (typeof BULK_MOVES)[number];

  /** Ids or numbers. */
  @Patterns(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 200)
  readonly releases!: readonly string[];

  /** Of hold and cancel. Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;

  /** Of reschedule: by how much each window moves; back when below zero. */
  @Integer(-525_600, 525_600)
  @Optional()
  readonly minutes?: number;
}

class BulkResultDto {
  /** As it was asked for. */
  @Text(80) readonly release!: string;
  @Choice('done', 'unchanged', 'refused') readonly outcome!: string;
  @Id() @Optional() readonly id?: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) @Optional() readonly version?: number;
  @Choice(...STATES) @Optional() readonly state?: string;
  @Nested(ReleaseWindowDto) @Optional() readonly window?: ReleaseWindowDto;
  /** `afterEvent` of a list waits for it. */
  @Text(300) @Optional() readonly event?: string;
  /** Of a refusal. */
  @Text(100) @Optional() readonly code?: string;
  @Text(500) @Optional() readonly detail?: string;
}

export class BulkMovedDto {
  /** Of every event that came of it. */
  @Id() readonly correlationId!: string;
  /** In the order of what was asked. */
  @ListOf(BulkResultDto, 200) readonly results!: readonly BulkResultDto[];
}
