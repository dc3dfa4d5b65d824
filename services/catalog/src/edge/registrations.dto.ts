import { OmitType } from '@nestjs/swagger';
import { Choice, Id, Instant, Integer, Nested, Optional, Text, Texts } from '@slipway/edge';
import { RecordAnswer, RecordsQuery } from '@slipway/records';

/** Names stand in addresses and pipelines. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;
/** What has numbers is not called like one. */
export const NAME_OF_NUMBERED = /^(?!(?:APP|TEAM)-\d+$)[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

const STATES = ['Registered', 'Retired'] as const;

export class RetireDto {
  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}

export class ListRegistrationsQuery extends OmitType(RecordsQuery, ['state', 'from', 'to']) {
  /** Absent: `Registered`. */
  @Choice(...STATES)
  @Optional()
  readonly state?: string;
}

class RetiredAnswer {
  @Text(43) readonly by!: string;
  @Instant() readonly at!: string;
  @Text(2_000) readonly reason!: string;
}

/** What the answer of every record of the catalog has. */
export class RegistrationAnswer extends RecordAnswer {
  @Id() readonly id!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(80) readonly name!: string;
  @Text(200) readonly title!: string;
  @Choice(...STATES) readonly state!: string;
  /** A pseudonym. */
  @Text(43) @Optional() readonly owner?: string;
  @Text(10_000) @Optional() readonly description?: string;
  /** Of a retired one. */
  @Nested(RetiredAnswer) @Optional() readonly retired?: RetiredAnswer;
  @Instant() readonly registeredAt!: string;
  @Instant() readonly updatedAt!: string;
}

/** What the row of every list of the catalog has. */
export class RegistrationRowAnswer {
  @Id() readonly id!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(80) readonly name!: string;
  @Text(200) readonly title!: string;
  @Choice(...STATES) readonly state!: string;
  /** A pseudonym. */
  @Text(43) @Optional() readonly owner?: string;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
}
