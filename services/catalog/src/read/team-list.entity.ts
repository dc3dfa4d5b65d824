import type { TeamEvent } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RegistrationStanding } from './registration.view.ts';

type Stated = Extract<TeamEvent, Readonly<{ type: 'TeamRegistered' }>>['data'];

@Entity({ name: 'teams_v1' })
export class TeamRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'jsonb' }) members!: Stated['members'];
  @Column({ name: 'on_call', type: 'jsonb', nullable: true }) onCall!: Exclude<Stated['onCall'], undefined> | null;
  @Column({ type: 'text', array: true }) labels!: readonly string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: readonly string[];
  /** A pseudonym. */
  @Column({ type: 'text', nullable: true }) owner!: string | null;
  @Column({ type: 'text' }) state!: RegistrationStanding;
  @Column({ type: 'int' }) version!: number;
}
