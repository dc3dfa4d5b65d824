import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { FIGURE_STATISTICS, LIMIT_CONDITIONS } from '@slipway/contracts';
import {
  Choice,
  Flag,
  Id,
  Instant,
  Integer,
  Nested,
  Optional,
  Pattern,
  PERSON,
  Quantity,
  Text,
  Texts,
} from '@slipway/edge';
import { RecordAnswer, RecordsQuery } from '@slipway/records';
import { IsObject } from 'class-validator';

const STATES = ['Watching', 'Crossed', 'Retired'] as const;
const NAME = /^[a-z][a-z0-9-]{0,99}$/;
const PSEUDONYM = /^person-[0-9a-f-]{36}$/;
const EXAMPLE = 'person-0198c1a0-1000-7000-8000-000000000001';
const MOST = 1e12;

/** One of the two. */
export class ThresholdWindowDto {
  /** The month of the zone that it is, until now. */
  @Flag()
  @Optional()
  readonly calendarMonth?: boolean;

  /** So many times 24 hours until now. */
  @Integer(1, 366)
  @Optional()
  readonly lastDays?: number;

  /** IANA; UTC when absent. */
  @Text(100)
  @Optional()
  readonly zone?: string;
}

/** What is watched: a figure of one service, one team or one application, in all of production. */
export class ThresholdTermsDto {
  /** See `GET /v1/metrics/definitions`. */
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

  /** Id or name. */
  @Text(200)
  @Optional()
  readonly service?: string;

  /** Of the services that it owns, whichever those are. */
  @Text(200)
  @Optional()
  readonly team?: string;

  /** Id or name. */
  @Text(200)
  @Optional()
  readonly application?: string;

  /** On which side of the limit it is crossed. */
  @Choice(...LIMIT_CONDITIONS)
  readonly condition!: (typeof LIMIT_CONDITIONS)[number];

  /** A share, a number a day, or seconds, as the series has it. Not crossed by itself. */
  @Quantity(0, MOST)
  readonly limit!: number;

  @Nested(ThresholdWindowDto)
  readonly window!: ThresholdWindowDto;

  /** With fewer there is no verdict; 1 when absent. */
  @Integer(0, 1_000_000)
  @Optional()
  readonly leastPopulation?: number;
}

export class SetThresholdDto extends ThresholdTermsDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** E-mail or account; who asks, when absent. */
  @Pattern(PERSON, 'tess@example.org')
  @Optional()
  readonly owner?: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;
}

/** In place of the terms before, as a whole. */
export class ReviseThresholdDto extends ThresholdTermsDto {
  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class RetireThresholdDto {
  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class ListThresholdsQuery extends OmitType(RecordsQuery, ['state']) {
  @Choice(...STATES)
  @Optional()
  readonly state?: string;

  @Pattern(NAME, 'change-fail-rate')
  @Optional()
  readonly measure?: string;

  /** Id or name of a service that it is about, by itself or with others. */
  @Text(200)
  @Optional()
  readonly service?: string;

  /** That it is about. */
  @Text(200)
  @Optional()
  readonly team?: string;

  /** Id or name of an application that it is about. */
  @Text(200)
  @Optional()
  readonly application?: string;
}

class AboutAnswer {
  @Choice('service', 'team', 'application') readonly kind!: string;
  /** Of a team its name. */
  @Text(200) readonly id!: string;
}

class WindowAnswer {
  @Choice('calendar-month', 'last-days') readonly kind!: string;
  @Integer(1, 366) @Optional() readonly days?: number;
  @Text(100) readonly zone!: string;
}

class LimitAnswer {
  @Pattern(NAME, 'change-fail-rate') readonly measure!: string;
  @Pattern(NAME, 'change-fail-rate') readonly series!: string;
  @Choice(...FIGURE_STATISTICS) readonly statistic!: string;
  @Choice(...LIMIT_CONDITIONS) readonly condition!: string;
  @Quantity(0, MOST) readonly limit!: number;
}

class ThresholdHeadAnswer extends LimitAnswer {
  @Id() readonly id!: string;
  @Text(30) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Pattern(PSEUDONYM, EXAMPLE) readonly owner!: string;
  @Choice(...STATES) readonly state!: string;
  @Nested(AboutAnswer) readonly about!: AboutAnswer;
  /** As of the last event. */
  @Texts(10_000, 80) readonly serviceIds!: readonly string[];
  @Nested(WindowAnswer) readonly window!: WindowAnswer;
  @Integer(0, 1_000_000) readonly leastPopulation!: number;
  @Instant() readonly setAt!: string;
  @Instant() readonly updatedAt!: string;
  @Integer(1, 1_000_000) readonly version!: number;
}

/** A row of the list. */
export class ThresholdRowDto extends ThresholdHeadAnswer {
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
}

const someObject = (description: string) => ApiProperty({ type: 'object', additionalProperties: true, description });

class ThresholdVerdictAnswer extends LimitAnswer {
  @Choice('Watching', 'Crossed') readonly state!: string;
  @Instant() readonly at!: string;
  @Integer(1, 1_000_000) readonly revision!: number;
  @someObject('Value, numerator, denominator, how many, definition and log position.')
  @IsObject()
  readonly figure!: object;
  @someObject('From when to when, and which month.') @IsObject() readonly over!: object;
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  readonly causes!: readonly object[];
}

export class ThresholdDto extends IntersectionType(ThresholdHeadAnswer, RecordAnswer) {
  @Text(10_000) @Optional() readonly description?: string;
  /** Of the terms. */
  @Integer(1, 1_000_000) readonly revision!: number;
  /** Why it was revised the last time, or retired. */
  @Text(2_000) @Optional() readonly reason?: string;
  /** The last one that was told, with the figure and the terms that it was by. */
  @Nested(ThresholdVerdictAnswer) @Optional() readonly verdict?: ThresholdVerdictAnswer;
}
