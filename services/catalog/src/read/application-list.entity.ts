import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RegistrationStanding } from './registration.view.ts';

@Entity({ name: 'applications_v1' })
export class ApplicationRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ name: 'owner_team', type: 'text' }) ownerTeam!: string;
  @Column({ name: 'service_ids', type: 'text', array: true }) serviceIds!: readonly string[];
  @Column({ type: 'text', array: true }) labels!: readonly string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: readonly string[];
  /** A pseudonym. */
  @Column({ type: 'text', nullable: true }) owner!: string | null;
  @Column({ type: 'text' }) state!: RegistrationStanding;
  @Column({ type: 'int' }) version!: number;
}
