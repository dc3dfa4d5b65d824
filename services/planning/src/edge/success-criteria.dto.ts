import { FIGURE_STATISTICS, LIMIT_CONDITIONS } from '@slipway/contracts';
import { Choice, Instant, Integer, ListOf, Nested, Optional, Pattern, Quantity, Text } from '@slipway/edge';

export const VERDICTS = ['met', 'not-met', 'not-judgeable'] as const;
const NAME = /^[a-z][a-z0-9-]{0,99}$/;
const CRITERION = /^[a-z0-9][a-z0-9.-]{0,39}$/;
const DEFINITION = /^[a-z0-9][a-z0-9./-]{0,49}$/;
const PSEUDONYM = /^person-[0-9a-f-]{36}$/;
const MOST = 1e12;

/** It is met when the figure over so many days after the release is on that side of the limit. */
export class SuccessMeasurementDto {
  /** As metrics names it: see `GET /v1/metrics/definitions`. */
  @Pattern(NAME, 'change-fail-rate')
  readonly measure!: string;

  /** Of the measure; the one that is called as it is, when absent. */
  @Pattern(NAME, 'change-fail-rate')
  @Optional()
  readonly series?: string;

  /** `value` when absent: of durations the median. */
  @Choice(...FIGURE_STATISTICS)
  @Optional()
  readonly statistic?: (typeof FIGURE_STATISTICS)[number];

  @Choice(...LIMIT_CONDITIONS)
  readonly condition!: (typeof LIMIT_CONDITIONS)[number];

  /** A share, a number a day, or seconds, as the series has it. Not met by itself. */
  @Quantity(0, MOST)
  readonly limit!: number;

  /** After the release. */
  @Integer(1, 366)
  readonly days!: number;
}

/** By a figure and its limit, or in words, or both. */
export class SuccessCriterionDto {
  /** Its name within the release. */
  @Pattern(CRITERION, 'few-failures')
  readonly id!: string;

  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  @Nested(SuccessMeasurementDto)
  @Optional()
  readonly measurement?: SuccessMeasurementDto;

  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly howJudged?: string;
}

/** In place of those before, as a whole. */
export class DeclareSuccessCriteriaDto {
  @ListOf(SuccessCriterionDto, 50)
  readonly criteria!: readonly SuccessCriterionDto[];

  /** Needed once the release has left planning. Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

/** As `GET /v1/metrics/{measure}` answers it: `definition` of the measure, `position`, and of the figure its value and `counted`. */
export class MeasuredValueDto {
  /** Of the statistic that the criterion names. */
  @Quantity(0, MOST)
  readonly value!: number;

  @Pattern(DEFINITION, 'first/2')
  readonly definition!: string;

  @Integer(0, Number.MAX_SAFE_INTEGER)
  readonly position!: number;

  @Integer(0, Number.MAX_SAFE_INTEGER)
  readonly counted!: number;

  @Instant()
  readonly from!: string;

  @Instant()
  readonly to!: string;
}

export class JudgeSuccessCriterionDto {
  @Pattern(CRITERION, 'few-failures')
  readonly criterion!: string;

  @Choice(...VERDICTS)
  readonly verdict!: (typeof VERDICTS)[number];

  /** Stored encrypted. */
  @Text(2_000)
  readonly note!: string;

  /** Of a criterion with a figure: what the verdict is given on. */
  @Nested(MeasuredValueDto)
  @Optional()
  readonly measured?: MeasuredValueDto;
}

class SuccessJudgementAnswer {
  @Choice(...VERDICTS) readonly verdict!: string;
  @Text(2_000) readonly note!: string;
  @Nested(MeasuredValueDto) @Optional() readonly measured?: MeasuredValueDto;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly by!: string;
  @Instant() readonly at!: string;
}

export class SuccessCriterionAnswer extends SuccessCriterionDto {
  @Nested(SuccessJudgementAnswer) @Optional() readonly judgement?: SuccessJudgementAnswer;
}
