import { Choice, Id, Instant, Integer, ListQuery, Optional, Pattern, Text, Texts } from '@slipway/edge';
import { NAME } from './services.dto.ts';

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
}

export class RegisterEnvironmentDto extends UpdateEnvironmentDto {
  /** Unique, and for ever: the id comes from it. */
  @Pattern(NAME, 'production')
  readonly name!: string;
}

export class ListEnvironmentsQuery extends ListQuery {
  @Choice(...TIERS)
  @Optional()
  readonly tier?: string;
}

/** A row of the list. */
export class EnvironmentRowDto {
  @Id() readonly id!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(80) readonly name!: string;
  @Text(200) readonly title!: string;
  @Choice(...TIERS) readonly tier!: string;
  @Text(100) readonly region!: string;
  @Text(64) readonly timeZone!: string;
  @Texts(50, 200) readonly aliases!: readonly string[];
  @Choice('always-open', 'only-in-windows') readonly openness!: string;
}

export class EnvironmentDto extends EnvironmentRowDto {
  @Instant() readonly registeredAt!: string;
  @Instant() readonly updatedAt!: string;
}
