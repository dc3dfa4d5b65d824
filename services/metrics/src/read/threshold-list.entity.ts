import type { ThresholdTerms } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'metric_thresholds_v1' })
export class ThresholdRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) owner!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'jsonb' }) terms!: ThresholdTerms;
  @Column({ name: 'service_ids', type: 'text', array: true }) serviceIds!: readonly string[];
  @Column({ type: 'text', array: true }) labels!: readonly string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: readonly string[];
  @Column({ name: 'set_at', type: 'timestamptz' }) setAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
