import { Digest, Id, Instant, Integer, ListOf, Optional, Pattern, Text, Texts, PERSON } from '@slipway/edge';

const PURL = /^pkg:[a-z][a-z0-9.+-]*\/[\x21-\x7e]+$/;
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export class CommitDto {
  @Pattern(SHA, 'b'.repeat(40))
  readonly sha!: string;

  /** E-mail or account (`github:codertocat`); kept as a pseudonym. */
  @Pattern(PERSON, 'github:codertocat')
  readonly author!: string;

  @Instant()
  readonly committedAt!: string;

  /** When it was written; a rebase or a squash changes the other one only. */
  @Instant()
  @Optional()
  readonly authoredAt?: string;
}

export class PullRequestDto {
  /** As its repository numbers it. */
  @Text(200)
  readonly key!: string;

  /** Of the first of its commits, as they were before they were squashed. */
  @Instant()
  @Optional()
  readonly firstCommitAt?: string;

  @Instant()
  @Optional()
  readonly mergedAt?: string;
}

export class ArtifactDto {
  /** Id or name. */
  @Id()
  readonly service!: string;

  @Text(100)
  readonly version!: string;

  /** Package URL. */
  @Pattern(PURL, 'pkg:oci/checkout@2.4.0')
  readonly purl!: string;

  @Digest()
  readonly digest!: string;

  /** `owner/name`, or a URL. */
  @Text(300)
  readonly repository!: string;

  @ListOf(CommitDto, 500)
  @Optional()
  readonly commits?: readonly CommitDto[];

  /** What it brings: lead time from the first commit is measured by them. */
  @ListOf(PullRequestDto, 200)
  @Optional()
  readonly pullRequests?: readonly PullRequestDto[];

  /** E-mail or account of who built it. */
  @Pattern(PERSON, 'github:build-bot')
  @Optional()
  readonly builtBy?: string;
}

export class DetachArtifactDto {
  /** Id or name. */
  @Id()
  readonly service!: string;
}

export class RollbackPlanDto {
  /** Stored encrypted. */
  @Text(20_000)
  readonly steps!: string;

  @Integer(1, 10_080)
  readonly backoutMinutes!: number;

  /** What makes one roll back. Published as it is: it must not name people. */
  @Texts(50, 300)
  @Optional()
  readonly triggers?: readonly string[];
}
