import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'communications_v1' })
export class CommunicationRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) owner!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text' }) audience!: string;
  /** The stream that it is about. */
  @Column({ type: 'text' }) about!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'int' }) recipients!: number;
  @Column({ type: 'int' }) delivered!: number;
  @Column({ type: 'int' }) failed!: number;
  @Column({ type: 'int' }) acknowledged!: number;
  @Column({ name: 'next_update_by', type: 'timestamptz', nullable: true }) nextUpdateBy!: Date | null;
  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true }) sentAt!: Date | null;
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'drafted_at', type: 'timestamptz' }) draftedAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
