import {
  Choice,
  Digest,
  Flag,
  Id,
  Instant,
  Integer,
  ListOf,
  Nested,
  Optional,
  Pattern,
  Patterns,
  Text,
  PERSON,
} from '@slipway/edge';
import { ExternalRefDto, RecordsQuery } from '@slipway/records';
import { OmitType, PickType } from '@nestjs/swagger';
import { PlansDto } from './change-work.dto.ts';

export const CHANGE_MODELS = ['standard', 'normal', 'emergency'] as const;
export const CLOSE_CODES = ['successful', 'successful-with-issues', 'unsuccessful'] as const;
export const CHANGE_STATES = [
  'New',
  'Assess',
  'Authorize',
  'Scheduled',
  'Implement',
  'Review',
  'Closed',
  'Canceled',
] as const;

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

export class ConfigurationItemDto {
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
  @ListOf(ConfigurationItemDto, 200)
  @Optional()
  readonly configurationItems?: readonly ConfigurationItemDto[];

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

export class RaiseChangeDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  @Choice(...CHANGE_MODELS)
  readonly model!: (typeof CHANGE_MODELS)[number];

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;

  /** Id or number of a scheduled release: its content, targets and window are those of the change. */
  @Id()
  @Optional()
  readonly release?: string;

  /** Of a change without a release. */
  @Nested(OwnContentDto)
  @Optional()
  readonly content?: OwnContentDto;

  /** Of a change without a release; that of another is backed out of by the plan of its release. */
  @Nested(PlansDto)
  @Optional()
  readonly plans?: PlansDto;
}

/** The name of a change in the system that keeps it in step. */
export class ChangeRefParams extends PickType(ExternalRefDto, ['system', 'key']) {}

export class KeepChangeDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** Cannot be another later. */
  @Choice(...CHANGE_MODELS)
  readonly model!: (typeof CHANGE_MODELS)[number];

  @Nested(OwnContentDto)
  readonly content!: OwnContentDto;

  /** A plan that is not said stays as it is. */
  @Nested(PlansDto)
  @Optional()
  readonly plans?: PlansDto;

  /** Of the change in that system. */
  @Pattern(/^https?:\/\/[^\s\0]{1,1990}$/, 'https://github.example/shop/checkout/pull/7')
  @Optional()
  readonly url?: string;

  /** Beside its own reference, in place of those before; as they are when absent. */
  @ListOf(ExternalRefDto, 99)
  @Optional()
  readonly externalRefs?: readonly ExternalRefDto[];
}

export class ReviseChangeDto {
  @Nested(OwnContentDto)
  readonly content!: OwnContentDto;
}

export class ApproveChangeDto {
  /** The digest of the content that you saw; refused when it has changed since. */
  @Digest()
  readonly contentDigest!: string;

  /** Needed when more than one slot is open. */
  @Text(100)
  @Optional()
  readonly slot?: string;

  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly comment?: string;
}

export class RejectChangeDto extends OmitType(ApproveChangeDto, ['comment']) {
  /** Stored encrypted. */
  @Text(2_000)
  readonly comment!: string;
}

export class ReasonDto {
  /** Stored encrypted. */
  @Text(2_000)
  readonly reason!: string;
}

export class ResumeDto {
  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class ReviewChangeDto {
  /** Partly done is successful-with-issues at best, nothing done unsuccessful. */
  @Choice(...CLOSE_CODES)
  readonly closeCode!: (typeof CLOSE_CODES)[number];

  /** Stored encrypted. Needed where the code is worse than the targets say. */
  @Text(10_000)
  @Optional()
  readonly note?: string;
}

export class ListChangesQuery extends OmitType(RecordsQuery, ['state']) {
  @Choice(...CHANGE_STATES)
  @Optional()
  readonly state?: string;

  @Choice(...CHANGE_MODELS)
  @Optional()
  readonly model?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly environment?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly release?: string;

  @Flag()
  @Optional()
  readonly onHold?: boolean;

  /** That owns a service of the change. */
  @Text(100)
  @Optional()
  readonly team?: string;

  /** `me`: what waits for an approval that who asks could give. */
  @Choice('me')
  @Optional()
  readonly awaiting?: 'me';
}

export class CountChangesQuery extends OmitType(ListChangesQuery, ['pageSize', 'pageToken']) {}
