import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RegistrationStanding } from './registration.view.ts';

@Entity({ name: 'environments_v1' })
export class EnvironmentRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) tier!: string;
  @Column({ type: 'text' }) region!: string;
  @Column({ name: 'time_zone', type: 'text' }) timeZone!: string;
  @Column({ type: 'text', array: true }) aliases!: readonly string[];
  @Column({ type: 'text' }) openness!: string;
  @Column({ type: 'int' }) version!: number;
  @Column({ name: 'owner_team', type: 'text', nullable: true }) ownerTeam!: string | null;
  @Column({ type: 'boolean', nullable: true }) certified!: boolean | null;
  @Column({ name: 'data_class', type: 'text', nullable: true }) dataClass!: string | null;
  @Column({ type: 'text', nullable: true }) topology!: string | null;
  @Column({ type: 'jsonb', nullable: true }) middleware!: Readonly<Record<string, string>> | null;
  @Column({ type: 'text', array: true }) labels!: readonly string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: readonly string[];
  /** A pseudonym. */
  @Column({ type: 'text', nullable: true }) owner!: string | null;
  @Column({ type: 'text' }) state!: RegistrationStanding;
}
