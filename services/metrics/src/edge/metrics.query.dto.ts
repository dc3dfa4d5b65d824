import { Choice, Flag, Integer, Optional, Pattern, Text, utcOf } from '@slipway/edge';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { DIMENSIONS } from '../report/slices.ts';
import { PATTERNS, SIZES } from '../rows/traits.ts';

const isMoment = (value: unknown): boolean =>
  typeof value === 'string' &&
  (utcOf(value) !== undefined || (/^\d{4}-\d{2}-\d{2}$/.test(value) && utcOf(`${value}T00:00:00Z`) !== undefined));

const MOMENT = '^\\d{4}-\\d{2}-\\d{2}([Tt]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?([Zz]|[+-]\\d{2}:\\d{2}))?$';

/** An instant, which becomes UTC, or a day of the zone that is asked in. */
const Moment = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ required: false, type: String, pattern: MOMENT, example: '2026-03-02' }),
    Transform(({ value }) => utcOf(value) ?? (value as unknown)),
    ValidateBy({
      name: 'moment',
      validator: {
        validate: isMoment,
        defaultMessage: () => '$property must be an RFC 3339 instant or a day that exists, such as 2026-03-02',
      },
    }),
  );

const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const WEEKDAY = '(?:mon|tue|wed|thu|fri|sat|sun)';
const DAY = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';

/** What is measured, over which time. */
export class MeasureQuery {
  /** A service by its id or name; absent: all, in a blend and each. */
  @Text(200)
  @Optional()
  readonly service?: string;

  /** The services that a team owns by now, by its name. */
  @Text(200)
  @Optional()
  readonly team?: string;

  /** The services of an application, by its id or name. */
  @Text(200)
  @Optional()
  readonly application?: string;

  /** An environment by its id or name; absent: all of production. */
  @Text(200)
  @Optional()
  readonly environment?: string;

  @Text(100)
  @Optional()
  readonly region?: string;

  /** The class of the release; `none` without one. */
  @Choice('major', 'minor', 'patch', 'emergency', 'hotfix', 'none')
  @Optional()
  readonly releaseKind?: string;

  /** `none` without a change. */
  @Choice('standard', 'normal', 'emergency', 'none')
  @Optional()
  readonly changeModel?: string;

  /** By the number of commits that are known of a rollout. */
  @Choice(...SIZES)
  @Optional()
  readonly size?: string;

  /** How rollouts came to their users. */
  @Choice(...PATTERNS)
  @Optional()
  readonly pattern?: string;

  /** A calendar period of the zone: day, ISO week, month, quarter or year. */
  @Pattern(/^\d{4}(?:-(?:W\d{2}|Q[1-4]|\d{2}(?:-\d{2})?))?$/, '2026-W10')
  @Optional()
  readonly period?: string;

  /** Inside; 30 days before `to` when absent. */
  @Moment()
  @Optional()
  readonly from?: string;

  /** Outside; now when absent. */
  @Moment()
  @Optional()
  readonly to?: string;

  /** IANA. Days are those of this zone; UTC when absent. */
  @Text(100)
  @Optional()
  readonly zone?: string;

  /** The figures of each of these, too; `service` when nothing says which services. */
  @Choice(...DIMENSIONS, 'none')
  @Optional()
  readonly by?: string;

  /** The figures of each calendar period, too. */
  @Choice('day', 'week', 'month', 'quarter', 'year')
  @Optional()
  readonly every?: string;

  /** Beside the period before, with how sure it is that they differ. */
  @Flag()
  @Optional()
  readonly compare?: boolean;

  /** Beside the bands of an edition: see `GET /v1/metrics/benchmarks`. */
  @Text(50)
  @Optional()
  readonly benchmark?: string;

  /** Who is in the figures of the slices, too. */
  @Flag()
  @Optional()
  readonly members?: boolean;

  /** IANA, of the business calendar; `zone` when absent. */
  @Text(100)
  @Optional()
  readonly businessZone?: string;

  /** By its clocks; 09:00-17:00 when absent. */
  @Pattern(new RegExp(`^${CLOCK}-(?:${CLOCK}|24:00)$`), '09:00-17:00')
  @Optional()
  readonly businessHours?: string;

  /** Monday to Friday when absent. */
  @Pattern(new RegExp(`^${WEEKDAY}(?:,${WEEKDAY}){0,6}$`), 'mon,tue,wed,thu,fri')
  @Optional()
  readonly businessDays?: string;

  /** Days without business. */
  @Pattern(new RegExp(`^${DAY}(?:,${DAY}){0,99}$`), '2026-05-01,2026-12-25')
  @Optional()
  readonly holidays?: string;

  /** As it was known at this log position; what the view shows when absent. */
  @Integer(0, Number.MAX_SAFE_INTEGER)
  @Optional()
  readonly position?: number;

  /** As it was known at this instant, or at the beginning of this day; instead of a position. */
  @Moment()
  @Optional()
  readonly asOf?: string;

  /** The figures of all services together too, beside slices that are kept; where they are too many it is left out otherwise. */
  @Flag()
  @Optional()
  readonly blend?: boolean;

  /** Wait until this event is in: the value of a `Slipway-Event` header. */
  @Text(300)
  @Optional()
  readonly afterEvent?: string;
}

/** Hotfixes whose remediation waits for a person, or all. */
export class RemediationsQuery {
  /** A service by its id or name. */
  @Text(200)
  @Optional()
  readonly service?: string;

  /** Those that nobody has judged, and of which a rule proposes something. */
  @Flag()
  @Optional()
  readonly open?: boolean;

  /** Wait until this event is in: the value of a `Slipway-Event` header. */
  @Text(300)
  @Optional()
  readonly afterEvent?: string;
}
