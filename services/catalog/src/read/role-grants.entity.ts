import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'role_grants_v1' })
export class RoleGrantRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) person!: string;
  @Column({ type: 'text' }) role!: string;
  /** Without services, applications and teams: all services. */
  @Column({ type: 'text', array: true, nullable: true }) services!: string[] | null;
  /** Null: all of them. */
  @Column({ type: 'text', array: true, nullable: true }) environments!: string[] | null;
  @Column({ type: 'text', array: true, nullable: true }) applications!: string[] | null;
  @Column({ type: 'text', array: true, nullable: true }) teams!: string[] | null;
  @Column({ type: 'text', array: true, nullable: true }) actions!: string[] | null;
  @Column({ name: 'valid_from', type: 'timestamptz' }) from!: Date;
  @Column({ name: 'valid_to', type: 'timestamptz', nullable: true }) to!: Date | null;
  @Column({ name: 'granted_by', type: 'text' }) grantedBy!: string;
  @Column({ name: 'granted_at', type: 'timestamptz' }) grantedAt!: Date;
  @Column({ name: 'revoked_by', type: 'text', nullable: true }) revokedBy!: string | null;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) revokedAt!: Date | null;
  @Column({ type: 'int' }) version!: number;
}
