import type { ServiceEvent } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'services_v1' })
export class ServiceRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ name: 'owner_team', type: 'text' }) ownerTeam!: string;
  @Column({ type: 'text' }) criticality!: string;
  @Column({ type: 'text', array: true }) repositories!: string[];
  @Column({ name: 'alert_labels', type: 'jsonb' }) alertLabels!: ServiceEvent['data']['alertLabels'];
  @Column({ type: 'text', array: true }) aliases!: string[];
  @Column({ type: 'jsonb' }) dependencies!: ServiceEvent['data']['dependencies'];
  @Column({ type: 'int' }) version!: number;
}
