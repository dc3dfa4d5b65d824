import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'running_v1' })
export class RunningRow {
  @PrimaryColumn({ name: 'environment_id', type: 'text' }) environmentId!: string;
  @PrimaryColumn({ name: 'service_id', type: 'text' }) serviceId!: string;
  @Column({ name: 'deployment_id', type: 'text', nullable: true }) deploymentId!: string | null;
  @Column({ type: 'text', array: true, nullable: true }) digests!: string[] | null;
  @Column({ name: 'artifact_version', type: 'text', nullable: true }) artifactVersion!: string | null;
  @Column({ type: 'timestamptz', nullable: true }) since!: Date | null;
  /** The deployment that holds the lock. */
  @Column({ name: 'in_progress', type: 'text', nullable: true }) inProgress!: string | null;
  /** Of the event that made it so. */
  @Column({ type: 'bigint' }) position!: string;
}
