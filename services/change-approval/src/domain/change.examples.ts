import { digestOf } from '@slipway/canonical';
import type { ChangeEvent, Content, Target } from '@slipway/contracts';
import { fold, isRejection, type Stamped, stampOf } from '@slipway/event-sourcing';
import { builtIn } from './approval-policy.ts';
import type { GrantApproval } from './approvals.ts';
import { change } from './change.ts';
import type { ChangeCommand } from './change-commands.ts';
import type { ChangeModel, Proposal } from './change-state.ts';
import type { RaiseChange } from './proposals.ts';
import type { RiskFacts } from './risk.ts';
import type { Person, RoleGrant } from './rules.ts';

export const rita = 'person-00000000-0000-4000-8000-000000000001';
export const ann = 'person-00000000-0000-4000-8000-000000000002';
export const bob = 'person-00000000-0000-4000-8000-000000000003';
export const author = 'person-00000000-0000-4000-8000-000000000004';
export const builder = 'person-00000000-0000-4000-8000-000000000005';
export const deployer = 'person-00000000-0000-4000-8000-000000000006';

export const checkout: Target = { serviceId: 'checkout', environmentId: 'production', wave: 1 };
export const payments: Target = { serviceId: 'payments', environmentId: 'production', wave: 1 };
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

export const contentWith = (letter: string, targets: readonly Target[] = [checkout]): Content => ({
  scope: [{ key: 'SHOP-1', kind: 'feature' }],
  artifacts: [{ serviceId: 'checkout', version: '2.4.0', digest: digest(letter) }],
  targets,
  rollbackPlan: digest('f'),
});

export const proposing = (content: Content, changes: Partial<Proposal> = {}): Proposal => ({
  content,
  contentDigest: digestOf(content),
  window: { start: '2026-03-02T10:00:00Z', end: '2026-03-02T14:00:00Z' },
  backoutMinutes: 30,
  commitAuthors: [author],
  builders: [builder],
  ...changes,
});

export const proposal = proposing(contentWith('a'));
export const risk: RiskFacts = {
  criticalities: ['low'],
  dependents: 0,
  productionTargets: 1,
  commits: 3,
  backoutMinutes: 30,
};

export const raising = (model: ChangeModel = 'normal', proposed: Proposal = proposal): Stamped<RaiseChange> => ({
  type: 'RaiseChange',
  data: {
    title: 'Checkout 2.4',
    model,
    requester: rita,
    releaseIds: ['r1'],
    proposal: proposed,
    risk,
    policy: builtIn,
  },
  stamp: stampOf(rita),
});

export const held = (id: string, changes: Partial<RoleGrant> = {}): RoleGrant => ({
  id,
  role: 'change-approver',
  services: 'all',
  environments: 'all',
  from: '2026-01-01T00:00:00Z',
  to: null,
  revoked: false,
  ...changes,
});

export const person = (pseudonym: string, changes: Partial<Person> = {}): Person => ({
  pseudonym,
  kind: 'person',
  aliases: [pseudonym],
  roleGrants: [held(`grant-of-${pseudonym.slice(-1)}`)],
  ...changes,
});

export const granting = (
  approver: Person,
  changes: Partial<GrantApproval['data']> = {},
  at = '2026-03-02T09:00:00Z',
): Stamped<GrantApproval> => ({
  type: 'GrantApproval',
  data: { contentDigest: proposal.contentDigest, approver, deployers: [], ...changes },
  stamp: stampOf(approver.pseudonym, at),
});

export const command = <Command extends ChangeCommand>(
  type: Command['type'],
  data: Command['data'],
  at = '2026-03-02T11:00:00Z',
): Stamped<Command> => ({ type, data, stamp: stampOf(rita, at) }) as unknown as Stamped<Command>;

/** What these commands, one after the other, leave behind. Throws when one is rejected. */
export const after = (...commands: readonly Stamped<ChangeCommand>[]): readonly ChangeEvent[] =>
  commands.reduce<readonly ChangeEvent[]>((history, each) => {
    const decided = change.decide(each, fold(change, history));
    if (isRejection(decided)) throw new Error(`${each.type}: ${decided.rejected}: ${decided.reason}`);
    return [...history, ...decided];
  }, []);

export const approved: readonly Stamped<ChangeCommand>[] = [raising(), granting(person(ann)), granting(person(bob))];

export const typesOf = (decision: readonly { type: string }[] | object): readonly string[] =>
  Array.isArray(decision) ? decision.map((each: { type: string }) => each.type) : [JSON.stringify(decision)];
