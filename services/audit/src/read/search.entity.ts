import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'found_v1' })
export class FoundRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) category!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  /** Of what the catalog names. */
  @Column({ type: 'text', nullable: true }) name!: string | null;
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ type: 'timestamptz' }) since!: Date;
  @Column({ type: 'int' }) version!: number;
}
