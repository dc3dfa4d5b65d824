import type { ApprovalPolicyEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

export type PolicyView = Pick<ApprovalPolicyEvent['data'], 'policyVersion' | 'slots'> & Readonly<{ adoptedAt: string }>;

export const approvalPolicyView = (_: PolicyView | undefined, { data }: Recorded<ApprovalPolicyEvent>): PolicyView => ({
  policyVersion: data.policyVersion,
  slots: data.slots,
  adoptedAt: data.recordedAt,
});
