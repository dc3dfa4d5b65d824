import type { ServiceStated } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RegistrationStanding } from './registration.view.ts';

@Entity({ name: 'services_v1' })
export class ServiceRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ name: 'owner_team', type: 'text' }) ownerTeam!: string;
  @Column({ type: 'text' }) criticality!: string;
  @Column({ type: 'text', array: true }) repositories!: readonly string[];
  @Column({ name: 'alert_labels', type: 'jsonb' }) alertLabels!: ServiceStated['data']['alertLabels'];
  @Column({ type: 'text', array: true }) aliases!: readonly string[];
  @Column({ type: 'jsonb' }) dependencies!: ServiceStated['data']['dependencies'];
  @Column({ type: 'int' }) version!: number;
  @Column({ name: 'critical_or_important_function', type: 'boolean', nullable: true })
  criticalOrImportantFunction!: boolean | null;
  @Column({ name: 'in_sox_scope', type: 'boolean', nullable: true }) inSoxScope!: boolean | null;
  @Column({ name: 'third_party_provider', type: 'text', nullable: true }) thirdPartyProvider!: string | null;
  @Column({ type: 'text', array: true }) labels!: readonly string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: readonly string[];
  /** A pseudonym. */
  @Column({ type: 'text', nullable: true }) owner!: string | null;
  @Column({ type: 'text' }) state!: RegistrationStanding;
}
