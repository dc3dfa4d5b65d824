import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'deployments_v1' })
export class DeploymentRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text' }) state!: string;
  /** Before the rollback that is on its way. */
  @Column({ name: 'state_before', type: 'text', nullable: true, select: false }) stateBefore!: string | null;
  @Column({ name: 'service_id', type: 'text' }) serviceId!: string;
  @Column({ name: 'environment_id', type: 'text' }) environmentId!: string;
  @Column({ type: 'int' }) wave!: number;
  @Column({ type: 'boolean' }) production!: boolean;
  @Column({ type: 'text', array: true }) digests!: string[];
  @Column({ name: 'artifact_version', type: 'text', nullable: true }) artifactVersion!: string | null;
  @Column({ type: 'text' }) deployer!: string;
  @Column({ name: 'change_id', type: 'text', nullable: true }) changeId!: string | null;
  @Column({ name: 'release_id', type: 'text', nullable: true }) releaseId!: string | null;
  @Column({ type: 'text', nullable: true }) undoes!: string | null;
  @Column({ name: 'pipeline_run_id', type: 'text', nullable: true }) pipelineRunId!: string | null;
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'requested_at', type: 'timestamptz' }) requestedAt!: Date;
  @Column({ name: 'started_at', type: 'timestamptz', nullable: true }) startedAt!: Date | null;
  @Column({ name: 'took_traffic_at', type: 'timestamptz', nullable: true }) tookTrafficAt!: Date | null;
  @Column({ name: 'settled_at', type: 'timestamptz', nullable: true }) settledAt!: Date | null;
  @Column({ type: 'boolean' }) unauthorized!: boolean;
  @Column({ type: 'int' }) version!: number;
}
