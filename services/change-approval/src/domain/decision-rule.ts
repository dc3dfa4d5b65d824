import type { ChangeFacts, Facts, ReleaseFacts } from './facts.ts';

/** `unknown`: a fact is missing. Reasons name no person. */
export type Judgement = Readonly<{
  is: 'compliant' | 'non-compliant' | 'unknown';
  reason: string;
  /** Time alone makes it compliant then. */
  opensAt?: string | undefined;
  /** It stops being compliant then. */
  closesAt?: string | undefined;
  /** The role grants that a yes relies on. */
  relies?: readonly string[];
}>;

/** The columns of the decision: before production, a rollback, live content again, and before anything else. */
export type Situation = 'production' | 'rollback' | 'redeploy' | 'elsewhere';
export type Strictness = 'required' | 'recorded';

export type DecisionRule = Readonly<{
  rule: string;
  version: string;
  /** Not named: the rule does not apply. */
  strictness: Readonly<Partial<Record<Situation, Strictness>>>;
  judge: (facts: Facts) => Judgement;
}>;

export const yes = (reason: string, closesAt?: string | null): Judgement => ({
  is: 'compliant',
  reason,
  ...(closesAt && { closesAt }),
});
export const no = (reason: string, opensAt?: string): Judgement => ({
  is: 'non-compliant',
  reason,
  ...(opensAt && { opensAt }),
});
export const unknown = (reason: string): Judgement => ({ is: 'unknown', reason });

export const ofChange =
  (judge: (change: ChangeFacts, facts: Facts) => Judgement) =>
  (facts: Facts): Judgement =>
    facts.change ? judge(facts.change, facts) : no('No open change covers this content, service and environment.');

export const ofReleases =
  (judge: (releases: readonly ReleaseFacts[], change: ChangeFacts) => Judgement) =>
  ({ change, releases }: Facts): Judgement => {
    if (!change?.releaseIds || !releases) return unknown('The releases of the change are not known.');
    if (change.releaseIds.some(id => !releases.some(release => release.id === id)))
      return unknown('A release of the change is not known.');
    return judge(releases, change);
  };

/** Required before production, recorded for a rollback. */
export const forNormal = { production: 'required', rollback: 'recorded' } as const;

export const always = {
  production: 'required',
  rollback: 'required',
  redeploy: 'required',
  elsewhere: 'required',
} as const;
