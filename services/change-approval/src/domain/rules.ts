import { isBefore } from '@slipway/canonical';
import type { ChangeModel, RaisedChange, Slot } from './change-state.ts';

type Place = Readonly<{ serviceId: string; environmentId: string }>;

export type RoleGrant = Readonly<{
  id: string;
  role: string;
  services: readonly string[] | 'all';
  environments: readonly string[] | 'all';
  /** Of what the role permits, these only. */
  actions?: readonly string[] | 'all';
  from: string;
  /** Null: until it is revoked. */
  to: string | null;
  revoked: boolean;
}>;

/** A person under every name that the catalog knows. */
export type Person = Readonly<{
  /** The pseudonym that acted. */
  pseudonym: string;
  /** Absent: nobody registered stands behind it. */
  kind?: 'person' | 'service-account';
  /** Every pseudonym of theirs, the one that acted included. */
  aliases: readonly string[];
  roleGrants: readonly RoleGrant[];
}>;

export type ApprovalCase = Readonly<{
  change: RaisedChange;
  approver: Person;
  /** Pseudonyms that asked to deploy it. */
  deployers: readonly string[];
  slot: Slot;
  at: string;
}>;

export type ApprovalRefusal =
  | 'approver-unresolved'
  | 'approver-is-service-account'
  | 'approver-is-requester'
  | 'approver-is-commit-author'
  | 'approver-is-builder'
  | 'approver-is-deployer'
  | 'approver-has-a-slot'
  | 'role-not-held';

/** Reads like a sentence: a refusal, and when it applies. */
export type ApprovalRule = Readonly<{
  refusal: ApprovalRefusal;
  reason: string;
  refuses: (approval: ApprovalCase) => boolean;
}>;

export const isOneOf = ({ aliases }: Person, pseudonyms: readonly string[]): boolean =>
  pseudonyms.some(each => aliases.includes(each));

export const inForce = ({ from, to, revoked }: RoleGrant, at: string): boolean =>
  revoked === false && !isBefore(at, from) && (to === null || isBefore(at, to));

const permits = ({ role, actions = 'all' }: RoleGrant): boolean =>
  actions === 'all' || actions.includes(role === 'deployer' ? 'deployments:write' : 'changes:approve');

const within = (scope: readonly string[] | 'all', wanted: readonly string[]): boolean =>
  scope === 'all' || wanted.every(each => scope.includes(each));

export const covers = ({ services, environments }: RoleGrant, targets: readonly Place[]): boolean =>
  within(
    services,
    targets.map(({ serviceId }) => serviceId),
  ) &&
  within(
    environments,
    targets.map(({ environmentId }) => environmentId),
  );

/** The one grant that covers all of it at that instant. */
export const grantFor = (
  { roleGrants }: Person,
  role: string,
  targets: readonly Place[],
  at: string,
): RoleGrant | undefined =>
  roleGrants.find(grant => grant.role === role && permits(grant) && inForce(grant, at) && covers(grant, targets));

export const approverIsRegistered: ApprovalRule = {
  refusal: 'approver-unresolved',
  reason: 'Only a registered person approves: ask for this account to be registered in the catalog.',
  refuses: ({ approver }) => approver.kind === undefined,
};

export const approverIsPerson: ApprovalRule = {
  refusal: 'approver-is-service-account',
  reason: 'A service account does not approve.',
  refuses: ({ approver }) => approver.kind === 'service-account',
};

export const approverIsNotRequester: ApprovalRule = {
  refusal: 'approver-is-requester',
  reason: 'Whoever requested or revised a change does not approve it.',
  refuses: ({ approver, change }) => isOneOf(approver, [change.requester, ...change.revisers]),
};

export const approverIsNotCommitAuthor: ApprovalRule = {
  refusal: 'approver-is-commit-author',
  reason: 'The author of a commit in it does not approve it.',
  refuses: ({ approver, change }) => isOneOf(approver, change.proposal.commitAuthors),
};

export const approverIsNotBuilder: ApprovalRule = {
  refusal: 'approver-is-builder',
  reason: 'Whoever built an artifact of it does not approve it.',
  refuses: ({ approver, change }) => isOneOf(approver, change.proposal.builders),
};

export const approverIsNotDeployer: ApprovalRule = {
  refusal: 'approver-is-deployer',
  reason: 'Whoever deploys it does not approve it.',
  refuses: ({ approver, deployers }) => isOneOf(approver, deployers),
};

export const approverFillsOneSlot: ApprovalRule = {
  refusal: 'approver-has-a-slot',
  reason: 'One person fills one slot.',
  refuses: ({ approver, change }) =>
    isOneOf(
      approver,
      change.round.grants.map(grant => grant.approver),
    ),
};

export const approverHoldsRole: ApprovalRule = {
  refusal: 'role-not-held',
  reason: 'No role grant in force gives this role for all services and environments of the change.',
  refuses: ({ approver, change, slot, at }) =>
    grantFor(approver, slot.role, change.proposal.content.targets, at) === undefined,
};

const defaults: readonly ApprovalRule[] = [
  approverIsRegistered,
  approverIsPerson,
  approverIsNotRequester,
  approverIsNotCommitAuthor,
  approverIsNotBuilder,
  approverIsNotDeployer,
  approverFillsOneSlot,
  approverHoldsRole,
];

/** Duty separation, by change model: who may not approve. The first rule that refuses is the answer. */
export const approvalRules: Readonly<Record<ChangeModel, readonly ApprovalRule[]>> = {
  standard: defaults,
  normal: defaults,
  emergency: defaults,
};
