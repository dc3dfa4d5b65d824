import {
  Choice,
  Flag,
  Id,
  Instant,
  Integer,
  ListOf,
  ListQuery,
  Nested,
  Optional,
  Pattern,
  Patterns,
  Text,
} from '@slipway/edge';

export const RUN_STATES = ['reported', 'unmatched', 'matched', 'unreadable'] as const;
export const TOOLS = ['github', 'gitlab', 'argocd', 'flagger', 'webhook'] as const;

export class BindDto {
  /** Name or id. */
  @Id()
  readonly service!: string;

  /** Name or id. */
  @Id()
  readonly environment!: string;

  @Text(2_000)
  readonly reason!: string;
}

export class ListPipelineRunsQuery extends ListQuery {
  @Choice(...TOOLS)
  @Optional()
  readonly tool?: string;
}

class PipelineRunHeadAnswer {
  @Id() readonly id!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Choice(...RUN_STATES) readonly state!: string;
  @Choice(...TOOLS) readonly tool!: string;
  /** The tool's own id of the run. */
  @Text(300) @Optional() readonly externalId?: string;
  @Text(300) @Optional() readonly repository?: string;
  @Text(255) @Optional() readonly environmentAlias?: string;
  @Text(64) @Optional() readonly commit?: string;
  /** Of an unmatched one. */
  @Choice('service', 'environment', 'service-ambiguous') @Optional() readonly missing?: string;
  /** Of an unreadable one. */
  @Text(200) @Optional() readonly problem?: string;
  @Id() @Optional() readonly deploymentId?: string;
}

/** A row of the list. */
export class PipelineRunRowDto extends PipelineRunHeadAnswer {
  /** The last one, by the tool's clock. */
  @Text(20) @Optional() readonly status?: string;
  @Instant() @Optional() readonly statusAt?: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly messages!: number;
  /** Messages that name another environment or commit than the first: kept, but they move nothing. */
  @Integer(0, Number.MAX_SAFE_INTEGER) readonly contradictions!: number;
  @Instant() readonly reportedAt!: string;
}

class MessageAnswer {
  @Text(600) readonly deliveryId!: string;
  @Text(20) readonly status!: string;
  @Instant() readonly occurredAt!: string;
  @Instant() readonly recordedAt!: string;
  @Flag() readonly contradicts!: boolean;
  /** As it came. */
  @Text(300_000) readonly payload!: string;
}

class BoundAnswer {
  @Pattern(/^person-[0-9a-f-]{36}$/, 'person-0198c1a0-1000-7000-8000-000000000001') readonly by!: string;
  @Text(2_000) readonly reason!: string;
}

class MappingAnswer {
  @Text(63) readonly name!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
}

export class PipelineRunDto extends PipelineRunHeadAnswer {
  /** Where the tool says so. */
  @Patterns(/^sha256:[0-9a-f]{64}$/, 50) @Optional() readonly digests?: readonly string[];
  /** That made sense of its messages. */
  @Nested(MappingAnswer) @Optional() readonly mapping?: MappingAnswer;
  @Pattern(/^person-[0-9a-f-]{36}$/, 'person-0198c1a0-1000-7000-8000-000000000001')
  @Optional()
  readonly startedBy?: string;
  @Id() @Optional() readonly serviceId?: string;
  @Id() @Optional() readonly environmentId?: string;
  @Id() @Optional() readonly releaseId?: string;
  @Id() @Optional() readonly changeId?: string;
  /** Bound by hand. */
  @Nested(BoundAnswer) @Optional() readonly bound?: BoundAnswer;
  @ListOf(MessageAnswer, 1_000) readonly messages!: readonly MessageAnswer[];
}
