import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'incidents_v1' })
export class IncidentRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) severity!: string;
  @Column({ type: 'boolean' }) major!: boolean;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'boolean', select: false }) acknowledged!: boolean;
  @Column({ name: 'detected_by', type: 'text' }) detectedBy!: string;
  @Column({ name: 'service_ids', type: 'text', array: true }) serviceIds!: string[];
  @Column({ name: 'environment_id', type: 'text', nullable: true }) environmentId!: string | null;
  /** Alerts of it that are not resolved. */
  @Column({ type: 'text', array: true }) firing!: string[];
  /** A person said how it is called: what alerts are called no longer counts. */
  @Column({ type: 'boolean', select: false }) described!: boolean;
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'detected_at', type: 'timestamptz' }) detectedAt!: Date;
  @Column({ name: 'impact_started_at', type: 'timestamptz' }) impactStartedAt!: Date;
  @Column({ name: 'mitigated_at', type: 'timestamptz', nullable: true }) mitigatedAt!: Date | null;
  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true }) resolvedAt!: Date | null;
  @Column({ type: 'int' }) version!: number;
}
