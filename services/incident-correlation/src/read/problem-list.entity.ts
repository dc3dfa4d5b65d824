import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'problems_v1' })
export class ProblemRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) owner!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ name: 'has_workaround', type: 'boolean' }) hasWorkaround!: boolean;
  @Column({ name: 'is_known_error', type: 'boolean', select: false }) isKnownError!: boolean;
  @Column({ name: 'service_ids', type: 'text', array: true }) serviceIds!: string[];
  @Column({ name: 'incident_ids', type: 'text', array: true }) incidentIds!: string[];
  @Column({ name: 'change_ids', type: 'text', array: true }) changeIds!: string[];
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'opened_at', type: 'timestamptz' }) openedAt!: Date;
  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true }) resolvedAt!: Date | null;
  @Column({ type: 'int' }) version!: number;
}
