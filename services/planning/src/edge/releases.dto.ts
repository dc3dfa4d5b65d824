import { RELEASE_STATES } from '@slipway/contracts';
import { Choice, Id, Instant, Integer, ListOf, Nested, Optional, Pattern, Text, PERSON } from '@slipway/edge';

export const CLASSES = ['major', 'minor', 'patch', 'emergency', 'hotfix'] as const;
export const CHANGE_MODELS = ['standard', 'normal', 'emergency'] as const;
export const STATES = RELEASE_STATES;

export class DraftReleaseDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  @Choice(...CLASSES)
  readonly class!: (typeof CLASSES)[number];

  /** Of the change that will be raised for it; `normal` when absent. */
  @Choice(...CHANGE_MODELS)
  @Optional()
  readonly changeModel?: (typeof CHANGE_MODELS)[number];

  /** E-mail or account; who asks, when absent. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;
}

export class ReleaseWindowDto {
  @Instant()
  readonly start!: string;

  @Instant()
  readonly end!: string;
}

export class ReleaseTargetDto {
  /** Id or name. */
  @Id()
  readonly service!: string;

  /** Id or name. */
  @Id()
  readonly environment!: string;

  /** Waves are deployed in order; 1 when absent. */
  @Integer(1, 1_000)
  @Optional()
  readonly wave?: number;
}

export class ScheduleReleaseDto {
  /** That of the departure it is aboard of, when absent. */
  @Nested(ReleaseWindowDto)
  @Optional()
  readonly window?: ReleaseWindowDto;

  /** Of a copy, when absent: where the earlier release went. */
  @ListOf(ReleaseTargetDto, 500)
  @Optional()
  readonly targets?: readonly ReleaseTargetDto[];
}

export class RescheduleReleaseDto {
  @Nested(ReleaseWindowDto)
  @Optional()
  readonly window?: ReleaseWindowDto;

  @ListOf(ReleaseTargetDto, 500)
  @Optional()
  readonly targets?: readonly ReleaseTargetDto[];
}

export class ReleaseReasonDto {
  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}
