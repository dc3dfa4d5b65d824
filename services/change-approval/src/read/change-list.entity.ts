import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An approval that is asked for, and of how many more people. */
export type OpenSlot = Readonly<{ slot: string; role: string; missing: number }>;

@Entity({ name: 'changes_v1' })
export class ChangeRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) model!: string;
  @Column({ type: 'text' }) requester!: string;
  /** Who requested and revised it. */
  @Column({ type: 'text', array: true }) requesters!: string[];
  /** Who wrote or built what is in it. */
  @Column({ type: 'text', array: true }) authors!: string[];
  /** In this round. */
  @Column({ type: 'text', array: true }) approvers!: string[];
  @Column({ name: 'open_slots', type: 'jsonb' }) openSlots!: OpenSlot[];
  @Column({ type: 'text' }) state!: string;
  @Column({ name: 'on_hold', type: 'boolean' }) onHold!: boolean;
  @Column({ type: 'boolean' }) unauthorized!: boolean;
  @Column({ name: 'close_code', type: 'text', nullable: true }) closeCode!: string | null;
  @Column({ name: 'risk_level', type: 'text', nullable: true }) riskLevel!: string | null;
  @Column({ name: 'release_ids', type: 'text', array: true }) releaseIds!: string[];
  @Column({ type: 'text', array: true }) services!: string[];
  @Column({ type: 'text', array: true }) environments!: string[];
  @Column({ name: 'content_digest', type: 'text' }) contentDigest!: string;
  /** `service/environment` of each target, `service/` of each configuration item. */
  @Column({ type: 'text', array: true }) places!: string[];
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'window_start', type: 'timestamptz' }) windowStart!: Date;
  @Column({ name: 'window_end', type: 'timestamptz' }) windowEnd!: Date;
  @Column({ name: 'review_due_at', type: 'timestamptz', nullable: true }) reviewDueAt!: Date | null;
  @Column({ name: 'raised_at', type: 'timestamptz' }) raisedAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
