import { Choice, Flag, Instant, ListOf, Nested, Optional, Pattern, Patterns, Text } from '@slipway/edge';
import { ImportedReferenceDto, ImportedRowDto } from '@slipway/records';
import { CAUSES, KINDS } from './deployments.dto.ts';

const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
const Sha = () => Pattern(SHA, '6113728f27ae82c7b1a177c8d03f9e96e0adf246');
export const OUTCOMES = ['succeeded', 'failed', 'rolled-back', 'canceled', 'unfinished'] as const;

class ImportedCommitDto {
  @Sha() readonly sha!: string;
  @Instant() readonly committedAt!: string;
}

class ImportedPullRequestDto {
  @Text(200) readonly key!: string;
  @Instant() @Optional() readonly firstCommitAt?: string;
  @Instant() @Optional() readonly mergedAt?: string;
}

class RemediatedDto extends ImportedReferenceDto {
  @Choice('deployment', 'incident') readonly record!: 'deployment' | 'incident';
}

/** A deployment that was. */
export class ImportedDeploymentDto extends ImportedRowDto {
  /** By id, name, alias or repository. */
  @Text(300) readonly service!: string;
  /** By id, name or alias. */
  @Text(300) readonly environment!: string;
  @Text(100) @Optional() readonly region?: string;
  /** `planned` when absent. */
  @Choice(...KINDS) @Optional() readonly kind?: (typeof KINDS)[number];
  @Text(200) @Optional() readonly version?: string;
  @Patterns(/^sha256:[0-9a-f]{64}$/, 50) @Optional() readonly digests?: readonly string[];
  @Sha() @Optional() readonly commit?: string;
  @ListOf(ImportedCommitDto, 500) @Optional() readonly commits?: readonly ImportedCommitDto[];
  @ListOf(ImportedPullRequestDto, 100) @Optional() readonly pullRequests?: readonly ImportedPullRequestDto[];
  @Nested(ImportedReferenceDto) @Optional() readonly change?: ImportedReferenceDto;
  @Instant() @Optional() readonly requestedAt?: string;
  @Instant() readonly startedAt!: string;
  /** Absent: unfinished, as of the export. */
  @Instant() @Optional() readonly finishedAt?: string;
  @Choice(...OUTCOMES) readonly outcome!: (typeof OUTCOMES)[number];
  /** Absent: the source does not say. */
  @Flag() @Optional() readonly tookTraffic?: boolean;
  @Choice(...CAUSES) @Optional() readonly rolledBackFor?: (typeof CAUSES)[number];
  @Instant() @Optional() readonly rolledBackAt?: string;
  /** Of a rollback: the deployment that it undid. */
  @Nested(ImportedReferenceDto) @Optional() readonly undoes?: ImportedReferenceDto;
  /** Of a hotfix: what it mends. */
  @Nested(RemediatedDto) @Optional() readonly remediates?: RemediatedDto;
}
