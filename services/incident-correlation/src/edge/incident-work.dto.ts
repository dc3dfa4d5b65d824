import { Choice, Id, Instant, Integer, Optional, Pattern, PERSON, Text, Texts } from '@slipway/edge';
import { AcknowledgeDto, LONGEST_NOTE, SEVERITIES } from './incidents.dto.ts';

export const ROLES = [
  'on-call',
  'coordinator',
  'communicator',
  'scribe',
  'subject-expert',
  'service-owner',
  'management',
] as const;

export class IncidentReasonDto {
  @Text(LONGEST_NOTE)
  readonly reason!: string;
}

/** `occurredAt`: when somebody judged so; now, when it is not said. */
export class MajorDto extends AcknowledgeDto {
  @Text(LONGEST_NOTE)
  readonly reason!: string;
}

export class ClassifyDto extends MajorDto {
  @Choice(...SEVERITIES)
  readonly severity!: (typeof SEVERITIES)[number];
}

export class CorrectAwarenessDto extends IncidentReasonDto {
  @Instant()
  readonly awareAt!: string;
}

export class CorrectImpactIntervalDto extends IncidentReasonDto {
  /** The first is 1; one more for each time that it was reopened. */
  @Integer(1, 10_000)
  readonly interval!: number;

  @Instant()
  readonly startedAt!: string;

  /** Of one that is over; when absent, its end stays as it is. */
  @Instant()
  @Optional()
  readonly endedAt?: string;
}

export class RoleDto {
  @Choice(...ROLES)
  readonly role!: (typeof ROLES)[number];

  /** Pseudonym, e-mail or account. */
  @Pattern(PERSON, 'ines@example.org')
  readonly person!: string;
}

export class MergeDto {
  /** Id or number of the incident that goes on. */
  @Id()
  readonly into!: string;

  @Text(LONGEST_NOTE)
  @Optional()
  readonly reason?: string;
}

export class SplitDto extends IncidentReasonDto {
  /** Ids of the alerts that become an incident of their own. */
  @Texts(200, 64)
  readonly alerts!: readonly string[];

  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** That of the incident, when it is not said. */
  @Choice(...SEVERITIES)
  @Optional()
  readonly severity?: (typeof SEVERITIES)[number];

  /** That of the incident, when it is not said. */
  @Instant()
  @Optional()
  readonly impactStartedAt?: string;
}
