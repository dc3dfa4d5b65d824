import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'erasures_v1' })
export class ErasureRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) person!: string;
  @Column({ name: 'also_known_as', type: 'text', array: true }) alsoKnownAs!: string[];
  @Column({ type: 'text' }) ground!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'timestamptz', nullable: true }) until!: Date | null;
  @Column({ name: 'requested_at', type: 'timestamptz' }) requestedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
