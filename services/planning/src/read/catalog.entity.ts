import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What planning must know of the catalog: that it is there, by id and name, and of which kind. */
@Entity({ name: 'catalog_v1' })
export class CatalogRow {
  /** `service`, `environment` or `person`. */
  @PrimaryColumn({ type: 'text' }) category!: string;
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) name!: string | null;
  /** The criticality of a service, the tier of an environment, the kind of a person. */
  @Column({ type: 'text' }) kind!: string;
  /** That owns a service. */
  @Column({ type: 'text', nullable: true }) team!: string | null;
}
