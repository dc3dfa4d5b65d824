import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'pipeline_runs_v1' })
export class PipelineRunRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'text' }) tool!: string;
  @Column({ name: 'external_id', type: 'text', nullable: true }) externalId!: string | null;
  @Column({ type: 'text', nullable: true }) repository!: string | null;
  @Column({ name: 'environment_alias', type: 'text', nullable: true }) environmentAlias!: string | null;
  @Column({ type: 'text', nullable: true }) commit!: string | null;
  @Column({ type: 'text', nullable: true }) status!: string | null;
  @Column({ name: 'status_at', type: 'timestamptz', nullable: true }) statusAt!: Date | null;
  @Column({ type: 'int' }) messages!: number;
  @Column({ type: 'int' }) contradictions!: number;
  @Column({ type: 'text', nullable: true }) missing!: string | null;
  @Column({ type: 'text', nullable: true }) problem!: string | null;
  @Column({ name: 'deployment_id', type: 'text', nullable: true }) deploymentId!: string | null;
  @Column({ name: 'reported_at', type: 'timestamptz' }) reportedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
