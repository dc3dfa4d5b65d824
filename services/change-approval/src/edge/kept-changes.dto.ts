import { PickType } from '@nestjs/swagger';
import { Choice, ListOf, Nested, Optional, Pattern, Text } from '@slipway/edge';
import { ExternalRefDto } from '@slipway/records';
import { ChangePlansDto } from './change-work.dto.ts';
import { CHANGE_MODELS } from './changes.dto.ts';
import { OwnContentDto } from './own-content.dto.ts';

/** The name of a change in the system that keeps it in step. */
export class ChangeRefParams extends PickType(ExternalRefDto, ['system']) {
  @Pattern(/^[^\p{Cc}]{1,200}$/u, 'shop/checkout#7')
  readonly key!: string;
}

export class KeepChangeDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** Cannot be another later. */
  @Choice(...CHANGE_MODELS)
  readonly model!: (typeof CHANGE_MODELS)[number];

  @Nested(OwnContentDto)
  readonly content!: OwnContentDto;

  /** A plan that is not said stays as it is. */
  @Nested(ChangePlansDto)
  @Optional()
  readonly plans?: ChangePlansDto;

  /** Of the change in that system. */
  @Pattern(/^https?:\/\/\S{1,1990}$/, 'https://github.example/shop/checkout/pull/7')
  @Optional()
  readonly url?: string;

  /** Beside its own reference, in place of those before; as they are when absent. */
  @ListOf(ExternalRefDto, 99)
  @Optional()
  readonly externalRefs?: readonly ExternalRefDto[];
}
