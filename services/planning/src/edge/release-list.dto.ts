import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Choice, Flag, Id, Integer, Optional, Text } from '@slipway/edge';
import { RecordsQuery } from '@slipway/records';
import { STATES } from './releases.dto.ts';

export class ListReleasesQuery extends OmitType(RecordsQuery, ['state', 'ref']) {
  @Choice(...STATES)
  @Optional()
  readonly state?: string;

  @Flag()
  @Optional()
  readonly held?: boolean;

  /** A key in another system: of the release, or of a scope item, whose key here will do too. */
  @Text(200)
  @Optional()
  readonly ref?: string;

  /** Id or name of a service that it carries or goes to. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Id or number of a train that it is aboard of. */
  @Id()
  @Optional()
  readonly train?: string;

  /** Id or number of a release that it needs. */
  @Id()
  @Optional()
  readonly needs?: string;

  /** That owns a service which it carries or goes to. */
  @Text(200)
  @Optional()
  readonly team?: string;

  /** Id or name of an environment that it goes to. */
  @Id()
  @Optional()
  readonly environment?: string;
}

export class CountReleasesQuery extends OmitType(ListReleasesQuery, ['pageSize', 'pageToken']) {}

/** What has none is absent. */
export class ReleaseCountsDto {
  @Integer(0, Number.MAX_SAFE_INTEGER) readonly total!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } }) readonly byState!: object;
  /** On hold or not, in whichever state. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } }) readonly byHeld!: object;
}
