import { digestOf } from '@slipway/canonical';
import type { ChangeEvent } from '@slipway/contracts';
import {
  type Decision,
  isRejection,
  type Message,
  type Rejection,
  reject,
  type Stamped,
} from '@slipway/event-sourcing';
import type { Plan, Proposal, RaisedChange } from './change-state.ts';
import { type Basis, follow, planned, type ProposalRefusal } from './proposals.ts';

export type PlanChange = Message<'PlanChange', Basis & { plan: Plan }>;

export type PlanRefusal = ProposalRefusal | 'back-out-time-missing';

/**
 * How a change is done, tested and backed out of. The implementation and the back-out plan are part of what is approved;
 * how it is tested is not.
 */
export const plan = (
  { data, stamp }: Stamped<PlanChange>,
  change: RaisedChange,
): Decision<ChangeEvent, PlanRefusal> => {
  const proposal = withPlan(change, data.plan);
  if (isRejection(proposal)) return proposal;
  const followed = follow({ data: { ...data, proposal }, stamp }, change);
  return isRejection(followed) ? followed : [...planned([data.plan], change.plans, stamp), ...followed];
};

const withPlan = (
  { proposal, releaseIds }: RaisedChange,
  { kind, digest, minutes }: Plan,
): Proposal | Rejection<PlanRefusal> => {
  const ofRelease = releaseIds.length > 0;
  if (kind === 'test') return proposal;
  if (kind === 'implementation')
    return ofRelease ? { ...proposal, implementationPlan: digest } : withContent(proposal, { deploymentPlan: digest });
  if (ofRelease)
    return reject('content-comes-from-release', 'It is backed out of by the rollback plan of its release.');
  if (minutes === undefined) return reject('back-out-time-missing', 'Say how many minutes backing out takes.');
  return { ...withContent(proposal, { rollbackPlan: digest }), backoutMinutes: minutes };
};

const withContent = (proposal: Proposal, planned: Partial<Proposal['content']>): Proposal => {
  const content = { ...proposal.content, ...planned };
  return { ...proposal, content, contentDigest: digestOf(content) };
};
