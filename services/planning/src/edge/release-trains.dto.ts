import {
  Choice,
  Id,
  Instant,
  Integer,
  ListOf,
  ListQuery,
  Nested,
  Optional,
  Pattern,
  PERSON,
  Text,
  Texts,
} from '@slipway/edge';
import { RecordAnswer, RecordsQuery } from '@slipway/records';
import { IntersectionType, OmitType } from '@nestjs/swagger';
import { STATES, ReleaseWindowDto } from './releases.dto.ts';

const TRAIN_STATES = ['Running', 'Retired'] as const;
const PSEUDONYM = /^person-[0-9a-f-]{36}$/;
const ZONE = /^[A-Za-z][A-Za-z0-9_+-]{0,40}(?:\/[A-Za-z0-9_+-]{1,40}){0,2}$/;
// The time of day is that of the start.
const RRULE =
  /^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?:INTERVAL|COUNT|UNTIL|BYDAY|BYMONTHDAY|BYMONTH|BYYEARDAY|BYWEEKNO|BYSETPOS|WKST)=[A-Z0-9,+-]{1,60}){0,8}$/;

/** When a train departs, as RFC 5545 says it. */
export class CadenceDto {
  /** The first departure, in local time. */
  @Pattern(/^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}$/, '2026-03-03T20:00')
  readonly start!: string;

  /** IANA. */
  @Pattern(ZONE, 'Europe/Berlin')
  readonly timeZone!: string;

  @Pattern(RRULE, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU')
  readonly rrule!: string;

  /** Of the window that each departure opens. */
  @Integer(1, 10_080)
  readonly durationMinutes!: number;
}

export class PlanTrainDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** E-mail or account; who asks, when absent. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;

  @Nested(CadenceDto)
  readonly cadence!: CadenceDto;
}

export class ChangeCadenceDto {
  @Nested(CadenceDto)
  readonly cadence!: CadenceDto;

  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class RetireTrainDto {
  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}

export class BoardTrainDto {
  /** Id or number. */
  @Id()
  readonly train!: string;

  /** The next one, when absent. */
  @Instant()
  @Optional()
  readonly departure?: string;
}

export class LeaveTrainDto {
  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class ListTrainsQuery extends OmitType(RecordsQuery, ['state', 'from', 'to']) {
  @Choice(...TRAIN_STATES)
  @Optional()
  readonly state?: string;
}

/** Those after `from`, or after now. */
export class DeparturesQuery extends OmitType(ListQuery, ['q', 'state', 'to', 'pageToken', 'pageSize']) {
  /** How many; 10 when absent. */
  @Integer(1, 100)
  @Optional()
  readonly count?: number;
}

class TrainHeadAnswer {
  @Id() readonly id!: string;
  @Pattern(/^[A-Z]{2,8}-[1-9]\d{0,11}$/, 'TRAIN-3') readonly number!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(200) readonly title!: string;
  @Pattern(PSEUDONYM, 'person-0198c1a0-1000-7000-8000-000000000001') readonly owner!: string;
  @Choice(...TRAIN_STATES) readonly state!: string;
  @Nested(CadenceDto) readonly cadence!: CadenceDto;
  @Instant() readonly plannedAt!: string;
  @Instant() readonly updatedAt!: string;
}

export class ReleaseTrainDto extends IntersectionType(TrainHeadAnswer, RecordAnswer) {
  @Text(10_000) @Optional() readonly description?: string;
  /** Why it was retired. */
  @Text(2_000) @Optional() readonly reason?: string;
}

/** A row of the list. */
export class ReleaseTrainRowDto extends TrainHeadAnswer {
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
}

class PassengerDto {
  @Id() readonly id!: string;
  @Text(40) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Choice(...STATES) readonly state!: string;
}

export class DepartureDto {
  @Instant() readonly departure!: string;
  /** The same in the train's own zone. */
  @Text(100) readonly local!: string;
  @Nested(ReleaseWindowDto) readonly window!: ReleaseWindowDto;
  /** The releases that are aboard. */
  @ListOf(PassengerDto, 2_000) readonly releases!: readonly PassengerDto[];
}
