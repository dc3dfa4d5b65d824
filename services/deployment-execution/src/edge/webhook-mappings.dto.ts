import { OmitType } from '@nestjs/swagger';
import { Choice, Id, Instant, Integer, ListOf, ListQuery, Nested, Optional, Pattern, Text } from '@slipway/edge';
import { DeploymentReasonDto } from './deployments.dto.ts';

const STATUSES = ['queued', 'waiting', 'running', 'succeeded', 'failed', 'canceled', 'inactive'] as const;
const POINTER = /^(\/([^~/]|~[01])*)+$/;
export const MAPPING_NAME = /^[a-z][a-z0-9-]{0,49}$/;

class SignatureDto {
  /** Of the request, in which the HMAC-SHA256 of its raw bytes stands. */
  @Pattern(/^[A-Za-z0-9-]{1,100}$/, 'X-Signature')
  readonly header!: string;

  /** What stands before it, such as `sha256=`; nothing when absent. */
  @Pattern(/^[A-Za-z0-9=:, -]{1,20}$/, 'sha256=')
  @Optional()
  readonly prefix?: string;

  /** `hex` when absent. */
  @Choice('hex', 'base64')
  @Optional()
  readonly encoding?: 'hex' | 'base64';
}

/** Where in a message it stands, as JSON Pointers (RFC 6901). */
class FieldsDto {
  /** The tool's own id of the run. */
  @Pattern(POINTER, '/execution/id') readonly externalId!: string;
  /** A repository, name or alias of the service. */
  @Pattern(POINTER, '/execution/application') readonly repository!: string;
  /** A name or alias of the environment. */
  @Pattern(POINTER, '/execution/environment') readonly environment!: string;
  @Pattern(POINTER, '/execution/status') readonly status!: string;
  @Pattern(POINTER, '/execution/commit') @Optional() readonly commit?: string;
  /** `sha256:…` of what runs. */
  @Pattern(POINTER, '/execution/digest') @Optional() readonly digest?: string;
  /** RFC 3339, or milliseconds since 1970; when it was received, when absent. */
  @Pattern(POINTER, '/execution/endTime') @Optional() readonly occurredAt?: string;
  /** The account that started it. */
  @Pattern(POINTER, '/execution/user') @Optional() readonly startedBy?: string;
  /** What makes a message the same. */
  @Pattern(POINTER, '/id') @Optional() readonly deliveryId?: string;
}

class StatusDto {
  @Text(100) readonly said!: string;
  @Choice(...STATUSES) readonly status!: (typeof STATUSES)[number];
}

class OnlyDto {
  @Pattern(POINTER, '/details/type') readonly pointer!: string;
  @Text(250) readonly equals!: string;
}

export class DefineMappingDto {
  @Nested(SignatureDto) readonly signature!: SignatureDto;
  @Nested(FieldsDto) readonly fields!: FieldsDto;
  /** Words of the tool, and what they mean here. */
  @ListOf(StatusDto, 100) readonly statuses!: readonly StatusDto[];
  /** Messages that say otherwise are not used. */
  @ListOf(OnlyDto, 10) @Optional() readonly only?: readonly OnlyDto[];
}

export class WithdrawMappingDto extends DeploymentReasonDto {}

export class ListMappingsQuery extends OmitType(ListQuery, ['state', 'from', 'to']) {
  @Choice('defined', 'withdrawn')
  @Optional()
  readonly state?: string;
}

export class MappingRowDto {
  @Id() readonly id!: string;
  @Pattern(MAPPING_NAME, 'spinnaker') readonly name!: string;
  @Choice('defined', 'withdrawn') readonly state!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Instant() readonly changedAt!: string;
}

export class MappingDto extends DefineMappingDto {
  @Id() readonly id!: string;
  @Pattern(MAPPING_NAME, 'spinnaker') readonly name!: string;
  @Choice('defined', 'withdrawn') readonly state!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @Pattern(/^person-[0-9a-f-]{36}$/, 'person-0198c1a0-1000-7000-8000-000000000001') readonly by!: string;
  @Instant() readonly at!: string;
  @Text(2_000) @Optional() readonly reason?: string;
}
