import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { AfterEventQuery, Id, Integer, ListOf, Nested, Optional, Text } from '@slipway/edge';

export class PathQuery extends AfterEventQuery {
  /** Id or name of the service that it may depend on. */
  @Id()
  readonly to!: string;
}

class ServiceNameAnswer {
  @Id() readonly serviceId!: string;
  @Text(100) @Optional() readonly name?: string;
}

class AffectedAnswer extends ServiceNameAnswer {
  /** How many calls away. */
  @Integer(1, 100_000) readonly distance!: number;
  /** From the service that fails to this one. */
  @ListOf(ServiceNameAnswer, 100_000) readonly path!: readonly ServiceNameAnswer[];
}

export class BlastRadiusDto {
  @Nested(ServiceNameAnswer) readonly service!: ServiceNameAnswer;
  @ListOf(AffectedAnswer, 100_000) readonly items!: readonly AffectedAnswer[];
}

/** Each calls the next. */
export class CallsDto {
  @ListOf(ServiceNameAnswer, 100_000) readonly items!: readonly ServiceNameAnswer[];
}

@ApiExtraModels(ServiceNameAnswer)
export class CyclesDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { $ref: '#/components/schemas/ServiceNameAnswer' } },
  })
  readonly items!: readonly (readonly ServiceNameAnswer[])[];
}
