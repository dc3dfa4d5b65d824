import { Choice, Id, Instant, Integer, Labels, ListQuery, Optional, Text, Texts } from '@slipway/edge';

export class BindAlertDto {
  /** Ids or names of what the alert is about. */
  @Texts(50, 80)
  readonly services!: readonly string[];

  /** Id or name. */
  @Id()
  @Optional()
  readonly environment?: string;

  /** Id or number; when absent, the open incident that it belongs to, or a new one. */
  @Id()
  @Optional()
  readonly incident?: string;

  @Text(4_000)
  readonly reason!: string;
}

export class ListAlertsQuery extends ListQuery {
  /** Id or name. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly environment?: string;

  /** Name of a team that owns a service that it is about. */
  @Text(200)
  @Optional()
  readonly team?: string;
}

/** A row of the list. */
export class AlertRowDto {
  @Id() readonly id!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Choice('alertmanager', 'pagerduty') readonly tool!: string;
  @Choice('reported', 'matched', 'unmatched', 'unreadable') readonly state!: string;
  @Text(200) @Optional() readonly name?: string;
  @Choice('firing', 'acknowledged', 'resolved') @Optional() readonly status?: string;
  @Text(1_000) @Optional() readonly severity?: string;
  @Labels(64) @Optional() readonly labels?: Readonly<Record<string, string>>;
  @Text(1_000) @Optional() readonly problem?: string;
  @Instant() @Optional() readonly startsAt?: string;
  @Instant() @Optional() readonly endsAt?: string;
  @Id() @Optional() readonly incidentId?: string;
  @Texts(1_000, 64) @Optional() readonly serviceIds?: readonly string[];
  @Id() @Optional() readonly environmentId?: string;
  @Instant() @Optional() readonly reportedAt?: string;
}

export class AlertDto extends AlertRowDto {
  @Text(200) @Optional() readonly fingerprint?: string;
  @Text(4_000) @Optional() readonly groupKey?: string;
  @Instant() readonly statusAt!: string;
  @Text(4_000) @Optional() readonly reason?: string;
  @Text(200_000) @Optional() readonly payload?: string;
}
