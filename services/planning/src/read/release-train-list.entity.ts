import type { Cadence } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'release_trains_v1' })
export class ReleaseTrainRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) owner!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'jsonb' }) cadence!: Cadence;
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'planned_at', type: 'timestamptz' }) plannedAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
