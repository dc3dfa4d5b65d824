import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'releases_v1' })
export class ReleaseRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) class!: string;
  @Column({ name: 'change_model', type: 'text' }) changeModel!: string;
  @Column({ type: 'text' }) owner!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'boolean' }) held!: boolean;
  @Column({ name: 'window_start', type: 'timestamptz', nullable: true }) windowStart!: Date | null;
  @Column({ name: 'window_end', type: 'timestamptz', nullable: true }) windowEnd!: Date | null;
  @Column({ name: 'artifact_services', type: 'text', array: true }) artifactServices!: string[];
  @Column({ name: 'target_services', type: 'text', array: true }) targetServices!: string[];
  @Column({ type: 'text', array: true }) environments!: string[];
  /** Key of a scope item to its key in another system, or to nothing. */
  @Column({ type: 'jsonb' }) scope!: Record<string, string>;
  /** The keys of scope items, and their keys in other systems. */
  @Column({ name: 'scope_refs', type: 'text', array: true }) scopeRefs!: string[];
  @Column({ type: 'text', array: true }) labels!: string[];
  /** Keys in other systems, but those of scope items. */
  @Column({ type: 'text', array: true }) refs!: string[];
  /** The departure that it is aboard of. */
  @Column({ type: 'text', nullable: true }) train!: string | null;
  @Column({ type: 'timestamptz', nullable: true }) departure!: Date | null;
  /** Ids of the releases that it needs. */
  @Column({ type: 'text', array: true }) needs!: string[];
  @Column({ name: 'drafted_at', type: 'timestamptz' }) draftedAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}
