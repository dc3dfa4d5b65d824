import { OmitType } from '@nestjs/swagger';
import { Choice, Digest, Id, Nested, Optional, Text } from '@slipway/edge';
import { ChangePlansDto } from './change-work.dto.ts';
import { OwnContentDto } from './own-content.dto.ts';

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
  @Nested(ChangePlansDto)
  @Optional()
  readonly plans?: ChangePlansDto;
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

export class ResumeChangeDto {
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
