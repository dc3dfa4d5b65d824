import { Digest, Id, Instant, Integer, ListOf, Nested, Optional, Pattern, Patterns, PERSON, Text } from '@slipway/edge';

export class WindowDto {
  @Instant()
  readonly start!: string;

  @Instant()
  readonly end!: string;
}

export class TargetDto {
  /** Id or name. */
  @Id()
  readonly service!: string;

  /** Id or name. */
  @Id()
  readonly environment!: string;

  /** Waves are deployed in order; 1 when absent. */
  @Integer(1, 1_000)
  @Optional()
  readonly wave?: number;
}

export class ChangeArtifactDto {
  /** Id or name. */
  @Id()
  readonly service!: string;

  @Text(100)
  readonly version!: string;

  @Digest()
  readonly digest!: string;
}

export class ChangeConfigurationItemDto {
  /** `firewall-rule`, `parameter`, `table` … */
  @Pattern(/^[a-z][a-z0-9-]{0,49}$/, 'firewall-rule')
  readonly kind!: string;

  @Text(200)
  readonly name!: string;
}

/** Plan and content of a change that has no release. */
export class OwnContentDto {
  @Nested(WindowDto)
  readonly window!: WindowDto;

  @ListOf(TargetDto, 200)
  readonly targets!: readonly TargetDto[];

  /** None for what runs no artifact, such as a firewall or a parameter. */
  @ListOf(ChangeArtifactDto, 200)
  @Optional()
  readonly artifacts?: readonly ChangeArtifactDto[];

  /** SHA-256 of the implementation plan, wherever it is kept. In a revision: as it was when absent, as all plans. */
  @Digest()
  @Optional()
  readonly deploymentPlan?: string;

  /** SHA-256 of the back-out plan, wherever it is kept. */
  @Digest()
  @Optional()
  readonly rollbackPlan?: string;

  @Text(200)
  @Optional()
  readonly configurationBaseline?: string;

  /** What is changed and is no service of the catalog. Published as it is. */
  @ListOf(ChangeConfigurationItemDto, 200)
  @Optional()
  readonly configurationItems?: readonly ChangeConfigurationItemDto[];

  /** How long backing out takes: a deployment must leave that much of the window. The back-out plan says it too. */
  @Integer(1, 10_080)
  @Optional()
  readonly backoutMinutes?: number;

  /** E-mails or accounts (`github:codertocat`); kept as pseudonyms. */
  @Patterns(PERSON, 500)
  @Optional()
  readonly commitAuthors?: readonly string[];

  /** E-mails or accounts. */
  @Patterns(PERSON, 100)
  @Optional()
  readonly builders?: readonly string[];
}
