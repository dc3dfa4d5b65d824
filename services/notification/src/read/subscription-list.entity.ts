import type { SubscriptionFilter } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'subscriptions_v1' })
export class SubscriptionRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) owner!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'jsonb' }) filter!: SubscriptionFilter;
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
