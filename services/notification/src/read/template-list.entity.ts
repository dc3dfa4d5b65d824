import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'templates_v1' })
export class TemplateRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) owner!: string;
  @Column({ type: 'text' }) audience!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'int' }) revision!: number;
  @Column({ type: 'text' }) subject!: string;
  @Column({ type: 'text' }) text!: string;
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems. */
  @Column({ type: 'text', array: true }) refs!: string[];
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
