import { Choice, Flag, Id, LabelSets, ListOf, Optional, Pattern, Text, Texts } from '@slipway/edge';
import { ListRegistrationsQuery, NAME } from './registrations.dto.ts';

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

  /** The name of a team, registered or not yet. */
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

  /** It supports a critical or important function, as the EU's Digital Operational Resilience Act says it. */
  @Flag()
  @Optional()
  readonly criticalOrImportantFunction?: boolean;

  /** In scope of the Sarbanes-Oxley Act. */
  @Flag()
  @Optional()
  readonly inSoxScope?: boolean;

  /** Who runs it, when that is somebody else. */
  @Text(200)
  @Optional()
  readonly thirdPartyProvider?: string;
}

export class RegisterServiceDto extends UpdateServiceDto {
  /** Unique, and for ever: the id comes from it. */
  @Pattern(NAME, 'checkout')
  readonly name!: string;
}

export class ListServicesQuery extends ListRegistrationsQuery {
  /** The owner team: a name, an id or a number. */
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

  /** What belongs to this application: a name, an id or a number. */
  @Id()
  @Optional()
  readonly application?: string;

  @Flag()
  @Optional()
  readonly criticalOrImportantFunction?: boolean;

  @Flag()
  @Optional()
  readonly inSoxScope?: boolean;
}
