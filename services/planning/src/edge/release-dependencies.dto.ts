import { Choice, Id, Nested, Optional, Text } from '@slipway/edge';
import { STATES } from './releases.dto.ts';

export const NEEDED_STATES = ['Authorized', 'Ready', 'Deploying', 'EarlyLifeSupport', 'Closed'] as const;

export class StateDependencyDto {
  /** Id or number of the release that this one needs. */
  @Id()
  readonly release!: string;

  /** At which that one must be, or which it must have passed, before this one may be deployed. */
  @Choice(...NEEDED_STATES)
  readonly state!: (typeof NEEDED_STATES)[number];
}

export class WithdrawDependencyDto {
  /** Id or number. */
  @Id()
  readonly release!: string;

  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

class NeededReleaseDto {
  @Id() readonly id!: string;
  @Text(40) @Optional() readonly number?: string;
  @Text(200) @Optional() readonly title?: string;
  @Choice(...STATES) @Optional() readonly state?: string;
  @Choice(...NEEDED_STATES) readonly neededState!: string;
}

/** One thing that keeps a release from being deployed. */
export class BlockerDto {
  @Text(100) readonly code!: string;
  @Text(500) readonly detail!: string;
  /** Of a dependency: the release that is waited for. */
  @Nested(NeededReleaseDto) @Optional() readonly release?: NeededReleaseDto;
}
