import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'decisions_v1' })
export class DecisionRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) verdict!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ name: 'deployment_id', type: 'text' }) deploymentId!: string;
  @Column({ name: 'change_id', type: 'text', nullable: true }) changeId!: string | null;
  @Column({ name: 'release_id', type: 'text', nullable: true }) releaseId!: string | null;
  @Column({ type: 'text' }) service!: string;
  @Column({ type: 'text' }) environment!: string;
  /** The rules that said no. */
  @Column({ name: 'refused_by', type: 'text', array: true }) refusedBy!: string[];
  @Column({ name: 'asked_at', type: 'timestamptz' }) askedAt!: Date;
  @Column({ name: 'valid_until', type: 'timestamptz', nullable: true }) validUntil!: Date | null;
  @Column({ name: 'next_opening', type: 'timestamptz', nullable: true }) nextOpening!: Date | null;
}
