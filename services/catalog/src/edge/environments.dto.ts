import { IntersectionType } from '@nestjs/swagger';
import { Choice, Flag, Id, Labels, Optional, Pattern, Text, Texts } from '@slipway/edge';
import { ListRegistrationsQuery, NAME, RegistrationAnswer, RegistrationRowAnswer } from './registrations.dto.ts';

type Tier = 'production' | 'disaster-recovery' | 'staging' | 'test' | 'development';
const TIERS: readonly Tier[] = ['production', 'disaster-recovery', 'staging', 'test', 'development'];
type Openness = 'always-open' | 'only-in-windows';

export class UpdateEnvironmentDto {
  @Text(200)
  readonly title!: string;

  @Choice(...TIERS)
  readonly tier!: Tier;

  @Text(100)
  readonly region!: string;

  /** IANA, such as `Europe/Berlin`. */
  @Text(64)
  readonly timeZone!: string;

  /** Its names in other tools. */
  @Texts(50, 200)
  @Optional()
  readonly aliases?: readonly string[];

  /** Absent: `only-in-windows` in production, else `always-open`. */
  @Choice('always-open', 'only-in-windows')
  @Optional()
  readonly openness?: Openness;

  /** The name of a team, registered or not yet. */
  @Text(100)
  @Optional()
  readonly ownerTeam?: string;

  @Flag()
  @Optional()
  readonly certified?: boolean;

  /** Of the data that lives there: `personal`, `synthetic` … */
  @Text(100)
  @Optional()
  readonly dataClass?: string;

  /** In a few words; what needs more of them is a description or a file. */
  @Text(200)
  @Optional()
  readonly topology?: string;

  /** Name to version. */
  @Labels(50)
  @Optional()
  readonly middleware?: Readonly<Record<string, string>>;
}

export class RegisterEnvironmentDto extends UpdateEnvironmentDto {
  /** Unique, and for ever: the id comes from it. */
  @Pattern(NAME, 'production')
  readonly name!: string;
}

export class ListEnvironmentsQuery extends ListRegistrationsQuery {
  @Choice(...TIERS)
  @Optional()
  readonly tier?: string;

  /** The owner team: a name, an id or a number. */
  @Text(100)
  @Optional()
  readonly team?: string;
}

class StatedEnvironmentAnswer {
  @Choice(...TIERS) readonly tier!: string;
  @Text(100) readonly region!: string;
  @Text(64) readonly timeZone!: string;
  @Texts(50, 200) readonly aliases!: readonly string[];
  @Choice('always-open', 'only-in-windows') readonly openness!: string;
  @Text(100) @Optional() readonly ownerTeam?: string;
  /** Of the registered team of that name. */
  @Id() @Optional() readonly ownerTeamId?: string;
  @Flag() @Optional() readonly certified?: boolean;
  @Text(100) @Optional() readonly dataClass?: string;
  @Text(200) @Optional() readonly topology?: string;
  @Labels(50) @Optional() readonly middleware?: Readonly<Record<string, string>>;
}

/** A row of the list. */
export class EnvironmentRowDto extends IntersectionType(RegistrationRowAnswer, StatedEnvironmentAnswer) {}

export class EnvironmentDto extends IntersectionType(RegistrationAnswer, StatedEnvironmentAnswer) {}
