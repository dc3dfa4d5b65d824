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
  /** Its places, one by one: services and the environments that belong to them; '' where it does not matter. */
  @Column({ type: 'text', array: true }) services!: string[];
  @Column({ type: 'text', array: true }) environments!: string[];
  /** What its places are folded from; null: that is not known, and it takes place everywhere. */
  @Column({ type: 'jsonb', nullable: true, select: false }) placed!: Readonly<Record<string, unknown>> | null;
  @Column({ type: 'timestamptz' }) since!: Date;
  @Column({ type: 'int' }) version!: number;
}
