import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'alerts_v1' })
export class AlertRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) tool!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'text', nullable: true }) status!: string | null;
  @Column({ type: 'text', nullable: true }) name!: string | null;
  @Column({ type: 'text', nullable: true }) severity!: string | null;
  @Column({ type: 'jsonb' }) labels!: Readonly<Record<string, string>>;
  @Column({ type: 'text', nullable: true }) problem!: string | null;
  @Column({ name: 'starts_at', type: 'timestamptz', nullable: true }) startsAt!: Date | null;
  @Column({ name: 'ends_at', type: 'timestamptz', nullable: true }) endsAt!: Date | null;
  @Column({ name: 'reported_at', type: 'timestamptz' }) reportedAt!: Date;
  @Column({ name: 'incident_id', type: 'text', nullable: true }) incidentId!: string | null;
  @Column({ name: 'service_ids', type: 'text', array: true }) serviceIds!: string[];
  @Column({ name: 'environment_id', type: 'text', nullable: true }) environmentId!: string | null;
  @Column({ type: 'int' }) version!: number;
}
