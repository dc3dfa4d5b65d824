import type { ApprovalPolicyEvent } from '@slipway/contracts';
import { canonical } from '@slipway/canonical';
import { type Decider, type Decision, type Message, reject, type Stamped } from '@slipway/event-sourcing';
import type { Slots } from './change-state.ts';

export type AdoptApprovalPolicy = Message<'AdoptApprovalPolicy', { slots: Slots }>;

/** Who must approve, by change model. */
export type ApprovalPolicy = Readonly<{ policyVersion: string; slots: Slots }>;

/** In force until another is adopted. */
export const builtIn: ApprovalPolicy = {
  policyVersion: '1',
  slots: {
    standard: [],
    normal: [{ slot: 'change-approvers', role: 'change-approver', concern: 'quality', count: 2 }],
    emergency: [{ slot: 'emergency-approver', role: 'change-approver', concern: 'operations', count: 1 }],
  },
};

type Refusal = 'policy-without-approval' | 'slot-named-twice' | 'slot-without-approver';

const adopt = (
  { data: { slots }, stamp }: Stamped<AdoptApprovalPolicy>,
  policy: ApprovalPolicy,
): Decision<ApprovalPolicyEvent, Refusal> => {
  for (const [model, ofModel] of Object.entries(slots)) {
    if (new Set(ofModel.map(({ slot }) => slot)).size < ofModel.length)
      return reject('slot-named-twice', `Two slots of ${model} changes have the same name.`);
    if (ofModel.some(({ count }) => count < 1))
      return reject('slot-without-approver', `A slot of ${model} changes asks for nobody: leave it out instead.`);
  }
  if (slots.normal.length === 0 || slots.emergency.length === 0)
    return reject(
      'policy-without-approval',
      'Normal and emergency changes need at least one slot; only standard ones are pre-authorized.',
    );
  if (canonical(slots) === canonical(policy.slots)) return [];
  return [
    {
      type: 'ApprovalPolicyAdopted',
      data: { policyVersion: String(Number(policy.policyVersion) + 1), slots, ...stamp },
    },
  ];
};

export const approvalPolicy: Decider<AdoptApprovalPolicy, ApprovalPolicyEvent, ApprovalPolicy, Refusal> = {
  initialState: builtIn,
  decide: adopt,
  evolve: (_, { data: { policyVersion, slots } }) => ({ policyVersion, slots }),
};
