import { Choice, Id, LabelSets, ListOf, ListQuery, Optional, Pattern, Text, Texts } from '@slipway/edge';

/** Names stand in addresses and pipelines. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

export class DependencyDto {
  /** The name or the id of a service. */
  @Id()
  readonly service!: string;

  @Choice('service', 'database', 'third-party')
  readonly kind!: 'service' | 'database' | 'third-party';
}

export class UpdateServiceDto {
  @Text(200)
  readonly title!: string;

  @Text(100)
  readonly ownerTeam!: string;

  @Choice('low', 'medium', 'high', 'critical')
  readonly criticality!: 'low' | 'medium' | 'high' | 'critical';

  /** `owner/name`, or a URL. */
  @Texts(50, 300)
  @Optional()
  readonly repositories?: readonly string[];

  /** An alert is about this service when it carries all labels of one entry. */
  @LabelSets(50, 20)
  @Optional()
  readonly alertLabels?: readonly Readonly<Record<string, string>>[];

  /** Its names in other tools. */
  @Texts(50, 200)
  @Optional()
  readonly aliases?: readonly string[];

  @ListOf(DependencyDto, 200)
  @Optional()
  readonly dependencies?: readonly DependencyDto[];
}

export class RegisterServiceDto extends UpdateServiceDto {
  /** Unique, and for ever: the id comes from it. */
  @Pattern(NAME, 'checkout')
  readonly name!: string;
}

export class ListServicesQuery extends ListQuery {
  /** The owner team. */
  @Text(100)
  @Optional()
  readonly team?: string;

  @Choice('low', 'medium', 'high', 'critical')
  @Optional()
  readonly criticality?: string;

  /** Those that depend on this service: a name or an id. */
  @Id()
  @Optional()
  readonly dependsOn?: string;
}
