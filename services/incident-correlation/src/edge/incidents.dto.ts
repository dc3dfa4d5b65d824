import { OmitType } from '@nestjs/swagger';
import { Choice, Flag, Id, Instant, Optional, Text, Texts } from '@slipway/edge';
import { RecordsQuery } from '@slipway/records';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export const CAUSE_KINDS = ['deployment', 'change', 'external', 'not-change-related', 'unknown'] as const;
export const CANCEL_CAUSES = ['duplicate', 'false-alarm'] as const;
export const LONGEST_NOTE = 4_000;

export class OpenIncidentDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  @Choice(...SEVERITIES)
  readonly severity!: (typeof SEVERITIES)[number];

  @Flag()
  @Optional()
  readonly major?: boolean;

  /** Ids or names of what is affected. */
  @Texts(50, 80)
  readonly services!: readonly string[];

  /** Id or name. */
  @Id()
  @Optional()
  readonly environment?: string;

  /** Now, when it is not said. */
  @Instant()
  @Optional()
  readonly impactStartedAt?: string;

  @Text(20_000)
  @Optional()
  readonly description?: string;
}

/** What is told afterwards says when it happened: not before the incident came to where it is, and not in the future. */
export class AcknowledgeDto {
  @Instant()
  @Optional()
  readonly occurredAt?: string;
}

export class CloseDto extends AcknowledgeDto {}

export class ResolveDto extends AcknowledgeDto {
  @Text(LONGEST_NOTE)
  @Optional()
  readonly note?: string;
}

export class MitigateDto extends ResolveDto {
  /** Id or number of the deployment that restored service, such as the rollback. */
  @Id()
  @Optional()
  readonly deployment?: string;
}

export class ReopenDto extends AcknowledgeDto {
  @Text(LONGEST_NOTE)
  readonly reason!: string;
}

export class CancelDto {
  @Choice(...CANCEL_CAUSES)
  readonly cause!: (typeof CANCEL_CAUSES)[number];

  /** Id or number of the incident that it repeats. */
  @Id()
  @Optional()
  readonly duplicateOf?: string;

  @Text(LONGEST_NOTE)
  @Optional()
  readonly note?: string;
}

export class CorrectImpactStartDto {
  @Instant()
  readonly impactStartedAt!: string;

  @Text(LONGEST_NOTE)
  readonly reason!: string;
}

export class ConfirmCauseDto {
  @Choice(...CAUSE_KINDS)
  readonly kind!: (typeof CAUSE_KINDS)[number];

  /** Id or number, of a cause of kind `deployment`. */
  @Id()
  @Optional()
  readonly deployment?: string;

  /** Id or number, of a cause of kind `change`. */
  @Id()
  @Optional()
  readonly change?: string;

  /** True, when it is not said: the causes that were confirmed before become secondary. */
  @Flag()
  @Optional()
  readonly primary?: boolean;

  @Text(LONGEST_NOTE)
  @Optional()
  readonly note?: string;
}

export class RejectCandidateDto {
  /** Id or number. */
  @Id()
  readonly deployment!: string;

  @Text(LONGEST_NOTE)
  @Optional()
  readonly note?: string;
}

export class WithdrawCauseDto {
  @Choice(...CAUSE_KINDS)
  readonly kind!: (typeof CAUSE_KINDS)[number];

  /** Id or number, of a cause of kind `deployment`. */
  @Id()
  @Optional()
  readonly deployment?: string;

  /** Id or number, of a cause of kind `change`. */
  @Id()
  @Optional()
  readonly change?: string;

  @Text(LONGEST_NOTE)
  readonly reason!: string;
}

export class ListIncidentsQuery extends RecordsQuery {
  @Choice(...SEVERITIES)
  @Optional()
  readonly severity?: string;

  @Flag()
  @Optional()
  readonly major?: boolean;

  /** Name of a team that owns an affected service. */
  @Text(200)
  @Optional()
  readonly team?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly environment?: string;
}

/** What narrows the list narrows the counts. */
export class CountIncidentsQuery extends OmitType(ListIncidentsQuery, ['pageSize', 'pageToken']) {}
