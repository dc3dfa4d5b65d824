import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the notes of a release need of a problem. */
@Entity({ name: 'problems_v1' })
export class ProblemRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ name: 'service_ids', type: 'text', array: true }) serviceIds!: string[];
  @Column({ type: 'text' }) state!: 'open' | 'known-error' | 'resolved';
  /** Analyzed once, so that it is a known error again when it is reopened. */
  @Column({ type: 'boolean' }) declared!: boolean;
  @Column({ name: 'has_workaround', type: 'boolean' }) hasWorkaround!: boolean;
}
