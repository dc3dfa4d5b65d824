import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'environments_v1' })
export class EnvironmentRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) tier!: string;
  @Column({ type: 'text' }) region!: string;
  @Column({ name: 'time_zone', type: 'text' }) timeZone!: string;
  @Column({ type: 'text', array: true }) aliases!: string[];
  @Column({ type: 'text' }) openness!: string;
  @Column({ type: 'int' }) version!: number;
}
