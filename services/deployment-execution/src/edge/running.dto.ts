import { AfterEventQuery, Choice, Id, Instant, Integer, ListOf, Nested, Optional, Patterns, Text } from '@slipway/edge';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export class RunningQuery extends AfterEventQuery {
  /** At an instant, as far as it is known by now; now when absent. */
  @Instant()
  @Optional()
  readonly at?: string;
}

class LiveAnswer {
  /** What runs; absent when nothing has settled yet. */
  @Id() @Optional() readonly deploymentId?: string;
  @Patterns(DIGEST, 50) @Optional() readonly digests?: readonly string[];
  @Text(100) @Optional() readonly artifactVersion?: string;
  @Instant() @Optional() readonly since?: string;
}

export class RunningServiceDto extends LiveAnswer {
  /** Its name. */
  @Text(80) readonly service!: string;
  @Id() readonly serviceId!: string;
  /** The deployment that holds the lock of this target now. */
  @Id() @Optional() readonly inProgress?: string;
  /** Log position of the event that made it so. */
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly position!: number;
}

class EnvironmentAnswer {
  @Id() readonly environmentId!: string;
  @Text(80) readonly environment!: string;
}

export class RunningDto extends EnvironmentAnswer {
  /** The instant that was asked for. */
  @Instant() @Optional() readonly at?: string;
  @ListOf(RunningServiceDto, 10_000) readonly services!: readonly RunningServiceDto[];
}

class ComparedServiceDto {
  @Text(80) readonly service!: string;
  @Id() readonly serviceId!: string;
  /** By their digests. */
  @Choice('same', 'different', 'only-here', 'only-there') readonly outcome!: string;
  @Nested(LiveAnswer) @Optional() readonly here?: LiveAnswer;
  @Nested(LiveAnswer) @Optional() readonly there?: LiveAnswer;
}

export class ComparisonDto {
  @Nested(EnvironmentAnswer) readonly here!: EnvironmentAnswer;
  @Nested(EnvironmentAnswer) readonly there!: EnvironmentAnswer;
  /** The instant that was asked for. */
  @Instant() @Optional() readonly at?: string;
  @ListOf(ComparedServiceDto, 10_000) readonly services!: readonly ComparedServiceDto[];
}
