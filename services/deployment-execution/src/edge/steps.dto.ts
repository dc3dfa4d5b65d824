import { Choice, Digest, Instant, Integer, ListOf, Nested, Optional, Pattern } from '@slipway/edge';

export const CUTOVERS = ['dns', 'load-balancer'] as const;
export const STEP = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,79}$/;
const URL = /^https?:\/\/\S{1,1990}$/;
const LONGEST_SECONDS = 604_800;

/** What a tool reports may come late, and out of order. */
export class ProgressDto {
  /** When it happened, as the tool knows it: not in the future, and at most 30 days ago. Now, when it is not said. */
  @Instant()
  @Optional()
  readonly occurredAt?: string;
}

class PlannedCutoverDto {
  @Choice(...CUTOVERS)
  readonly via!: (typeof CUTOVERS)[number];

  /** How long after the switch the old one may still be asked: the TTL of a DNS record. */
  @Integer(0, LONGEST_SECONDS)
  @Optional()
  readonly settleSeconds?: number;
}

export class PlannedStepDto {
  @Pattern(STEP, 'migrate')
  readonly step!: string;

  @Integer(1, LONGEST_SECONDS)
  @Optional()
  readonly plannedSeconds?: number;

  /** More errors than that are too many. */
  @Integer(0, 1_000_000_000)
  @Optional()
  readonly maxErrors?: number;

  /** Of a step that moves the traffic. */
  @Nested(PlannedCutoverDto)
  @Optional()
  readonly cutover?: PlannedCutoverDto;
}

export class PlanStepsDto {
  /** In their order; it replaces the plan before. */
  @ListOf(PlannedStepDto, 200)
  readonly steps!: readonly PlannedStepDto[];
}

export class ReportStepDto extends ProgressDto {
  @Integer(0, 100)
  @Optional()
  readonly percent?: number;

  /** All since the step started. */
  @Integer(0, 1_000_000_000)
  @Optional()
  readonly errors?: number;
}

export class SwitchCutoverDto extends ProgressDto {
  /** As planned when absent. */
  @Choice(...CUTOVERS)
  @Optional()
  readonly via?: (typeof CUTOVERS)[number];
}

export class LinkLogDto {
  /** Stored encrypted. */
  @Pattern(URL, 'https://ci.example/jobs/796/log')
  readonly url!: string;

  @Pattern(STEP, 'migrate')
  @Optional()
  readonly step?: string;

  /** SHA-256 of the log, when it is whole. */
  @Digest()
  @Optional()
  readonly digest?: string;

  @Pattern(/^[a-z]+\/[\w.+-]{1,100}$/, 'text/plain')
  @Optional()
  readonly mediaType?: string;
}
