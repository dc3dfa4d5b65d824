import { IntersectionType } from '@nestjs/swagger';
import { Choice, Flag, Id, LabelSets, ListOf, Optional, Text, Texts } from '@slipway/edge';
import { RegistrationAnswer, RegistrationRowAnswer } from './registrations.dto.ts';

export class DependencyAnswer {
  @Id() readonly serviceId!: string;
  @Choice('service', 'database', 'third-party') readonly kind!: string;
}

class StatedServiceAnswer {
  @Text(100) readonly ownerTeam!: string;
  /** Of the registered team of that name. */
  @Id() @Optional() readonly ownerTeamId?: string;
  @Choice('low', 'medium', 'high', 'critical') readonly criticality!: string;
  @Texts(50, 300) readonly repositories!: readonly string[];
  @LabelSets(50, 20) readonly alertLabels!: readonly Readonly<Record<string, string>>[];
  @Texts(50, 200) readonly aliases!: readonly string[];
  @ListOf(DependencyAnswer, 200) readonly dependencies!: readonly DependencyAnswer[];
  @Flag() @Optional() readonly criticalOrImportantFunction?: boolean;
  @Flag() @Optional() readonly inSoxScope?: boolean;
  @Text(200) @Optional() readonly thirdPartyProvider?: string;
}

/** A row of the list. */
export class ServiceRowDto extends IntersectionType(RegistrationRowAnswer, StatedServiceAnswer) {}

export class ServiceDto extends IntersectionType(RegistrationAnswer, StatedServiceAnswer) {}
