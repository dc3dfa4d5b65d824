import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Choice, Flag, Id, Integer, Optional, Text } from '@slipway/edge';
import { RecordsQuery } from '@slipway/records';
import { CHANGE_MODELS, CHANGE_STATES } from './changes.dto.ts';

export class ListChangesQuery extends OmitType(RecordsQuery, ['state']) {
  @Choice(...CHANGE_STATES)
  @Optional()
  readonly state?: string;

  @Choice(...CHANGE_MODELS)
  @Optional()
  readonly model?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Id or name. */
  @Id()
  @Optional()
  readonly environment?: string;

  /** Id or number. */
  @Id()
  @Optional()
  readonly release?: string;

  @Flag()
  @Optional()
  readonly onHold?: boolean;

  /** That owns a service of the change. */
  @Text(100)
  @Optional()
  readonly team?: string;

  /** `me`: what waits for an approval that who asks could give. */
  @Choice('me')
  @Optional()
  readonly awaiting?: 'me';
}

export class CountChangesQuery extends OmitType(ListChangesQuery, ['pageSize', 'pageToken']) {}

const MOST = Number.MAX_SAFE_INTEGER;

/** A name that has none is absent. */
export class ChangeCountsDto {
  @Integer(0, MOST) readonly total!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } }) readonly byState!: object;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } }) readonly byModel!: object;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } }) readonly byOnHold!: object;
}
