import { IntersectionType } from '@nestjs/swagger';
import { Choice, ListOf, Nested, Optional, Pattern, PERSON, Text } from '@slipway/edge';
import { ExternalRefDto } from '@slipway/records';
import {
  ListRegistrationsQuery,
  NAME_OF_NUMBERED,
  RegistrationAnswer,
  RegistrationRowAnswer,
} from './registrations.dto.ts';

const PARTS = ['lead', 'deputy', 'member'] as const;

export class TeamMemberDto {
  /** A pseudonym, an e-mail address or an account of somebody registered. */
  @Pattern(PERSON, 'ann@example.org')
  readonly person!: string;

  /** `member` when absent. */
  @Choice(...PARTS)
  @Optional()
  readonly part?: (typeof PARTS)[number];
}

export class UpdateTeamDto {
  @Text(200)
  readonly title!: string;

  @ListOf(TeamMemberDto, 500)
  @Optional()
  readonly members?: readonly TeamMemberDto[];

  /** The rotation that knows who is on call. */
  @Nested(ExternalRefDto)
  @Optional()
  readonly onCall?: ExternalRefDto;
}

export class RegisterTeamDto extends UpdateTeamDto {
  /** Unique, and for ever: the id comes from it. What a team owns names it by it. */
  @Pattern(NAME_OF_NUMBERED, 'payments')
  readonly name!: string;
}

export class ListTeamsQuery extends ListRegistrationsQuery {
  /** Those that somebody is a member of: a pseudonym, an e-mail address or an account. */
  @Pattern(PERSON, 'ann@example.org')
  @Optional()
  readonly person?: string;
}

class TeamMemberAnswer {
  @Text(43) readonly person!: string;
  /** Shown to those who may read names. */
  @Text(200) @Optional() readonly personName?: string;
  @Choice(...PARTS) readonly part!: string;
}

class StatedTeamAnswer {
  @Pattern(/^TEAM-[1-9]\d*$/, 'TEAM-1') @Optional() readonly number?: string;
  @ListOf(TeamMemberAnswer, 500) readonly members!: readonly TeamMemberAnswer[];
  @Nested(ExternalRefDto) @Optional() readonly onCall?: ExternalRefDto;
}

/** A row of the list. */
export class TeamRowDto extends IntersectionType(RegistrationRowAnswer, StatedTeamAnswer) {}

export class TeamDto extends IntersectionType(RegistrationAnswer, StatedTeamAnswer) {}
