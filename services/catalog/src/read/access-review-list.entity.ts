import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'access_reviews_v1' })
export class AccessReviewRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) owner!: string;
  @Column({ type: 'text' }) state!: string;
  /** The rights are those that were held then. */
  @Column({ name: 'held_at', type: 'timestamptz' }) heldAt!: Date;
  @Column({ name: 'due_on', type: 'date', nullable: true }) dueOn!: string | null;
  /** Whose rights it is about. */
  @Column({ type: 'text', array: true, select: false }) people!: string[];
  @Column({ type: 'int' }) rights!: number;
  @Column({ type: 'int' }) confirmed!: number;
  @Column({ type: 'int' }) revoked!: number;
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'opened_at', type: 'timestamptz' }) openedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
