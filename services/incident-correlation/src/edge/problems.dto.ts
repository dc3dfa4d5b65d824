import { Choice, Flag, Id, Instant, Integer, Optional, Pattern, PERSON, Text, Texts } from '@slipway/edge';
import { RecordAnswer, RecordsQuery } from '@slipway/records';
import { IntersectionType } from '@nestjs/swagger';

const LONGEST_NOTE = 4_000;
const LONGEST_ANALYSIS = 20_000;

export class OpenProblemDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** Pseudonym, e-mail or account; who opens it when absent. */
  @Pattern(PERSON, 'ines@example.org')
  @Optional()
  readonly owner?: string;

  @Text(20_000)
  @Optional()
  readonly description?: string;

  /** Ids or names. */
  @Texts(50, 80)
  @Optional()
  readonly services?: readonly string[];

  /** Ids or numbers. */
  @Texts(200, 80)
  @Optional()
  readonly incidents?: readonly string[];
}

export class LinkIncidentDto {
  /** Id or number. */
  @Id()
  readonly incident!: string;
}

export class UnlinkIncidentDto extends LinkIncidentDto {
  @Text(LONGEST_NOTE)
  @Optional()
  readonly reason?: string;
}

export class LinkChangeDto {
  /** Id or number. */
  @Id()
  readonly change!: string;
}

export class UnlinkChangeDto extends LinkChangeDto {
  @Text(LONGEST_NOTE)
  @Optional()
  readonly reason?: string;
}

export class WorkaroundDto {
  @Text(LONGEST_ANALYSIS)
  readonly workaround!: string;
}

export class KnownErrorDto {
  @Text(LONGEST_ANALYSIS)
  readonly rootCause!: string;
}

export class ResolveProblemDto {
  /** Id or number of the change that resolved it. */
  @Id()
  @Optional()
  readonly change?: string;

  @Text(LONGEST_NOTE)
  @Optional()
  readonly note?: string;
}

export class ListProblemsQuery extends RecordsQuery {
  /** Id or name. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Name of a team that owns an affected service. */
  @Text(200)
  @Optional()
  readonly team?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly incident?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly change?: string;
}

class ProblemFacts {
  @Id() readonly id!: string;
  @Text(40) @Optional() readonly number?: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(200) readonly title!: string;
  @Id() readonly owner!: string;
  @Choice('Open', 'KnownError', 'Resolved', 'Closed') readonly state!: string;
  @Texts(1_000, 64) readonly serviceIds!: readonly string[];
  @Texts(10_000, 64) readonly incidentIds!: readonly string[];
  /** The changes that are to resolve it. */
  @Texts(1_000, 64) readonly changeIds!: readonly string[];
  @Instant() readonly openedAt!: string;
  @Instant() @Optional() readonly resolvedAt?: string;
}

/** A row of the list. */
export class ProblemRowDto extends ProblemFacts {
  @Flag() readonly hasWorkaround!: boolean;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
}

export class ProblemDto extends IntersectionType(ProblemFacts, RecordAnswer) {
  @Text(20_000) @Optional() readonly description?: string;
  @Text(LONGEST_ANALYSIS) @Optional() readonly workaround?: string;
  @Instant() @Optional() readonly workaroundAt?: string;
  @Text(LONGEST_ANALYSIS) @Optional() readonly rootCause?: string;
  @Instant() @Optional() readonly knownErrorAt?: string;
  @Id() @Optional() readonly resolvedBy?: string;
  @Text(LONGEST_NOTE) @Optional() readonly note?: string;
  @Instant() @Optional() readonly closedAt?: string;
}
