import { Id, Optional, Text } from '@slipway/edge';

/** What a hotfix mends: a deployment, or an incident. */
export class RemediationDto {
  /** Id or number. */
  @Id()
  @Optional()
  readonly deployment?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly incident?: string;
}

export class RejectRemediationDto extends RemediationDto {
  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}
