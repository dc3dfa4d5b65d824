import { Choice, Instant, Integer, ListOf, Nested, Optional, Text } from '@slipway/edge';

const ROLES = ['release-manager', 'change-approver', 'incident-responder', 'auditor', 'administrator'] as const;

export class SlotDto {
  @Text(100)
  readonly slot!: string;

  /** Held by a role grant of the catalog that covers all of the change. */
  @Choice(...ROLES)
  readonly role!: string;

  @Choice('security', 'quality', 'business', 'operations')
  readonly concern!: 'security' | 'quality' | 'business' | 'operations';

  /** How many distinct people. */
  @Integer(1, 20)
  readonly count!: number;
}

export class SlotsDto {
  /** None: pre-authorized. */
  @ListOf(SlotDto, 20)
  readonly standard!: readonly SlotDto[];

  @ListOf(SlotDto, 20)
  readonly normal!: readonly SlotDto[];

  @ListOf(SlotDto, 20)
  readonly emergency!: readonly SlotDto[];
}

export class AdoptApprovalPolicyDto {
  @Nested(SlotsDto)
  readonly slots!: SlotsDto;
}

export class ApprovalPolicyDto {
  @Text(20) readonly policyVersion!: string;
  @Nested(SlotsDto) readonly slots!: SlotsDto;
  /** Absent: built in. */
  @Instant() @Optional() readonly adoptedAt?: string;
}
