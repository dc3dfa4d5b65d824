import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'reviews_v1' })
export class ReviewRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text', nullable: true }) owner!: string | null;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'text' }) occasion!: string;
  @Column({ name: 'incident_id', type: 'text', nullable: true }) incidentId!: string | null;
  @Column({ name: 'change_id', type: 'text', nullable: true }) changeId!: string | null;
  /** What else called for it is about. */
  @Column({ name: 'other_incidents', type: 'text', array: true }) otherIncidents!: string[];
  @Column({ name: 'other_changes', type: 'text', array: true }) otherChanges!: string[];
  /** Ids of the actions that are neither done nor dropped. */
  @Column({ name: 'open_actions', type: 'text', array: true }) openActions!: string[];
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'due_at', type: 'timestamptz' }) dueAt!: Date;
  @Column({ name: 'scheduled_at', type: 'timestamptz' }) scheduledAt!: Date;
  @Column({ name: 'held_at', type: 'timestamptz', nullable: true }) heldAt!: Date | null;
  @Column({ type: 'int' }) version!: number;
}
