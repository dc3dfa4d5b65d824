import { Choice, Id, Instant, Integer, LabelSets, ListOf, Text, Texts } from '@slipway/edge';

export class DependencyAnswer {
  @Id() readonly serviceId!: string;
  @Choice('service', 'database', 'third-party') readonly kind!: string;
}

/** A row of the list. */
export class ServiceRowDto {
  @Id() readonly id!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Text(80) readonly name!: string;
  @Text(200) readonly title!: string;
  @Text(100) readonly ownerTeam!: string;
  @Choice('low', 'medium', 'high', 'critical') readonly criticality!: string;
  @Texts(50, 300) readonly repositories!: readonly string[];
  @LabelSets(50, 20) readonly alertLabels!: readonly Readonly<Record<string, string>>[];
  @Texts(50, 200) readonly aliases!: readonly string[];
  @ListOf(DependencyAnswer, 200) readonly dependencies!: readonly DependencyAnswer[];
}

export class ServiceDto extends ServiceRowDto {
  @Instant() readonly registeredAt!: string;
  @Instant() readonly updatedAt!: string;
}
