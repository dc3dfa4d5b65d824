import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'people_v1' })
export class PersonRow {
  @PrimaryColumn({ type: 'text' }) pseudonym!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ name: 'also_known_as', type: 'text', array: true }) alsoKnownAs!: string[];
  @Column({ name: 'registered_at', type: 'timestamptz' }) registeredAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
